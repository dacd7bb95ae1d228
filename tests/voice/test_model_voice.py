"""A model's words as they are shown: checked, tried again once, and followed by the mind's own where they fail."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.call_log import Usage
from roleplay.chat import Fault, ModelFailed, Patience
from roleplay.customer.state import Plan
from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.guards import Refusal
from roleplay.customer.voice.model import ATTEMPTS, MOST_CHARACTERS, ModelVoice, Spoken
from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.persona import Persona
from roleplay.transcript import Speaker, Turn
from tests.fakes import ScriptedChat, WordHashEmbedder

GOOD = "It'll turn up? That's no good to her tonight, is it?"
AGENT = "How can I help you today? "
INVENTED = "I paid £73 for it. "
MINDS = "This isn't a pair of shoes. It's her lungs."


@pytest.fixture(scope="module")
def yusuf(library: Library) -> Persona:
    return library.persona("late-inhaler")


@pytest.fixture
def cue(yusuf: Persona) -> Cue:
    """The customer is hurt by what was said last."""
    turns = (
        Turn(Speaker.CUSTOMER, "Hello. My daughter's inhaler hasn't come and she has two days left."),
        Turn(Speaker.TRAINEE, "Parcels are late for everybody, it'll turn up."),
    )
    return Cue(yusuf, Plan("push_back", "panicking"), -65, (MINDS,), frozenset({"two_days_left"}), turns)


async def spoken(model: ScriptedChat, cue: Cue, embedder: Embedder) -> tuple[list[str], Spoken]:
    """The pieces that were shown, and the whole turn, which comes last and says the same."""
    pieces: list[str] = []
    whole: Spoken | None = None
    async for one in ModelVoice(model, embedder).speak(cue, Patience()):
        assert whole is None, "the whole turn comes last"
        if isinstance(one, Spoken):
            whole = one
        else:
            pieces.append(one)
    assert whole is not None
    assert "".join(pieces) == whole.text
    assert model.let_go == len(model.asked), "every stream is let go"
    return pieces, whole


async def test_a_good_line_is_shown_as_it_is_sentence_by_sentence(cue: Cue, minilm: Embedder) -> None:
    model = ScriptedChat(GOOD)
    pieces, whole = await spoken(model, cue, minilm)
    assert pieces == ["It'll turn up?", " That's no good to her tonight, is it?"]
    assert whole == Spoken(GOOD)
    assert len(model.asked) == 1


async def test_a_bad_first_sentence_is_tried_again_with_the_reason(cue: Cue, minilm: Embedder) -> None:
    model = ScriptedChat(AGENT + GOOD, GOOD)
    pieces, whole = await spoken(model, cue, minilm)
    assert whole.text == GOOD
    assert len(pieces) == 2
    assert whole.guarded
    (refusal,) = whole.refusals
    assert refusal.guard == "agent_talk"
    assert refusal.reason not in model.asked[0][-1].content
    assert refusal.reason in model.asked[1][-1].content
    assert AGENT.strip() not in model.asked[1][-1].content


async def test_after_two_bad_answers_the_mind_speaks_itself(cue: Cue, minilm: Embedder) -> None:
    model = ScriptedChat(AGENT, INVENTED)
    pieces, whole = await spoken(model, cue, minilm)
    assert pieces == [MINDS]
    assert whole.guarded
    assert [one.guard for one in whole.refusals] == ["agent_talk", "invented_figure"]
    assert len(model.asked) == ATTEMPTS


async def test_a_bad_later_sentence_ends_the_line_where_all_was_said(cue: Cue, minilm: Embedder) -> None:
    model = ScriptedChat(f"It'll turn up? {INVENTED}And more. ")
    _, whole = await spoken(model, cue, minilm)
    assert whole.text == "It'll turn up?"
    assert whole.guarded
    assert len(model.asked) == 1


async def test_what_a_line_that_was_ended_left_unsaid_follows(yusuf: Persona, cue: Cue, minilm: Embedder) -> None:
    says = next(fact.says for fact in yusuf.facts if fact.id == "order_number")
    plan = Plan("asks_for", "worried", facts=("order_number",), alone=True)
    asked = Cue(yusuf, plan, -20, (says,), frozenset({"two_days_left", "order_number"}), cue.turns)
    pieces, whole = await spoken(ScriptedChat(f"Hang on, it's here. {AGENT}"), asked, minilm)
    assert pieces == ["Hang on, it's here.", f" {says}"]
    assert whole.guarded
    _, told = await spoken(ScriptedChat("CS-20418, BD3 8QH, and the label says Defne Demir."), asked, minilm)
    assert told == Spoken("CS-20418, BD3 8QH, and the label says Defne Demir.")


async def test_a_good_line_without_the_fact_is_followed_by_it(yusuf: Persona, cue: Cue, minilm: Embedder) -> None:
    says = next(fact.says for fact in yusuf.facts if fact.id == "order_number")
    plan = Plan("asks_for", "worried", facts=("order_number",), alone=True)
    asked = Cue(yusuf, plan, -20, (says,), frozenset({"two_days_left", "order_number"}), cue.turns)
    _, whole = await spoken(ScriptedChat("Hang on, I've got it written down here."), asked, minilm)
    assert whole.text == f"Hang on, I've got it written down here. {says}"
    assert whole.guarded
    assert not whole.refusals


def _fault() -> ModelFailed:
    return ModelFailed(Fault.CUT, "scripted/model")


@pytest.mark.parametrize("before", [[], ["It'll "], [AGENT[:9]], [Usage(10, 1)]])
async def test_a_fault_before_anything_is_shown_is_raised(
    cue: Cue, minilm: Embedder, before: Sequence[str | Usage]
) -> None:
    with pytest.raises(ModelFailed) as raised:
        await spoken(ScriptedChat([*before, _fault()]), cue, minilm)
    assert raised.value.fault is Fault.CUT


async def test_after_a_fault_in_the_middle_what_was_shown_stays(cue: Cue, minilm: Embedder) -> None:
    model = ScriptedChat(["It'll turn up? That's no ", _fault()])
    pieces, whole = await spoken(model, cue, minilm)
    assert pieces[0] == "It'll turn up?"
    assert "That's no" not in whole.text
    assert whole.guarded
    assert whole.fault is not None
    assert len(model.asked) == 1


async def test_a_sentence_that_the_token_limit_cut_off_is_not_shown(cue: Cue, minilm: Embedder) -> None:
    _, whole = await spoken(ScriptedChat("It'll turn up? And what do I tell my"), cue, minilm)
    assert whole.text == "It'll turn up?"


async def test_the_usage_of_all_attempts_is_added_up(cue: Cue, minilm: Embedder) -> None:
    _, whole = await spoken(
        ScriptedChat([AGENT, Usage(100, 5, 0.5)], [Usage(3, 0), GOOD, Usage(120, 9, 0.25)]), cue, minilm
    )
    # The stream of a refused answer is left before its end, and with it the count that would have followed.
    assert whole.usage == Usage(123, 9, 0.25)
    _, whole = await spoken(ScriptedChat([Usage(100, 5, 0.5), AGENT], [GOOD, Usage(120, 9, 0.25)]), cue, minilm)
    assert whole.usage == Usage(220, 14, 0.75)


@pytest.mark.parametrize(
    "said",
    [
        f"Customer: {GOOD}",
        f"Yusuf Demir: {GOOD}",
        f"**Yusuf:** {GOOD}",
        f"Yusuf (panicking): {GOOD}",
        f'"{GOOD}"',
        f"“{GOOD}”",
        f"*sighs* {GOOD}",
        f"(voice breaking) {GOOD}",
        f"[pause] {GOOD} *hangs his head*",
        f"<think>He is afraid. How can I help you?</think>{GOOD}",
        f"\n\n  {GOOD}\n\nAgent: I'm so sorry. How can I help?",
        f"\x1b[31m{GOOD}\x1b[0m\x07",
        "\u202eIt'll turn up?\u200b That's no good to her tonight, is it?",
    ],
)
async def test_what_stands_around_a_line_is_not_shown(cue: Cue, minilm: Embedder, said: str) -> None:
    _, whole = await spoken(ScriptedChat(said), cue, minilm)
    assert whole.text == GOOD
    assert not whole.guarded


@pytest.mark.parametrize("said", ["*sighs*", "...", "<think>What now", '""'])
async def test_an_answer_of_no_words_is_tried_again(cue: Cue, minilm: Embedder, said: str) -> None:
    model = ScriptedChat(said, GOOD)
    _, whole = await spoken(model, cue, minilm)
    assert whole.text == GOOD
    assert len(model.asked) == 2


async def test_an_endless_answer_is_left(cue: Cue, minilm: Embedder) -> None:
    model = ScriptedChat("word " * 50_000, "x" * 50_000)
    _, whole = await spoken(model, cue, minilm)
    assert whole.text == MINDS
    assert len(whole.text) < MOST_CHARACTERS
    assert {one.guard for one in whole.refusals} == {"run_on"}


async def test_the_other_speakers_turn_is_never_shown(cue: Cue, minilm: Embedder) -> None:
    for other in ("Agent: I'll look into it. ", "Adviser: Certainly. ", "Calder Street: Sorry. "):
        _, whole = await spoken(ScriptedChat(f"It'll turn up? {other}"), cue, minilm)
        assert whole.text == "It'll turn up?"
        assert whole.refusals[0].guard == "one_speaker"


async def test_a_small_model_gets_its_own_prompt(cue: Cue, minilm: Embedder) -> None:
    model = ScriptedChat(AGENT, GOOD, is_small=True)
    await spoken(model, cue, minilm)
    assert all("<do>" not in prompt[-1].content for prompt in model.asked)
    assert model.asked[0] == model.asked[1]  # a reason would be said aloud


SCRAPS = st.one_of(
    st.text(st.characters(), max_size=12),
    st.sampled_from(
        [GOOD, AGENT, INVENTED, "\x1b[2J", "\x1b]0;x\x07", "\u202e", "\r", "\n", ". ", "? ", "<think>", "*"]
    ),
)


@given(st.lists(SCRAPS, max_size=8), st.lists(SCRAPS, max_size=8))
async def test_whatever_a_model_sends_only_clean_text_is_shown(first: list[str], second: list[str]) -> None:
    cue = Cue(_yusuf(), Plan("push_back", "panicking"), -65, (MINDS,), frozenset({"two_days_left"}), ())
    try:
        pieces, whole = await spoken(ScriptedChat(first, second), cue, WordHashEmbedder())
    except ModelFailed:
        return  # no word at all
    assert whole.text
    assert all(piece.strip() for piece in pieces)
    assert not any(unicodedata.category(one) in ("Cc", "Cs") for one in whole.text)
    assert not set(whole.text) & {"\u202e", "\u200b", "\u2066"}
    assert all(isinstance(one, Refusal) for one in whole.refusals)


@cache
def _yusuf() -> Persona:
    return Library.open().persona("late-inhaler")
