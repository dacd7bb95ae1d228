"""`roleplay practice --plain`, as a script sees it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from roleplay.library.folder import Library
from tests.cli.conftest import Ran, Roleplay, rehearsal
from tests.session.builders import timeless

CALLER = "Halina Nowak"
CALL = ("practice", "moving-house", "--plain", "--seed", "5")


def spoken(ran: Ran) -> list[str]:
    """The customer's lines on stdout, before the debrief."""
    return [line for line in ran.out.split("Debrief")[0].splitlines() if line]


def reported(file: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.usefixtures("warm")
def test_stdout_is_the_customer_and_the_debrief_and_stderr_the_narration(roleplay: Roleplay, library: Library) -> None:
    lines = rehearsal(library, "moving-house", "competent")
    ran = roleplay(*CALL, typed=lines)
    assert ran.code == 0
    assert len(spoken(ran)) > 5
    assert all(line.startswith(f"{CALLER}: ") for line in spoken(ran))
    assert "\nDebrief\n-------\n" in ran.out
    assert "Larkfield Energy" in ran.err
    assert "[mood " in ran.err
    assert f"{CALLER}: " not in ran.err
    assert not [line for line in lines.splitlines() if line in ran.err]


@pytest.mark.usefixtures("warm")
def test_a_rude_call_that_was_left_is_too_little_to_score_wherever_it_is_told(
    roleplay: Roleplay, tmp_path: Path
) -> None:
    rude = "Yes, what is it?\nCalm down.\nYou should have told us sooner.\n"
    ran = roleplay("practice", "moving-house", "--plain", "--seed", "1", "--report", tmp_path / "r.json", typed=rude)
    told = reported(tmp_path / "r.json")
    assert (told["outcome"], told["passed"]) == ("abandoned", False)
    assert told["scores"]["overall"] is told["scores"]["first_call_resolution"] is told["scores"]["listening"] is None
    assert told["not_scored"].keys() == {"overall", "first_call_resolution", "listening"}
    assert "Overall: too little to score: the call was left before the end" in " ".join(ran.out.split())
    assert "too little to score" in roleplay("history").out


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("persona", "typed", "outcome"),
    [
        ("moving-house", "Hello.\n/end\n", "unresolved"),
        ("moving-house", "Hello.\n", "abandoned"),
        ("moving-house", "", "abandoned"),
        ("moving-house", "Hello.\n/transfer\n", "unresolved"),
    ],
)
def test_any_outcome_is_exit_0_and_stands_in_the_report(
    roleplay: Roleplay, tmp_path: Path, persona: str, typed: str, outcome: str
) -> None:
    ran = roleplay("practice", persona, "--plain", "--report", tmp_path / "r.json", typed=typed)
    assert (ran.code, ran.tidy) == (0, True)
    assert reported(tmp_path / "r.json")["outcome"] == outcome


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(("ending", "begins"), [("md", "# Debrief: "), ("html", "<!doctype html>")])
def test_the_reports_ending_asks_for_a_page(roleplay: Roleplay, tmp_path: Path, ending: str, begins: str) -> None:
    file = tmp_path / f"r.{ending}"
    ran = roleplay(*CALL, "--report", file, typed="Good morning.\n/end\n")
    assert (ran.code, ran.tidy) == (0, True)
    assert file.read_text(encoding="utf-8").startswith(begins)


@pytest.mark.usefixtures("warm")
def test_a_page_that_cannot_be_written_is_exit_3_before_a_word_is_said(roleplay: Roleplay, tmp_path: Path) -> None:
    (tmp_path / "r.html").mkdir()
    ran = roleplay(*CALL, "--report", tmp_path / "r.html", typed="Good morning.\n/end\n")
    assert (ran.code, ran.out) == (3, "")
    assert "r.html" in ran.err


@pytest.mark.usefixtures("warm")
def test_being_rude_to_the_end_is_exit_0_too(roleplay: Roleplay, library: Library, tmp_path: Path) -> None:
    typed = rehearsal(library, "broadband-down", "rude").replace("/end\n", "")
    ran = roleplay("practice", "broadband-down", "--plain", "--report", tmp_path / "r.json", typed=typed * 2)
    assert ran.code == 0
    assert reported(tmp_path / "r.json")["outcome"] in ("hung_up", "escalated")
    assert reported(tmp_path / "r.json")["passed"] is False


@pytest.mark.usefixtures("warm")
def test_the_same_seed_and_lines_give_the_same_words_and_report(
    roleplay: Roleplay, library: Library, tmp_path: Path
) -> None:
    typed = rehearsal(library, "moving-house", "average")
    one, other = (roleplay(*CALL, "--report", tmp_path / f"{name}.json", typed=typed) for name in "ab")
    assert one.out == other.out
    assert timeless(reported(tmp_path / "a.json")) == timeless(reported(tmp_path / "b.json"))


@pytest.mark.usefixtures("warm")
def test_without_a_terminal_practice_is_plain(roleplay: Roleplay) -> None:
    ran = roleplay("practice", "moving-house", "--seed", "5", typed="Hello.\n/end\n")
    assert ran.out == roleplay(*CALL, typed="Hello.\n/end\n").out


@pytest.mark.usefixtures("warm")
def test_an_unknown_command_costs_no_turn(roleplay: Roleplay, tmp_path: Path) -> None:
    ran = roleplay(*CALL, "--report", tmp_path / "r.json", typed="/dance now\nHello.\n/end\n")
    assert "There is no /dance" in ran.err
    assert [turn["text"] for turn in reported(tmp_path / "r.json")["turns"] if turn["speaker"] == "trainee"] == [
        "Hello."
    ]


@pytest.mark.usefixtures("warm")
def test_two_slashes_begin_a_reply_with_one(roleplay: Roleplay, tmp_path: Path) -> None:
    roleplay(*CALL, "--report", tmp_path / "r.json", typed="//hello there\n/end\n")
    assert reported(tmp_path / "r.json")["turns"][1]["text"] == "/hello there"


@pytest.mark.usefixtures("warm")
def test_the_look_up_commands_speak_on_stderr_and_cost_no_turn(roleplay: Roleplay, tmp_path: Path) -> None:
    ran = roleplay(*CALL, "--report", tmp_path / "r.json", typed="/help\n/policy\n/facts\n/hint\n/END\n")
    report = reported(tmp_path / "r.json")
    assert "/transfer" in ran.err
    assert "Hint 1: " in ran.err
    assert [turn["speaker"] for turn in report["turns"]] == ["customer", "customer"]
    assert report["hints"] == 1


@pytest.mark.usefixtures("warm")
def test_hints_can_be_switched_off(roleplay: Roleplay) -> None:
    assert "Hints are off" in roleplay(*CALL, "--hints", "off", typed="/hint\n/end\n").err


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("line", ["", "   ", "Hola señora, ¿en qué puedo ayudarle hoy?"])
def test_a_refused_line_is_a_notice_and_costs_no_turn(roleplay: Roleplay, tmp_path: Path, line: str) -> None:
    ran = roleplay(*CALL, "--report", tmp_path / "r.json", typed=f"{line}\n/end\n")
    assert re.search("nothing was sent", ran.err, re.IGNORECASE)
    assert len(reported(tmp_path / "r.json")["turns"]) == 2


@pytest.mark.usefixtures("warm")
def test_a_long_paste_in_a_pipe_is_one_reply(roleplay: Roleplay, tmp_path: Path) -> None:
    paste = ("I am sorry to hear that, and I will look into it. " * 400).strip()
    roleplay(*CALL, "--report", tmp_path / "r.json", typed=f"{paste}\n/end\n")
    assert reported(tmp_path / "r.json")["turns"][1]["text"] == paste


@pytest.mark.usefixtures("warm")
def test_windows_line_ends_are_no_part_of_a_reply(roleplay: Roleplay, tmp_path: Path) -> None:
    roleplay(*CALL, "--report", tmp_path / "r.json", typed="Hello there.\r\n/end\r\n")
    report = reported(tmp_path / "r.json")
    assert (report["turns"][1]["text"], report["outcome"]) == ("Hello there.", "unresolved")


@pytest.mark.usefixtures("warm")
def test_a_console_in_cp1252_says_what_it_can(roleplay: Roleplay) -> None:
    ran = roleplay(*CALL, typed="Grüß Gott, how can I help you?\n/policy\n/hint\n/end\n", encoding="cp1252")
    assert (ran.code, ran.tidy) == (0, True)
    assert spoken(ran)[0].startswith(f"{CALLER}: ")
    assert "Debrief" in ran.out


@pytest.mark.usefixtures("warm")
def test_undecodable_bytes_on_stdin_are_taken_as_they_can_be_read(roleplay: Roleplay, tmp_path: Path) -> None:
    ran = roleplay(*CALL, "--report", tmp_path / "r.json", typed="Hello \xff\xfe there\n/end\n", encoding="latin-1")
    assert (ran.code, ran.tidy) == (0, True)


@pytest.mark.usefixtures("warm")
def test_escape_sequences_on_stdin_reach_neither_the_report_nor_the_terminal(
    roleplay: Roleplay, tmp_path: Path
) -> None:
    ran = roleplay(*CALL, "--report", tmp_path / "r.json", typed="Hello \x1b]0;title\x07\x1b[31mthere\n/end\n")
    assert reported(tmp_path / "r.json")["turns"][1]["text"] == "Hello there"
    assert "\x1b" not in ran.out + ran.err


@pytest.mark.usefixtures("warm")
def test_escape_sequences_in_an_unknown_command_do_not_reach_the_terminal(roleplay: Roleplay) -> None:
    assert "\x1b" not in roleplay(*CALL, typed="/\x1b]0;title\x07dance\n/end\n").err


@pytest.mark.usefixtures("warm")
def test_two_slashes_after_a_space_begin_a_reply_too(roleplay: Roleplay, tmp_path: Path) -> None:
    roleplay(*CALL, "--report", tmp_path / "r.json", typed=" //hello there\n/end\n")
    assert len(reported(tmp_path / "r.json")["turns"]) == 4
