"""A debrief that is kept: in every format the same, and whatever was said is text in it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from roleplay.call_log import InputKind, NoteKind
from roleplay.errors import ServiceUnavailable
from roleplay.library.folder import Library
from roleplay.report.as_html import html
from roleplay.report.as_markdown import markdown, plain
from roleplay.report.as_text import debrief_text
from roleplay.report.debrief import whole_debrief
from roleplay.report.page import Chart, Page, Paragraph, Section, debrief_page
from roleplay.report.saving import FORMATS, save_debrief, write_report
from roleplay.session.call import LiveCall
from roleplay.session.opening import Switchboard
from roleplay.transcript import Outcome
from tests.session.builders import begin, heard

NASTY = (
    'I understand <script>alert("1")</script> & <b>bold</b> [x](javascript:1) `code` | ![y](http://z) '
    "\u202e\x1b[31m# no"
)
VOID = {"meta", "br", "circle", "line", "polyline"}


@pytest.fixture
def held(board: Switchboard) -> LiveCall:
    """A call that was ended after three replies, and thought about."""
    call = begin(board, "moving-house")
    for reply in ("Good morning, what happened?", NASTY, "Goodbye."):
        heard(call.reply(reply))
    heard(call.write(InputKind.NOTE, "moves <i>tomorrow</i>"))
    heard(call.act(InputKind.END))
    board.reflect(call, {NoteKind.WENT_WELL: "The <u>greeting</u>.", NoteKind.DIFFERENTLY: "  "})
    return call


class WellFormed(HTMLParser):
    """Fails on a tag that is not closed in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.seen: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.addresses += [
            str(value) for name, value in attrs if name in ("src", "href", "action", "onload", "onerror")
        ]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(page: str) -> WellFormed:
    parser = WellFormed()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


def test_html_is_whole_needs_nothing_from_elsewhere_and_shows_what_was_said_as_text(
    board: Switchboard, held: LiveCall
) -> None:
    page = html(debrief_page(held, whole_debrief(held, board)))
    found = read(page)
    assert found.addresses == []
    assert found.seen.isdisjoint({"script", "b", "i", "u", "img", "link", "iframe", "a"})
    text = " ".join("".join(found.text).split())
    for words in (
        '<script>alert("1")</script> & <b>bold</b>', "The <u>greeting</u>.", "moves <i>tomorrow</i>",
        "All that was due", "Steps", "Time and talk", "For practice, not for personnel decisions",
    ):  # fmt: skip
        assert words in text
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert page.count("<polyline") == 2
    assert "The same as numbers" in text


def test_markdown_has_no_markup_but_its_own(board: Switchboard, held: LiveCall) -> None:
    text = markdown(debrief_page(held, whole_debrief(held, board)))
    assert not re.search(r"(?<!\\)<", text)
    assert not re.search(r"(?<!\\)\[", text)
    assert "\\<script\\>" in text
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings[0].startswith("# Debrief: Halina Nowak")
    assert len(headings) == len(set(headings)) > 8


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("1. first", "1\\. first"),
        ("- a", "\\- a"),
        ("0.75", "0.75"),
        ("-0.4", "-0.4"),
        ("---", "\\---"),
        ("a\n# b", "a \\# b"),
    ],
)
def test_a_line_begins_no_list_and_no_heading(said: str, shown: str) -> None:
    assert plain(said) == shown


def test_a_chart_leaves_out_what_is_not_known_and_one_point_is_enough() -> None:
    chart = Chart("Mood", (("Mood", (None, 10.0, None), -100, 100),))
    page = html(Page("t", "s", (Section("x", (chart, Paragraph("p"))),)))
    assert read(page).seen >= {"svg", "table"}
    assert page.count("<circle") == 1


def test_all_three_formats_are_kept_beside_each_other(board: Switchboard, held: LiveCall) -> None:
    told = whole_debrief(held, board)
    page = save_debrief(held, told, board.debriefs)
    assert sorted(file.suffix for file in board.debriefs.iterdir()) == sorted(FORMATS)
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    kept = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert kept["outcome"] == "unresolved"
    assert [(one["kind"], one["text"]) for one in kept["notes"]] == [("went_well", "The <u>greeting</u>.")]
    assert {one["landing"] for one in kept["criteria"]} == {one.landing.value for one in told.criteria} > {"landed"}
    assert told.drill is not None
    assert kept["drill"] == told.drill.criterion
    assert page.with_suffix(".md").read_text(encoding="utf-8").startswith("# Debrief")


@pytest.mark.parametrize(("name", "begins"), [("r.json", "{"), ("r.md", "# "), ("r.HTML", "<!doctype"), ("r", "{")])
def test_the_ending_says_the_format(board: Switchboard, held: LiveCall, tmp_path: Path, name: str, begins: str) -> None:
    write_report(held, whole_debrief(held, board), tmp_path / name)
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_a_place_that_cannot_be_written_says_so(board: Switchboard, held: LiveCall, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ServiceUnavailable):
        save_debrief(held, whole_debrief(held, board), tmp_path / "file")


def test_the_text_has_all_that_the_page_has(board: Switchboard, held: LiveCall) -> None:
    told = whole_debrief(held, board)
    text = debrief_text(told, held.course.persona)
    for words in (
        "What went well, you said: The",
        "Of what was due, landed so far",
        "All that was due",
        "Time and talk",
    ):
        assert words in text
    assert told.next_call is not None
    assert f"roleplay practice {told.next_call.persona}" in text
    assert len(told.landed) == len(told.moods)
    first, *_, last = told.landed
    assert first is None, "nothing was due before the first reply"
    assert last is not None
    assert last < 60, "at the end what never came counts"


SETTLED = re.compile(
    r"\b(arranged|booked|sorted|changed|in hand|put right|settled|resolved|fixed|I'm in|money's there)\b", re.IGNORECASE
)


def test_nobody_says_that_it_is_settled_when_it_is_not(library: Library, board: Switchboard) -> None:
    """Every customer of the library, in a call that ends at once."""
    for persona in library.persona_ids():
        call = begin(board, persona)
        heard(call.reply("Good morning, how are you?"))
        heard(call.act(InputKind.END))
        told = whole_debrief(call, board)
        assert told.outcome is not Outcome.RESOLVED
        assert told.mark < 3
        assert told.mark_words == call.course.persona.asked_afterwards[told.mark]
        for mark in (1, 2):
            words = call.course.persona.asked_afterwards[mark]
            assert not SETTLED.search(words), f"{persona}: {words}"
