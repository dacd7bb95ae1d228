"""What a provider does, told as one of our faults; and what it says never comes with it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from roleplay.call_log import Usage
from roleplay.chat import Fault, ModelFailed, Patience
from roleplay.chat.through_litellm import LONGEST_ANSWER, LONGEST_THOUGHT, TEMPERATURE, LiteLLMChat
from tests.chat.conftest import Serving
from tests.chat.fakes import SAY, answer
from tests.chat.provider import (
    CANARY,
    DONE,
    LITELLMS_OWN_WARNINGS,
    Answer,
    BreakOff,
    Pause,
    Position,
    Step,
    chunk,
    ending,
    error,
    event,
    pieces,
    says,
    sends,
    until,
)

pytestmark = pytest.mark.filterwarnings(LITELLMS_OWN_WARNINGS)

LINE = "I have been waiting all day. Where is he now?"
QUICK = Patience(5.0, 5.0, 0.5)
"""Seconds; the first is for a busy machine."""
USED = Usage(300, 12)
BAD_JSON = event('{"choices": [{"del')
FAILED_INSIDE = event({"error": {"message": f"no quota for {CANARY}", "code": 500}})


async def asked(patience: Patience = QUICK) -> tuple[str, ModelFailed | None]:
    """What came of the answer, and the fault that ended it."""
    model, words = LiteLLMChat("openai/x"), ""
    try:
        async for piece in model.stream(SAY, patience):
            words += piece if isinstance(piece, str) else ""
    except ModelFailed as fault:
        return words, fault
    return words, None


def broken(position: Position, *steps: Step) -> Answer:
    """LINE up to a position, and then these steps."""
    return Answer(lambda: [*until(LINE, position), *steps], silent=position == "headers")


def quotes_nothing(fault: BaseException | None) -> bool:
    """Whether neither the fault nor any error behind it has the key in its words."""
    while fault is not None:
        if CANARY in f"{fault} {fault.args} {vars(fault)}":
            return False
        fault = fault.__cause__ or fault.__context__
    return True


@pytest.mark.parametrize(
    ("status", "code", "fault"),
    [
        (400, "", Fault.REJECTED),
        (400, "content_filter", Fault.REFUSED),
        (401, "invalid_api_key", Fault.REJECTED_KEY),
        (403, "", Fault.REJECTED_KEY),
        (404, "model_not_found", Fault.UNKNOWN_MODEL),
        (408, "", Fault.SLOW),
        (409, "", Fault.REJECTED),
        (413, "", Fault.REJECTED),
        (422, "", Fault.REJECTED),
        (429, "rate_limit", Fault.RATE_LIMITED),
        (500, "", Fault.SERVER),
        (502, "", Fault.SERVER),
        (503, "", Fault.SERVER),
        (504, "", Fault.SLOW),
    ],
)
async def test_a_status_is_a_fault_with_a_next_step_and_without_the_key(
    serving: Serving, status: int, code: str, fault: Fault
) -> None:
    provider = serving(error(status, code))
    words, failed = await asked()
    assert failed is not None
    assert (words, failed.fault) == ("", fault)
    assert failed.next_step.endswith(".")
    assert quotes_nothing(failed)
    assert len(provider.requests) == 1


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ("headers", ""),
        ("first_piece", ""),
        ("mid_word", "I have been waiting al"),
        ("after_sentence", f"{LINE} "),
    ],
)
@pytest.mark.parametrize(
    ("steps", "before", "after"),
    [
        ((BreakOff("reset"),), Fault.UNREACHABLE, Fault.CUT),
        ((BreakOff("dropped"),), Fault.UNREACHABLE, Fault.CUT),
        ((BreakOff("closed"),), Fault.EMPTY, Fault.CUT),
        ((BAD_JSON, DONE), Fault.SERVER, Fault.CUT),
        ((FAILED_INSIDE,), Fault.SERVER, Fault.CUT),
        ((event("17"),), Fault.SERVER, Fault.CUT),
        ((event(chunk({}, "content_filter")), DONE), Fault.REFUSED, Fault.REFUSED),
    ],
    ids=["reset", "dropped", "closed", "json", "error", "number", "filter"],
)
async def test_an_answer_that_breaks_off(
    serving: Serving, position: Position, words: str, steps: tuple[Step, ...], before: Fault, after: Fault
) -> None:
    serving(broken(position, *steps))
    got, failed = await asked()
    assert failed is not None
    # Before the headers anything that is no HTTP is a server that cannot be reached.
    expected = after if words else Fault.UNREACHABLE if position == "headers" else before
    assert (got, failed.fault) == (words, expected)
    assert quotes_nothing(failed)


@pytest.mark.parametrize(
    "steps",
    [
        [BreakOff("reset")],
        [BreakOff("dropped")],
        [BreakOff("closed")],
        [BAD_JSON, DONE],
        [FAILED_INSIDE],
        [DONE, DONE],
        [Pause(9)],
    ],
    ids=["reset", "dropped", "closed", "json", "error", "done_twice", "stall"],
)
async def test_what_happens_after_the_end_that_was_declared_spoils_nothing(serving: Serving, steps: list[Step]) -> None:
    serving(broken("before_done", *steps))
    assert await asked() == (LINE, None)


@pytest.mark.parametrize("position", ["headers", "first_piece"])
async def test_silence_before_the_first_piece_is_slow(serving: Serving, position: Position) -> None:
    serving(broken(position, Pause(9)))
    words, failed = await asked(Patience(0.3, 5.0, 5.0))
    assert failed is not None
    assert (words, failed.fault) == ("", Fault.SLOW)


async def test_silence_in_the_middle_is_a_stall(serving: Serving) -> None:
    serving(broken("mid_word", Pause(9)))
    words, failed = await asked(Patience(5.0, 5.0, 0.2))
    assert failed is not None
    assert (words, failed.fault) == ("I have been waiting al", Fault.STALLED)


async def test_an_answer_that_goes_on_for_ever_ends_with_the_patience(serving: Serving) -> None:
    def forever() -> Any:  # noqa: ANN401 - steps without an end
        while True:
            yield event(chunk({"reasoning_content": "hm "}))
            yield Pause(0.01)

    serving(Answer(forever))
    words, failed = await asked(Patience(5.0, 1.0, 1.0))
    assert failed is not None
    assert (words, failed.fault) == ("", Fault.SLOW)


async def test_a_closed_port_is_unreachable_and_names_the_address(serving: Serving) -> None:
    provider = serving(says(LINE))
    provider.__exit__(None, None, None)
    words, failed = await asked()
    assert failed is not None
    assert (words, failed.fault) == ("", Fault.UNREACHABLE)
    assert "OPENAI_API_BASE" in failed.next_step


@pytest.mark.parametrize(
    "given",
    [
        says(""),
        says("  \n\t "),
        sends(),
        sends(DONE),
        sends(b"<html><body>Sign in</body></html>", content_type="text/html"),
        sends(json.dumps({"choices": [{"message": {"content": LINE}}]}).encode(), content_type="application/json"),
        sends(event(chunk({}, "length")), DONE),
        sends(event(chunk({"content": [{"type": "text", "text": "hi"}]})), *ending()),
    ],
    ids=["nothing_said", "white_space", "no_body", "only_done", "html", "not_streamed", "no_room", "list"],
)
async def test_an_answer_without_a_word_is_empty(serving: Serving, given: Answer) -> None:
    serving(given)
    words, failed = await asked()
    assert failed is not None
    assert (words, failed.fault) == ("", Fault.EMPTY)


@pytest.mark.parametrize(
    "odd",
    [
        event(chunk("") | {"choices": None}),
        event(chunk("") | {"choices": []}),
        event(chunk(None)),
        event(chunk("", usage=None)),
        event(chunk({"role": "user", "content": ""})),
        event("null"),
        b": keep-alive\n\n",
        b"\n\n\n\n",
    ],
    ids=["choices_null", "no_choices", "delta_null", "usage_null", "role", "null", "comment", "blank"],
)
@pytest.mark.parametrize("position", ["first_piece", "mid_word", "after_sentence", "before_done"])
async def test_odd_events_between_the_pieces_change_nothing(serving: Serving, odd: bytes, position: Position) -> None:
    before = until(LINE, position)
    words = "" if position == "first_piece" else "I have been waiting al" if position == "mid_word" else LINE
    serving(Answer(lambda: [*before, odd, *pieces(LINE[len(words) :]), *ending()]))
    got, failed = await asked()
    assert (got.strip(), failed) == (LINE, None)


async def test_lines_may_end_as_on_windows(serving: Serving) -> None:
    steps = [step.replace(b"\n", b"\r\n") for step in (*pieces(LINE), *ending())]
    serving(sends(*steps))
    assert await asked() == (LINE, None)


async def test_an_answer_cut_in_a_word_by_its_length_broke_off(serving: Serving) -> None:
    serving(says("I have been waiting al", finish="length"), says(LINE, finish="length"))
    words, failed = await asked()
    assert failed is not None
    assert (words, failed.fault) == ("I have been waiting al", Fault.CUT)
    assert await asked() == (LINE, None)


async def test_white_space_before_the_first_word_is_no_piece(serving: Serving) -> None:
    serving(sends(event(chunk("\n\n")), event(chunk(" ")), *pieces(LINE), *ending()))
    assert await asked() == (LINE, None)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7.0),
        ("0.25", 0.25),
        ("-3", 0.0),
        ("99999999", 99999999.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("soon", None),
        ("nan", 0.0),
    ],
)
async def test_the_provider_says_how_long_to_wait(serving: Serving, said: str, seconds: float | None) -> None:
    serving(error(429, retry_after=said))
    _, failed = await asked()
    assert failed is not None
    assert failed.retry_after == seconds


async def test_the_provider_may_say_it_as_a_date(serving: Serving) -> None:
    serving(error(429, retry_after="Fri, 31 Dec 2199 23:59:59 GMT"))
    _, failed = await asked()
    assert failed is not None
    assert failed.retry_after is not None
    assert failed.retry_after > 1_000_000


async def test_what_an_answer_took_comes_last(serving: Serving) -> None:
    serving(says(LINE))
    got = await answer(LiteLLMChat("openai/x"), QUICK)
    assert "".join(piece for piece in got[:-1] if isinstance(piece, str)) == LINE
    assert got[-1] == USED


async def test_a_model_with_a_price_has_a_cost(serving: Serving) -> None:
    serving(says(LINE))
    used = (await answer(LiteLLMChat("gpt-4o-mini"), QUICK))[-1]
    assert isinstance(used, Usage)
    assert used.cost is not None
    assert 0 < used.cost < 0.01


@pytest.mark.parametrize(
    ("model", "sent", "not_sent"),
    [
        ("openai/x", {"max_tokens": LONGEST_ANSWER, "temperature": TEMPERATURE}, "reasoning_effort"),
        ("o3-mini", {"max_completion_tokens": LONGEST_THOUGHT, "reasoning_effort": "low"}, "temperature"),
    ],
)
async def test_what_is_asked_for(serving: Serving, model: str, sent: dict[str, Any], not_sent: str) -> None:
    provider = serving(says(LINE))
    await answer(LiteLLMChat(model), QUICK)
    (request,) = provider.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {CANARY}"
    assert request.body["stream"] is True
    assert request.body["stream_options"] == {"include_usage": True}
    assert {name: request.body.get(name) for name in sent} == sent
    assert not_sent not in request.body


async def test_a_closed_generator_lets_go_of_the_connection(serving: Serving) -> None:
    provider = serving(Answer(lambda: [*pieces("I have"), Pause(20)]))
    stream = LiteLLMChat("openai/x").stream(SAY, QUICK)
    assert await anext(stream) == "I have"
    assert provider.open_answers == 1
    await stream.aclose()
    assert provider.soon_idle()


async def test_a_company_proxy_is_not_asked_for_this_computers_own_servers(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "intranet.example")
    provider = serving(says(LINE))
    assert await asked() == (LINE, None)
    assert len(provider.requests) == 1
