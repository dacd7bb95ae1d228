"""A team's page: who is ready for what, what recurs, hours, which customers are hard. Nobody is ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from roleplay.programme.exported import NAMELESS, WHAT, Exported, ExportedCall, ExportedTrainee
from roleplay.report.page import Entries, Page, Paragraph, Section, Table

FOR_PRACTICE = (
    "For practice, not for personnel decisions. A score is a coach's opinion of one call with a simulated customer; "
    "people practise so that they may fail where it harms nobody."
)
STORED = (
    "Each trainee's calls stay on their own computer. This page holds only what they exported, and they can read it "
    "themselves. `roleplay erase --yes` removes everything on their computer, `roleplay history CALL --delete` one "
    "call; whoever has an exported file deletes it like any other file."
)
ENOUGH = 10
"""Calls with a customer from which something is said of them."""
HARD, EASY = 0.5, 0.95
"""The share of calls passed below and above which a customer is said to be too hard or too easy."""


def cohort_page(exported: Exported, title: Callable[[str], str], now: datetime) -> Page:
    """`title`: of a criterion."""
    people = sorted(exported.trainees, key=lambda one: (_name(one).casefold(), one.records))
    number = "1 trainee" if len(people) == 1 else f"{len(people)} trainees"
    sections = (
        Section("What this page is", (Paragraph(FOR_PRACTICE), Paragraph(STORED))),
        Section("Who is ready for what", (Paragraph("In alphabetical order."), _ready(people))),
        Section("What recurs", (_recurring(people, title),)),
        Section("Training hours", tuple(_hours(people))),
        Section("The customers", tuple(_customers([call for one in people for call in one.calls]))),
        Section("What was told", (Entries(tuple(_told(people))),)),
    )
    return Page("How the team practises", f"{number} · {now:%d %B %Y}", sections)


def _name(one: ExportedTrainee) -> str:
    return one.name or f"{NAMELESS} ({one.records[:8]})"


def _ready(people: Sequence[ExportedTrainee]) -> Table:
    rows = []
    for one in people:
        certified = [call for call in one.calls if call.kind == "certificate"]
        practice = [call for call in one.calls if call.kind == "practice"]
        latest = max((call.started_at for call in one.calls), default=None)
        rows.append(
            (
                _name(one),
                one.standing.layer or "not placed yet" if one.standing else "not told",
                _passed(certified) if certified else "no attempt",
                _passed(practice[-10:]) if practice else "not told",
                _level(practice),
                f"{latest:%d %B %Y}" if latest else "",
            )
        )
    return Table(
        ("Name", "Layer", "Certification calls", "Latest ten practice calls", "Hardest level passed", "Last call"),
        tuple(rows),
    )


def _passed(calls: Sequence[ExportedCall]) -> str:
    return f"{sum(call.passed for call in calls)} of {len(calls)} passed"


def _level(calls: Sequence[ExportedCall]) -> str:
    levels = [call.challenge for call in calls if call.passed and call.challenge is not None]
    return f"{int(max(levels))} of 9" if levels else ""


def _recurring(people: Sequence[ExportedTrainee], title: Callable[[str], str]) -> Table | Paragraph:
    told = [one.standing for one in people if one.standing]
    counted = Counter(name for one in told for name in one.recurring)
    if not counted:
        return Paragraph("Nothing recurs, as far as it was told.")
    rows = tuple((title(name), f"{number} of {len(told)}") for name, number in counted.most_common())
    return Table(("Criterion that fails again and again", "People"), rows)


def _hours(people: Sequence[ExportedTrainee]) -> Iterator[Paragraph]:
    told = [one.standing for one in people if one.standing]
    if not told:
        yield Paragraph("Nobody told their hours.")
        return
    least, most = told[0].hours_planned
    spent = sorted(one.hours for one in told)
    middle = spent[len(spent) // 2]
    yield Paragraph(f"{sum(spent):.0f} hours in all within a year; {middle:.1f} for the one in the middle.")
    yield Paragraph(f"A year is meant to hold {least:.0f} to {most:.0f}.")
    yield Paragraph(f"{sum(one == 0 for one in spent)} have not begun.")


def _customers(calls: Sequence[ExportedCall]) -> Iterator[Paragraph | Table]:
    names: dict[str, str] = {}
    held: dict[str, list[ExportedCall]] = {}
    for call in calls:
        if call.kind != "retry":
            names[call.persona] = call.persona_name
            held.setdefault(call.persona, []).append(call)
    if not held:
        yield Paragraph("No calls were told.")
        return
    rows = []
    for persona in sorted(held, key=lambda one: names[one].casefold()):
        of_one = held[persona]
        share = sum(call.passed for call in of_one) / len(of_one)
        word = ""
        if len(of_one) >= ENOUGH:
            word = "too hard for most" if share < HARD else "too easy for most" if share > EASY else "about right"
        rows.append((names[persona], persona, str(len(of_one)), f"{100 * share:.0f} %", word))
    yield Table(("Customer", "File", "Calls", "Passed", ""), tuple(rows))
    yield Paragraph(f"Something is said of a customer from {ENOUGH} calls on.")


def _told(people: Sequence[ExportedTrainee]) -> Iterator[tuple[str, str]]:
    for name, what in WHAT.items():
        number = sum(name in one.told for one in people)
        yield "✓" if number else "·", f"{what[:1].upper()}{what[1:]}: by {number} of {len(people)}."
