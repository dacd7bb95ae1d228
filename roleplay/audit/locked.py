"""Values that only a locked fact holds - a reference, a name, an amount, a date - and lines that quote them early.

A value is a word with a digit in it, or a word with a capital inside a sentence. It belongs to a lock if nobody could
know it before: it stands in no fact told at the start, and not in what the trainee has on screen (brief, policy, gloss,
names). What is spelt out in words, or begins a sentence, is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from roleplay.audit.finding import Finding
from roleplay.library.strict_yaml import Place
from roleplay.persona import Intent, Persona, Requirement, Step

_WORD = re.compile(r"[^\W_]+(?:['’&.,:/-]?[^\W_]+)*")
_SENTENCE_ENDS = re.compile(r"[.!?:…]\W*$")
_EVERYDAY = re.compile(r"\d{1,2}(?:st|nd|rd|th|am|pm|p)?", re.IGNORECASE)
"""Small numbers are everybody's."""
_PRONOUN = re.compile(r"I(?:['’]\w+)?$")
AFTER_THE_WIN: frozenset[Intent] = frozenset({"settled", "goodbye", "passed_on"})
"""What the customer says only once every step is done, and so every fact told that a step needs."""


@dataclass(frozen=True, slots=True)
class _Line:
    place: Place
    text: str
    told: frozenset[str]
    """Facts told for certain when it is said."""
    kind: str


def locked_findings(persona: Persona) -> Iterator[Finding]:
    """Warnings. `persona` is as its own file has it: a temperament quotes nobody's values."""
    holders = _locked_values(persona)
    if not holders:
        return
    for line in _lines(persona):
        early = [word for word in sorted(values_in(line.text) & holders.keys()) if holders[word].isdisjoint(line.told)]
        if early:
            quoted, facts = (
                ", ".join(f'"{word}"' for word in early),
                ", ".join(sorted({min(holders[one]) for one in early})),
            )
            yield Finding(
                line.place, f"{line.kind} quotes {quoted}, which stands only in the fact {facts}, untold till then"
            )


def values_in(text: str) -> set[str]:
    """The values that a text quotes, in small letters."""
    found = set()
    for match in _WORD.finditer(text):
        word, before = match[0], text[: match.start()].rstrip(" \"'“”‘’(")
        if any(character.isdigit() for character in word):
            found |= set() if _EVERYDAY.fullmatch(word) else {word.lower()}
        elif word[0].isupper() and before and not _SENTENCE_ENDS.search(before) and not _PRONOUN.match(word):
            found.add(re.sub(r"['’]s$", "", word).lower())
    return found


def _locked_values(persona: Persona) -> dict[str, set[str]]:
    """Each value, and the facts that hold it."""
    screen = [persona.brief, persona.name, persona.company, persona.trade, *persona.gloss, *persona.gloss.values()]
    screen += [text for policy in persona.policy for text in (policy.title, policy.text)]
    told = [fact.says for fact in persona.facts if fact.told_at_start]
    known = {word.lower() for text in (*screen, *told) for word in _WORD.findall(text)}
    known |= {re.sub(r"['’]s$", "", word) for word in known}
    holders: dict[str, set[str]] = {}
    for fact in persona.facts:
        if not fact.told_at_start:
            for value in values_in(fact.says) - known:
                holders.setdefault(value, set()).add(fact.id)
    return holders


def _lines(persona: Persona) -> Iterator[_Line]:
    """The persona's lines that can be said, or shown, while something is still locked."""
    told_in_time = _Certain(persona)
    opens = {move: {fact.id for fact in persona.facts if move in fact.reveal_when} for move in _openers(persona)}
    for intent, by_band in persona.lines.items():
        told = told_in_time.after_the_win if intent in AFTER_THE_WIN else frozenset()
        for band, lines in by_band.items():
            for at, text in enumerate(lines):
                yield _Line(("lines", intent, band, at), text, told, "a line of the customer's")
    for at, move in enumerate(persona.moves):
        # A move that opens no lock may be made at any time, so also once it can quote what was told.
        if opens.get(move.id):
            told = frozenset(fact.id for fact in persona.facts) - frozenset(opens[move.id])
            yield from _move_lines(("moves", at), move.examples, move.counterexamples, told)
    for at, step in enumerate(persona.steps):
        yield from _step_lines(("steps", at), step, told_in_time.before(step))


def _openers(persona: Persona) -> set[str]:
    return {move for fact in persona.facts for move in fact.reveal_when}


def _move_lines(
    place: Place, examples: tuple[str, ...], counterexamples: tuple[str, ...], told: frozenset[str]
) -> Iterator[_Line]:
    for key, lines in (("examples", examples), ("counterexamples", counterexamples)):
        for at, text in enumerate(lines):
            yield _Line((*place, key, at), text, told, f"the {key[:-1]}")


def _step_lines(place: Place, step: Step, told: frozenset[str]) -> Iterator[_Line]:
    yield from _move_lines(place, step.examples, step.counterexamples, told)
    for key, text in (("what", step.what), ("hint", step.hint)):
        yield _Line((*place, key), text, told, "the hint")
    for key in ("ask_back", "asks_for", "accepts"):
        for at, text in enumerate(getattr(step, key)):
            yield _Line((*place, key, at), text, told, "a line of the customer's")
    for number, part in enumerate(step.parts):
        inside = (*place, "parts", number)
        yield from _move_lines(inside, part.examples, part.counterexamples, told)
        for at, text in enumerate(part.ask_back):
            yield _Line((*inside, "ask_back", at), text, told, "a line of the customer's")


class _Certain:
    """Which facts have been told for certain when a step's time has come."""

    def __init__(self, persona: Persona) -> None:
        self._persona = persona
        self._facts = {fact.id: fact for fact in persona.facts}
        self._steps = {step.id: step for step in persona.steps}

    @property
    def after_the_win(self) -> frozenset[str]:
        """When every step that any win needs has been done; where only some are needed, what these need."""
        outcomes = self._persona.outcomes
        rules = [rule for rule in (outcomes.resolved, outcomes.declined_well, outcomes.handed_over_well) if rule]
        wins = [
            self._steps.values() if rule.steps == "all" else map(self._steps.__getitem__, rule.steps or ())
            for rule in rules
        ]
        certain = [frozenset[str]().union(*(self.before(step) for step in steps)) for steps in wins]
        return frozenset.intersection(*certain) if certain else frozenset()

    def before(self, step: Step) -> frozenset[str]:
        """Through the step's own requirements and those of what it waits for."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting: list[Requirement] = list(step.after)
        while waiting:
            need = waiting.pop()
            if need.fact and need.fact not in found:
                found.add(need.fact)
                waiting += self._facts[need.fact].after
            if need.step and need.step not in seen:
                seen.add(need.step)
                waiting += self._steps[need.step].after
        return frozenset(found)
