"""What a trainer is asked about a new customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from roleplay.drafting.copying import name_problem
from roleplay.drafting.names import LONGEST_ID, id_problem
from roleplay.drafting.question import Choice, Question, Topic, Topics
from roleplay.drafting.sketch import NUMBERS, must_say_problem, steps_named_problem
from roleplay.drafting.worked import ANSWERS

CHANNELS = (Choice("phone", "typing stands for speech"), Choice("chat", "short messages, links allowed"))


def persona_topics(temperaments: tuple[Choice, ...], name_is_free: Callable[[str], str]) -> Topics:
    """The questions in order. `name_is_free` says why a file's name cannot be used, or nothing."""
    return (
        _who(name_is_free),
        Topic("Why they call", (_OPENING,)),
        Topic(
            "Their temperament",
            (Question("temperament", "Who are they, when things go wrong? (name or number)", choices=temperaments),),
        ),
        Topic("What the agent has", (_BRIEF, _POLICY)),
        *(_step(number) for number in NUMBERS),
        Topic("Who is calling", (_IDENTITY, _CHECKED)),
        Topic("What they tell only when asked", tuple(one for number in NUMBERS for one in _fact(number))),
        Topic("How it ends", (_GOODBYE, _TRAINS)),
    )


def copy_topics(name_is_free: Callable[[str], str]) -> Topics:
    """What is asked about a copy of a customer."""
    name_file, name, *_ = _who(name_is_free).questions
    return (Topic("Your copy", (name_file, replace(name, wrong=name_problem))),)


def _who(name_is_free: Callable[[str], str]) -> Topic:
    def wrong(name: str) -> str:
        return id_problem(name) or name_is_free(name)

    return Topic(
        "Who calls whom",
        (
            Question(
                "id", "A short name for the file, which is also how you start the call.", "late-bike",
                longest=LONGEST_ID, wrong=wrong,
            ),
            Question("name", "The customer's full name.", "Owen Price", longest=80),
            Question("company", "The company they are calling.", "Spoke & Chain Bicycles", longest=80),
            Question("trade", "Its trade, in a word or two.", "bicycle repairs", longest=40),
            Question("channel", "How do they reach you?", choices=CHANNELS),
        ),
    )  # fmt: skip


_OPENING = Question(
    "opening",
    "The customer's first words, as they would say them. Two ways are better than one: each call takes one of them.",
    "You said my bike would be ready on Friday. It's Monday, and nobody's rung me.",
    most=3,
)
_BRIEF = Question(
    "brief",
    "What is on the agent's screen when the call comes in? Leave out what the agent should find out.",
    "Owen Price, ticket SC-4471. Rear wheel, promised for Friday. Status: waiting for part.",
    most=8,
)
_POLICY = Question(
    "policy",
    "Which rules may the agent look up? Write each as title: text.",
    "Late repairs: we lend a bike free of charge until the repair is done.",
    least=0,
    most=8,
)
_IDENTITY = Question(
    "identity",
    "What does the customer answer when asked who they are? Empty: this call needs no check.",
    "It's Price, ticket SC-4471, and the postcode's BN2 9QA.",
    least=0,
)
_CHECKED = Question(
    "checked",
    "Which steps must wait for that check? Give their numbers, or all; empty for none.",
    "2 3",
    least=0,
    only_if="identity",
    longest=20,
    wrong=steps_named_problem,
)
_GOODBYE = Question(
    "goodbye",
    "How do they say goodbye when all is settled? Empty: their temperament's words.",
    "Right, I'll be there at five tomorrow. Thanks for being straight with me.",
    least=0,
    most=3,
)
_TRAINS = Question(
    "trains",
    "What does this call train? In the trainee's words.",
    "say what happens by when",
    most=3,
    longest=120,
)


def _step(number: int) -> Topic:
    first = number == NUMBERS[0]
    mine = f"step_{number}"
    end = "" if first else f" Leave it empty if there is no step {number}."
    return Topic(
        f"What solves it: step {number}",
        (
            Question(
                mine,
                f"What must the agent do or say, in one sentence?{end}",
                _example(mine),
                least=int(first),
                only_if="" if first else f"step_{number - 1}",
            ),
            Question(
                f"{mine}_good",
                "Two or three ways a good agent really says it. The more different, the better it is heard.",
                _example(f"{mine}_good"),
                least=2,
                most=10,
                only_if=mine,
            ),
            Question(
                f"{mine}_not",
                "One or more lines that sound like it and are not: vague, put off, sent away.",
                _example(f"{mine}_not"),
                most=10,
                only_if=mine,
            ),
            Question(
                f"{mine}_value",
                "Must a time, a sum or certain words be in it?",
                "24 hours   or   12.50   or   Tower stairs / Tower",
                least=0,
                only_if=mine,
                longest=120,
                wrong=must_say_problem,
            ),
            Question(
                f"{mine}_asks",
                "How would the customer bring it up? Two ways, as they may ask twice; empty: in general words.",
                _example(f"{mine}_asks"),
                least=0,
                most=3,
                only_if=mine,
            ),
        ),
    )


def _fact(number: int) -> tuple[Question, ...]:
    first = number == NUMBERS[0]
    mine = f"fact_{number}"
    end = " The most telling first." if first else " Leave it empty if there is no more."
    return (
        Question(
            mine,
            f"Something they tell only when asked, in their own words.{end}",
            _example(mine),
            least=0,
            only_if="" if first else f"fact_{number - 1}",
        ),
        Question(
            f"{mine}_asked",
            "How does an agent ask for just this? Two or three ways; empty: a kind word or question brings it out.",
            _example(f"{mine}_asked"),
            least=0,
            most=6,
            only_if=mine,
        ),
        Question(
            f"{mine}_before",
            "Must it be known before a step counts? Give the step's number; empty if not.",
            "3",
            least=0,
            only_if=mine,
            longest=20,
            wrong=steps_named_problem,
        ),
    )


def _example(key: str) -> str:
    """What was answered for the customer that is worked out."""
    return next(iter(ANSWERS.get(key, ())), "")
