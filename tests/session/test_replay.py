"""A call is a fold over its log: the same again, whoever looks, and wherever it was cut off."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.call_log import Input, InputKind, ShownLine
from roleplay.event import CallStarted, CustomerSpoke, Event, ReplyRecorded
from roleplay.library.folder import Library
from roleplay.session.call import LiveCall
from roleplay.session.course import Course
from roleplay.session.opening import Switchboard
from roleplay.session.typed import entries
from roleplay.transcript import Speaker
from tests.session.builders import begin, collect, heard, play, still_world, switchboard, take, timeless_report

LIBRARY = Library.open()
PERSONAS = ("broadband-down", "parking-fine", "no-thanks", "safe-account")
RUNS = ("competent", "average", "rude", "lazy")
EXTRAS = ("/hint", "/break", "/hold")


def lines_of(persona: str, run: str) -> tuple[str, ...]:
    found = LIBRARY.rehearsal(persona)
    assert found is not None
    return found.plainest(run)  # type: ignore[arg-type] # names of ours


@contextmanager
def fresh_board(seed: int = 0) -> Iterator[Switchboard]:
    """A switchboard of its own, with a clock that runs as it likes."""
    ticks = random.Random(seed)  # noqa: S311 - a clock
    passed = [0.0]

    def seconds() -> float:
        passed[0] += ticks.uniform(0, 90)
        return passed[0]

    with tempfile.TemporaryDirectory() as folder:
        board = switchboard(LIBRARY, Path(folder), still_world(seconds))
        yield board
        board.records.close()


@st.composite
def rehearsed(draw: st.DrawFn) -> tuple[str, list[str], int]:
    """A persona, lines in an order nobody wrote, and a seed."""
    persona = draw(st.sampled_from(PERSONAS))
    lines = [line for line in lines_of(persona, draw(st.sampled_from(RUNS))) if line != "/end"]
    shuffled = draw(st.permutations([*lines, *draw(st.lists(st.sampled_from(EXTRAS), max_size=3))]))
    return persona, [*shuffled, *draw(st.sampled_from((["/end"], ["/transfer"], [])))], draw(st.integers(0, 2**31))


def said(course: Course) -> list[str]:
    """The customer's lines."""
    return [moment.line for moment in course.moments]


@settings(max_examples=12, deadline=None)
@given(rehearsed())
def test_replaying_a_log_gives_the_stored_call_again(told: tuple[str, list[str], int]) -> None:
    persona, lines, seed = told
    with fresh_board() as board:
        call = begin(board, persona, seed=seed)
        play(call, lines)
        if not call.ended:
            take(call, Input(InputKind.ABANDON))
        again = board.replay(call.header.id)
        stored = board.records.call(call.header.id).result
    assert again.state == call.course.state
    assert said(again) == said(call.course)
    assert again.scorecard() == call.course.scorecard()
    assert stored is not None
    assert (again.state.outcome, again.scorecard().overall) == (stored.outcome, stored.overall)
    assert (again.scorecard().passed, len(again.history)) == (stored.passed, stored.replies)


@settings(max_examples=6, deadline=None)
@given(rehearsed(), st.data())
def test_a_call_cut_off_anywhere_goes_on_as_if_it_had_not_been(
    told: tuple[str, list[str], int], data: st.DataObject
) -> None:
    persona, lines, seed = told
    inputs = list(entries(tuple(lines)))
    cut = data.draw(st.integers(0, len(inputs)))
    with fresh_board(1) as board, fresh_board(2) as other:
        whole, first = begin(board, persona, seed=seed), begin(other, persona, seed=seed)
        before = [take(whole, entry) for entry in inputs]
        assert [take(first, entry) for entry in inputs[:cut]] == before[:cut]
        if first.ended:
            return
        first.leave()
        second = other.resume(first.header.id)
        heard(second.start())
        assert [take(second, entry) for entry in inputs[cut:]] == before[cut:]
        assert timeless_report(second) == timeless_report(whole)


@pytest.mark.parametrize("persona", PERSONAS)
def test_same_seed_and_same_replies_give_a_byte_identical_report(persona: str) -> None:
    written = []
    for clock in (1, 2):
        with fresh_board(clock) as board:
            call = begin(board, persona, seed=41)
            play(call, lines_of(persona, "average"))
            written.append(json.dumps(timeless_report(call), ensure_ascii=False))
    assert written[0] == written[1]


def test_another_seed_gives_other_words_and_the_same_measure() -> None:
    reports = []
    for seed in (1, 2, 3, 4):
        with fresh_board() as board:
            call = begin(board, "water-bill", seed=seed)
            play(call, lines_of("water-bill", "average"))
            reports.append(timeless_report(call))
    first_words = {report["turns"][0]["text"] for report in reports}
    assert len(first_words) > 1
    assert len({json.dumps([report["scores"], report["steps"]]) for report in reports}) == 1


def test_a_replay_reads_the_kept_copies_not_the_files_of_today(board: Switchboard, library: Library) -> None:
    call = begin(board, "water-bill")
    play(call, lines_of("water-bill", "average"))
    changed = replace_persona(library, "water-bill")
    later = Switchboard(
        changed,
        board.records,
        Path(),
        still_world(),
        print,
        open_model=board._open_model,  # noqa: SLF001
    )
    assert said(later.replay(call.header.id)) == said(call.course)
    assert begin_text(later) != begin_text(board)


def replace_persona(library: Library, name: str) -> Library:
    """A library in which the persona has another name and one opening line."""
    other = Library(library._folders)  # noqa: SLF001 - the same files
    persona = library.persona(name)
    lines = {**persona.lines, "opening": {"any": ("Hello, this is somebody else entirely.",)}}
    changed = persona.model_copy(update={"name": "Ann Other", "lines": lines})
    other.persona = lambda _name: changed  # type: ignore[assignment] # today's file
    return other


def begin_text(board: Switchboard) -> str:
    course = board._course(  # noqa: SLF001 - the opening without a record
        board.library.persona("water-bill"),
        *(board.library.rubric("customer-care"),) * 2,
        board._embedder("any"),  # noqa: SLF001
        seed=7,
        array=None,
    )
    return course.opened().moments[0].line


def test_a_resumed_call_says_the_last_line_again_word_for_word(board: Switchboard) -> None:
    call = begin(board)
    spoke = heard(call.reply("What happened yesterday?"))[-1]
    call.leave()
    again = board.resume(call.header.id)
    assert heard(again.start()) == [CallStarted(call.header.id, resumed=True), spoke]


@pytest.mark.parametrize("kind", [InputKind.HINT, InputKind.BREAK])
def test_a_call_cut_off_after_a_hint_or_a_break_says_the_last_line_again(board: Switchboard, kind: InputKind) -> None:
    call = begin(board)
    spoke = heard(call.reply("What happened yesterday?"))[-1]
    take(call, Input(kind))
    call.leave()
    assert heard(board.resume(call.header.id).start())[-1] == spoke


def test_a_reply_that_was_recorded_and_not_answered_is_answered_on_resuming(board: Switchboard) -> None:
    whole, cut = begin(board), begin(board)
    answer = heard(whole.reply("What happened yesterday?"))[-1]
    stop_after_recording(cut, "What happened yesterday?")
    cut.leave()
    again = board.resume(cut.header.id)
    assert heard(again.start())[-1] == answer
    assert [turn.text for turn in again.shown_turns()] == [turn.text for turn in whole.shown_turns()]


class Killed(Exception):
    """The listener stops here, and so does the call."""


def stop_after_recording(call: LiveCall, text: str) -> None:
    def look(event: Event) -> None:
        if isinstance(event, ReplyRecorded):
            raise Killed

    with pytest.raises(Killed):
        collect(call.reply(text), look)


def test_a_call_cut_off_between_its_last_input_and_its_end_is_finished_on_resuming(board: Switchboard) -> None:
    call = begin(board)
    heard(call.reply("What happened yesterday?"))
    call._record.add(Input(InputKind.END))  # noqa: SLF001 - on disk, and then the power went
    call.leave()
    heard(board.resume(call.header.id).start())
    result = board.records.call(call.header.id).result
    assert result is not None
    assert result.outcome == "unresolved"


def test_what_was_shown_is_what_a_report_shows_even_if_a_voice_would_word_it_otherwise(board: Switchboard) -> None:
    call = begin(board)
    heard(call.reply("What happened yesterday?"))
    call._record.customer_spoke(call._record.last_place, ShownLine("I told you so, twice.", guarded=True))  # noqa: SLF001 - as a model worded it
    call.leave()
    again = board.resume(call.header.id)
    last = again.shown_turns()[-1]
    assert (last.speaker, last.text, last.guarded) == (Speaker.CUSTOMER, "I told you so, twice.", True)
    assert heard(again.start())[-1] == CustomerSpoke(1, "I told you so, twice.", guarded=True)


def test_a_log_of_another_embedder_is_not_replayed_as_if_it_were_the_same(board: Switchboard) -> None:
    call = begin(board)
    header = replace(call.header, id="other", embedder="another-model")
    board.records.begin(header).release()
    with pytest.raises(Exception, match="another embedder"):
        board.resume("other")
