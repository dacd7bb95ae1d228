"""A refusal settles nothing: on first-call resolution it stands below every answer that does; a reasoned no with a way
out is an answer. None of these lines taught the rubric."""

from __future__ import annotations

from statistics import fmean

import pytest

from roleplay.library.folder import Library
from roleplay.scoring.graded.gaps import exchange
from roleplay.scoring.graded.recorded import RecordedScorer
from tests.scoring.calls import call

RESOLUTION = "first_call_resolution"
ASKED = {
    "parcel": "My parcel should have come on Monday and nobody can tell me where it is.",
    "ticket": "I was charged twice for the same ticket and I want it back.",
    "short": "Where's my refund?",
    "long": (
        "I've rung four times now. First you said the hob would be fitted on the third, then the tenth, then somebody "
        "came without the part and left again, and since then I cook for five people on a camping stove in the garden. "
        "I've taken three days off work for this. I want to know who comes, when, and who pays for the days."
    ),
}
REFUSALS = (
    "There is nothing I can do about it.",
    "There's nothing we can do for you, sorry.",
    "I can't help you with that, I'm afraid.",
    "That's not my department.",
    "You'll just have to wait.",
    "We're looking into it.",
    "I do apologise, I wish I could do more for you.",
    "That's our policy.",
)
ANSWERS = {
    "parcel": (
        "It's on the van that leaves at two, with you before five.",
        "I've sent a new one, it's with you Thursday.",
        "We can't trace it before Friday, that's the courier's rule. I can send a second one today instead.",
    ),
    "ticket": (
        "The second charge goes back to your card today, three days at most.",
        "I can see both, the second is refunded now.",
        "I can't pay it out in cash, but the card gets it back by Thursday.",
    ),
    "short": (
        "It left us this morning and is in your account by Wednesday.",
        "It was stuck on an old card number. Give me the new one and it goes today.",
        "I can't send it before the lamp is back. Drop it at the shop and it's paid the same day.",
    ),
    "long": (
        "Jonas comes tomorrow at eight with the part in his van, and I've put the three days through as a claim.",
        "The part is in, the fitter is with you on Friday at nine, and at ten I'll ring you to hear that it works.",
        "The days I can't pay out myself, the claims desk must. I've sent it to them, and the fitter comes Friday.",
    ),
}


@pytest.mark.parametrize("asked", ASKED)
def test_every_refusal_stands_below_every_answer(shipped: RecordedScorer, asked: str) -> None:
    def resolved(texts: tuple[str, ...]) -> dict[str, float]:
        scores = shipped.score([call(text, ASKED[asked], text) for text in texts])
        return {one.id: one.dimensions[RESOLUTION] or 0.0 for one in scores}

    refused, answered = resolved(REFUSALS), resolved(ANSWERS[asked])
    above = [
        (refusal, answer, points, answered[answer])
        for refusal, points in refused.items()
        for answer in answered
        if points >= answered[answer]
    ]
    assert above == []
    assert max(refused.values()) < 30, refused
    assert min(answered.values()) > 25, answered
    assert fmean(refused.values()) + 25 < fmean(answered.values()), (refused, answered)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_stands_below_honest_replies_to_the_same_customer(
    shipped: RecordedScorer, library: Library, refusal: str
) -> None:
    traps = (one for one in library.traps("en") if one.dimension == RESOLUTION)
    honest = [(one.customer, one.better) for one in traps if one.kind != "instruction"]  # those ask marks for little
    honest += [
        (one.customer, one.standard)
        for one in library.twins("en")
        if one.criterion in ("owns_it", "says_what_by_when") and one.expected == "shown"
    ]
    calls = [exchange(reply, customer, reply) for customer, reply in honest]
    refused = [exchange("refusal", customer, refusal) for customer, _ in honest]
    above = [
        (answer.id, answer.dimensions[RESOLUTION], no.dimensions[RESOLUTION])
        for answer, no in zip(shipped.score(calls), shipped.score(refused), strict=True)
        if (no.dimensions[RESOLUTION] or 0.0) >= (answer.dimensions[RESOLUTION] or 0.0)
    ]
    assert len(honest) >= 60
    assert above == []


def test_a_call_that_ends_in_a_refusal_stands_below_the_same_call_that_does_not(shipped: RecordedScorer) -> None:
    begun = (ASKED["ticket"], "Which day was it, and how much?", "On the second, 38 euros, twice.")
    refused, answered = shipped.score(
        [call("r", *begun, REFUSALS[0]), call("a", *begun, "I've refunded the second 38, it's with you by Thursday.")]
    )
    assert (refused.dimensions[RESOLUTION] or 0.0) + 20 < (answered.dimensions[RESOLUTION] or 0.0)
