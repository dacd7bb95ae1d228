"""Whatever a model does, the call goes on: the same state, the same scores, every reply kept, and no key anywhere."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from roleplay.chat import ModelFailed
from roleplay.errors import ExitCode
from roleplay.event import CallEnded, CustomerDelta, Notice
from roleplay.library.folder import Library
from roleplay.scoring.sense import Sense
from roleplay.session.opening import Choices
from roleplay.store.records import Records
from tests.chat.conftest import Serving, _litellm_awake, serving  # noqa: F401 - fixtures
from tests.chat.provider import (
    CANARY,
    LITELLMS_OWN_WARNINGS,
    POSITIONS,
    Answer,
    Position,
    Request,
    breaks,
    echo,
)
from tests.session.builders import RememberingWordHash, heard
from tests.voice.chaos import (
    BROKEN,
    MODEL,
    ODD,
    PERSONA,
    REFUSED,
    SHOWN_WHOLE,
    WORDLESS,
    ByTurn,
    Held,
    board,
    hold,
)

pytestmark = pytest.mark.filterwarnings(LITELLMS_OWN_WARNINGS)
BEFORE_THE_END: tuple[Position, ...] = POSITIONS[:-1]
SHORT = 1.0
"""Seconds a turn may take where a provider stalls."""
WAITS = ("stall", "endless_space", "endless_reasoning")
_ALIKE = {*REFUSED, *WORDLESS} - {"400_filter", "401", "408", "429_absurd", "503", "white_space", "html", "thought_cut"}
IN_A_CALL = [
    pytest.param(fault, marks=pytest.mark.slow) if fault in _ALIKE and "endless" not in fault else fault
    for fault in (*BROKEN, *REFUSED, *WORDLESS)
]
"""Those that go the same way as another are slow; at the beginning of a call, which is short, all are tried."""


@pytest.fixture(scope="module", autouse=True)
def _one_sense(library: Library) -> Iterator[None]:
    """What reads the replies, made once: it takes a second, and these are many calls."""
    persona = library.persona(PERSONA)
    sense = Sense.for_call(persona, library.rubric(persona.rubric), RememberingWordHash())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sense, "for_call", lambda *_anything: sense)
        yield


@pytest.fixture(scope="module")
def scripted(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Held:
    """The same call with the persona's own lines."""
    return hold(library, tmp_path_factory.mktemp("scripted"), "scripted")


@pytest.fixture(autouse=True)
def _all_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)


def sound(held: Held, scripted: Held) -> None:
    """What is true of every call, whatever the model did."""
    assert isinstance(held.events[-1], CallEnded)
    assert [(one.kind, one.text) for one in held.logged] == [(one.kind, one.text) for one in held.typed]
    assert held.facts() == scripted.facts()
    assert all(line.strip() and line.isprintable() for line in held.customer())
    assert CANARY not in held.told()


@pytest.fixture
def silent(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing was printed, and nothing logged that holds the key."""
    yield
    printed = capfd.readouterr()
    assert printed.out + printed.err == ""
    assert CANARY not in caplog.text
    assert not [one for one in caplog.records if CANARY in f"{vars(one)}"]


def given_up(held: Held) -> list[str]:
    return [one.text for one in held.events if isinstance(one, Notice) and "Twice in a row" in one.text]


@pytest.mark.usefixtures("silent")
def test_a_good_model_speaks_the_whole_call(serving: Serving, library: Library, home: Path, scripted: Held) -> None:  # noqa: F811
    provider = serving(echo)
    held = hold(library, home)
    sound(held, scripted)
    assert len(provider.requests) == len(held.customer())
    assert sum(held.guarded()) <= 1
    assert not given_up(held)
    assert held.call.usage().prompt_tokens == 300 * len(provider.requests)
    opens = ["(the line opens)" in request.body["messages"][-1]["content"] for request in provider.requests]
    assert opens == [True] + [False] * (len(opens) - 1)


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_in_every_other_turn_at_another_place_each_time(
    serving: Serving,  # noqa: F811
    library: Library,
    home: Path,
    scripted: Held,
    fault: str,
) -> None:
    positions = dict(zip(range(1, 99, 2), BEFORE_THE_END, strict=False))
    script = ByTurn(lambda turn: breaks(positions[turn], *BROKEN[fault]) if turn in positions else echo)
    serving(script)
    held = hold(library, home, timeout=SHORT if fault in WAITS else 20.0)
    sound(held, scripted)
    assert script.turns_asked == len(held.customer())
    assert not given_up(held)
    # What the length limit ends after a sentence is a line; only what it cuts off is left out.
    broken = [turn for turn in positions if fault != "cut_by_length" or positions[turn] in ("headers", "first_piece")]
    assert [turn for turn in broken if not held.guarded()[turn]] == []


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("fault", ["reset", "closed", "bad_json", "error_inside", "stall"])
def test_what_comes_after_the_end_is_no_fault(
    serving: Serving,  # noqa: F811
    library: Library,
    home: Path,
    scripted: Held,
    fault: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("roleplay.chat.deadlines.AFTER_THE_END", 0.05)
    script = ByTurn(lambda turn: breaks("before_done", *BROKEN[fault]) if turn % 3 == 1 else echo)
    serving(script)
    held = hold(library, home)
    sound(held, scripted)
    assert sum(held.guarded()) <= 1


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("fault", IN_A_CALL)
def test_after_two_failing_turns_the_rest_is_scripted_and_nobody_is_asked(
    serving: Serving,  # noqa: F811
    library: Library,
    home: Path,
    scripted: Held,
    fault: str,
) -> None:
    place = BEFORE_THE_END[len(fault) % 4]
    place = "first_piece" if fault == "cut_by_length" else place
    failing = breaks(place, *BROKEN[fault]) if fault in BROKEN else (REFUSED | WORDLESS)[fault]
    script = ByTurn(lambda turn: failing if turn else echo)
    provider = serving(script)
    held = hold(library, home, timeout=SHORT if fault in WAITS else 20.0)
    sound(held, scripted)
    assert script.turns_asked == 3
    assert len(provider.requests) <= 1 + 2 * 3 * 2
    assert len(given_up(held)) == 1
    assert held.customer()[3:] == scripted.customer()[3:]
    assert held.guarded()[1:] == [True] * (len(held.customer()) - 1)


@pytest.mark.usefixtures("silent")
def test_a_server_that_goes_away_in_the_call(serving: Serving, library: Library, home: Path, scripted: Held) -> None:  # noqa: F811
    def last(request: Request) -> Answer:
        good = echo(request)
        return Answer(good.steps, closes_shop=True)

    serving(echo, echo, last)
    held = hold(library, home)
    sound(held, scripted)
    assert "cannot be reached" in given_up(held)[0]
    assert held.customer()[3:] == scripted.customer()[3:]


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("first", range(0, len(ODD), 5))
def test_an_odd_answer_in_every_turn(
    serving: Serving,  # noqa: F811
    library: Library,
    home: Path,
    scripted: Held,
    first: int,
) -> None:
    kinds = list(ODD)[first : first + 5]
    script = ByTurn(lambda turn: ODD[kinds[turn // 2 % len(kinds)]] if turn % 2 == 0 else echo)
    serving(script)
    held = hold(library, home)
    sound(held, scripted)
    assert script.turns_asked == len(held.customer())
    assert not given_up(held)
    assert not [kinds[turn // 2] for turn in range(0, 8, 2) if held.guarded()[turn] and kinds[turn // 2] in SHOWN_WHOLE]
    said = " ".join(held.customer())
    assert not [
        words for words in ("help you", "gone", "31m", "reply", "INST", "Agent:", "another thing") if words in said
    ]


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("fault", [*BROKEN, *REFUSED, *WORDLESS, "closed_port"])
def test_a_model_that_cannot_begin_is_exit_3_and_leaves_no_call(
    serving: Serving,  # noqa: F811
    library: Library,
    home: Path,
    fault: str,
) -> None:
    provider = serving(
        breaks("first_piece", *BROKEN[fault]) if fault in BROKEN else (REFUSED | WORDLESS).get(fault, echo)
    )
    if fault == "closed_port":
        provider.close_shop()
    opened = board(library, home)
    call = opened.start(Choices(PERSONA, model=MODEL, timeout=SHORT))
    with pytest.raises(ModelFailed) as failed:
        heard(call.start())
    assert failed.value.exit_code == ExitCode.UNAVAILABLE
    assert failed.value.next_step
    assert CANARY not in str(failed.value)
    assert opened.records.calls() == []
    opened.records.close()
    assert Records(home).unfinished() == []


def test_what_was_shown_of_a_line_that_broke_off_is_never_taken_back(
    serving: Serving,  # noqa: F811
    library: Library,
    home: Path,
    scripted: Held,
) -> None:
    script = ByTurn(lambda turn: breaks("after_sentence", *BROKEN["reset"]) if turn == 1 else echo)
    serving(script)
    held = hold(library, home)
    sound(held, scripted)
    shown = "".join(event.text for event in held.events if isinstance(event, CustomerDelta))
    assert shown == "".join(held.customer())
