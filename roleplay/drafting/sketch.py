"""What a trainer said about a customer, put in order: the answers as one value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from roleplay.drafting.names import name_for
from roleplay.drafting.question import Answers

NUMBERS = (1, 2, 3)
"""There is room for so many steps, and for so many facts."""


@dataclass(frozen=True, slots=True)
class MustSay:
    """What similarity cannot see and must stand in the reply: one of a time, a sum, or words."""

    within_hours: int | None = None
    amount: str = ""
    """A number as YAML writes it, such as `12.50`."""
    words: tuple[str, ...] = ()
    """Any of these will do."""


@dataclass(frozen=True, slots=True)
class StepSketch:
    """A step of the solution."""

    id: str
    what: str
    good: tuple[str, ...]
    not_it: tuple[str, ...]
    must_say: MustSay | None
    asks_for: tuple[str, ...]
    checked: bool
    """Only counts once the agent knows who is calling."""
    after_facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactSketch:
    """Something told only when asked."""

    id: str
    says: str
    questions: tuple[str, ...]
    """How an agent asks for it; empty: a kind word or question brings it out."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A whole customer, as far as their trainer was asked."""

    id: str
    name: str
    company: str
    trade: str
    channel: str
    opening: tuple[str, ...]
    temperament: str
    brief: tuple[str, ...]
    policy: tuple[tuple[str, str], ...]
    """Title and text of each rule."""
    identity: str
    """What they answer when asked who they are; empty: nobody needs to ask."""
    facts: tuple[FactSketch, ...]
    steps: tuple[StepSketch, ...]
    trains: tuple[str, ...]
    goodbye: tuple[str, ...]


LONGEST_HOURS = 24 * 366
"""The furthest time that a reply can be asked to name."""
IDENTITY = "who_they_are"
"""The fact that a check of identity brings out."""


def sketch_of(answers: Answers, taken: frozenset[str]) -> Sketch:
    """The answers of `persona_topics` as a value; `taken` are the names of the rubric's moves."""
    facts = tuple(_facts(answers))
    return Sketch(
        id=_one(answers, "id"),
        name=_one(answers, "name"),
        company=_one(answers, "company"),
        trade=_one(answers, "trade"),
        channel=_one(answers, "channel"),
        opening=answers["opening"],
        temperament=_one(answers, "temperament"),
        brief=answers["brief"],
        policy=tuple(_rule(line) for line in answers.get("policy", ())),
        identity=_one(answers, "identity"),
        facts=facts,
        steps=tuple(_steps(answers, facts, taken)),
        trains=answers["trains"],
        goodbye=answers.get("goodbye", ()),
    )


def must_say(text: str) -> MustSay | None:
    """What an answer such as `24 hours`, `2 days`, `£12.50` or `Tower stairs / Tower` asks for; None for nothing."""
    if not text:
        return None
    if time := re.fullmatch(r"(?:with)?in\s+(\d{1,4})\s*(hour|day|week)s?|(\d{1,4})\s*(hour|day|week)s?", text.lower()):
        number, unit = (time[1], time[2]) if time[1] else (time[3], time[4])
        return MustSay(within_hours=max(1, int(number) * {"hour": 1, "day": 24, "week": 168}[unit]))
    if amount := re.fullmatch(
        r"[£€$]?\s*(\d{1,6})(?:[.,](\d{1,2}))?\s*(?:pounds?|euros?|dollars?|[£€$])?", text.lower()
    ):
        return MustSay(amount=f"{int(amount[1])}.{amount[2]}" if amount[2] else str(int(amount[1])))
    return MustSay(words=tuple(word for one in text.split("/") if (word := one.strip())))


def must_say_problem(text: str) -> str:
    """Why nothing can be read out of an answer; nothing, if something can."""
    asked = must_say(text) or MustSay()
    if (asked.within_hours or 0) > LONGEST_HOURS:
        return "A year is the longest time that can be asked for."
    if asked.within_hours or asked.amount or asked.words:
        return ""
    return "Give a time such as 24 hours, a sum such as 12.50, or words with / between them."


def steps_named(text: str) -> tuple[int, ...]:
    """The numbers in an answer such as `1 3` or `all`."""
    return NUMBERS if text.lower() == "all" else tuple(int(one) for one in re.findall(r"\d+", text))


def steps_named_problem(text: str) -> str:
    """Why an answer does not name steps; nothing, if it does."""
    if re.fullmatch(r"all|[123](?:[\s,and]+[123])*", text.lower()):
        return ""
    return "Give the numbers of steps, such as 1 or 2 3, or: all."


def _one(answers: Answers, key: str) -> str:
    return next(iter(answers.get(key, ())), "")


def _rule(line: str) -> tuple[str, str]:
    """`Late repairs: the fee is waived` as title and text; a line without a colon is all text."""
    title, colon, text = line.partition(": ")
    return (title.strip(), text.strip()) if colon and title.strip() and text.strip() else ("House rule", line)


def _facts(answers: Answers) -> Iterator[FactSketch]:
    taken = [IDENTITY]
    for number in NUMBERS:
        says = _one(answers, f"fact_{number}")
        if says:
            taken.append(name_for(says, f"fact_{number}", taken))
            yield FactSketch(taken[-1], says, answers.get(f"fact_{number}_asked", ()))


def _steps(answers: Answers, facts: tuple[FactSketch, ...], taken: frozenset[str]) -> Iterator[StepSketch]:
    used = {*taken, *(asks(fact) for fact in facts)}
    checked = steps_named(_one(answers, "checked"))
    given = [number for number in NUMBERS if answers.get(f"fact_{number}")]
    wanted = {
        fact.id: steps_named(_one(answers, f"fact_{number}_before")) for number, fact in zip(given, facts, strict=True)
    }
    for number in NUMBERS:
        what = _one(answers, f"step_{number}")
        if not what:
            continue
        name = name_for(what, f"step_{number}", used)
        used.add(name)
        yield StepSketch(
            id=name,
            what=what,
            good=answers[f"step_{number}_good"],
            not_it=answers[f"step_{number}_not"],
            must_say=must_say(_one(answers, f"step_{number}_value")),
            asks_for=answers.get(f"step_{number}_asks", ()),
            checked=number in checked,
            after_facts=tuple(name for name, before in wanted.items() if number in before),
        )


def asks(fact: FactSketch) -> str:
    """The id of the move that asks for a fact."""
    return f"asks_{fact.id}"
