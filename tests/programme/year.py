"""Simulated trainees: replies of known quality, day after day, through the lessons as a front end shows them.

python -m tests.programme.year HOME      prints what 120 days of four trainees came to (HOME has the sentence model)
python -m tests.programme.year HOME FIGURE.svg      and draws it
python -m tests.programme.year HOME 20              where they are placed, over 20 seeds
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import ClassVar

from roleplay.curriculum import LayerName, Question
from roleplay.embedding import Embedder, open_embedder
from roleplay.library.folder import Library
from roleplay.persona import Persona, Script, alternatives
from roleplay.programme.lesson import Answer, Card, Choose, Lesson, Take, Tell, Write
from roleplay.programme.lessons.questions import ASKS
from roleplay.programme.lessons.today import today
from roleplay.programme.lessons.writing import CASE
from roleplay.programme.programme import Programme, open_programme
from roleplay.rehearsal.readings import SharedReadings
from roleplay.rehearsal.script import drawn
from roleplay.rubric import Rubric
from roleplay.session.clock import Surroundings
from roleplay.session.course import Course
from roleplay.session.fading import Guidance
from roleplay.session.opening import Choices, Switchboard
from roleplay.session.typed import entries
from roleplay.store.records import Records
from tests.session.builders import take

FIRST_DAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DAYS, CURED_ON, SETTLED = 120, 60, 15
TYPING, WRITING = 20.0, 30.0
"""Seconds that a reply, and words on a card, take."""
RECOVERS = {Guidance.FULL: 0.9, Guidance.EASED: 0.7, Guidance.RESTING: 0.45}
"""How often a slip is mended at once by what the coach says beside it; without hints, seldom."""
ALONE = 0.25
BREACHES = {
    "does_not_argue": ("No, you're wrong there, that's not how it works.", "That's simply not true, you're mistaken."),
    "does_not_blame": ("It's your own fault, you didn't read it properly.", "You should have told us that earlier."),
    "plain_words": (
        "A red LOS lamp only means that the ONT has lost the optical carrier.",
        "The acquirer releases the pre-authorisation when the merchant doesn't capture it.",
    ),
}
"""Lines that make a mistake beyond doubt."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How good somebody is."""

    name: str
    layer: LayerName
    """Where they belong."""
    slips: float
    """How often a reply is one of an average or a lazy trainee's, 0..1."""
    answers: float
    """How often a question is answered well, 0..1."""
    habit: str
    """A mistake that they make in most calls until they are cured of it."""
    seed: int = 1


PROFILES = (
    Profile("Ada", "starter", 0.55, 0.35, "does_not_blame"),
    Profile("Ben", "steady", 0.45, 1.0, "plain_words"),
    Profile("Cem", "sharp", 0.2, 1.0, "does_not_argue", seed=2),
    Profile("Dora", "mentor", 0.08, 1.0, "does_not_argue", seed=5),
)


@dataclass
class Clock:
    """Time that passes only when somebody does something."""

    day: int = 0
    ticks: float = 0.0
    made: int = 0

    def around(self) -> Surroundings:
        return Surroundings(self.now, lambda: self.ticks, self._name, lambda: self.made)

    def now(self) -> datetime:
        return FIRST_DAY + timedelta(days=self.day, seconds=self.ticks % 36000)

    def _name(self) -> str:
        self.made += 1
        return f"{self.day:03}-{self.made:06}"


@dataclass
class Day:
    """What a day came to."""

    on: date
    layer: str | None
    level: int
    passed: list[bool] = field(default_factory=list)
    recurring: tuple[str, ...] = ()
    overall: list[float] = field(default_factory=list)


class SharedBoard(Switchboard):
    """Trainees of a kind say the same things: each reply to a customer is read once, however many calls follow."""

    _shared: ClassVar[dict[str, SharedReadings]] = {}

    def _course(
        self,
        persona: Persona,
        rubric: Rubric,
        mind_rubric: Rubric,
        embedder: Embedder,
        seed: int,
        array: bytes | None,
    ) -> Course:
        course = super()._course(persona, rubric, mind_rubric, embedder, seed, array)
        if persona.id not in self._shared:
            self._shared[persona.id] = SharedReadings.for_call(persona, mind_rubric, embedder)
        return replace(course, sense=self._shared[persona.id])


class Simulated:
    """A trainee at the cards."""

    def __init__(self, profile: Profile, home: Path, embedder: Embedder, seed: int = 1) -> None:
        self.profile, self.clock, self.days = profile, Clock(), list[Day]()
        self._library = Library.open()
        self._records = Records(home)
        board = SharedBoard(
            self._library, self._records, home, self.clock.around(), print, open_model=lambda *_anything: embedder
        )
        self.programme: Programme = open_programme(board, Choices(""))
        self._random = Random(f"{profile.name}/{seed}")  # noqa: S311 - a trainee, not a key
        self._questions = {one.customer: one for one in self.programme.curriculum.questions}
        self._passed: list[bool] = []
        self._overall: list[float] = []

    def live(self, days: int = DAYS, units: int = 2) -> None:
        """So many days; on weekends nobody trains."""
        for day in range(days):
            self.clock.day, self.clock.ticks = day, 0.0
            if day % 7 >= 5:
                continue
            self._passed, self._overall = [], []
            self._sit_down(today(self.programme), units)
            stands = self.programme.standing()
            self.days.append(
                Day(
                    self.clock.now().date(), stands.layer, stands.level, self._passed, tuple(stands.recurring),
                    self._overall,
                )
            )  # fmt: skip

    def close(self) -> None:
        """Lets go of the records."""
        self._records.close()

    def _sit_down(self, lesson: Lesson, units: int) -> None:
        card, done = next(lesson), -1
        while True:
            if isinstance(card, Choose) and card.options[-1] == "Stop for today":
                done += 1
                if done >= units or card.usual == len(card.options) - 1:
                    lesson.close()
                    return
            try:
                card = lesson.send(self._answer(card))
            except StopIteration:
                return

    def _answer(self, card: Card) -> Answer:
        match card:
            case Tell():
                return None
            case Take(choices=choices):
                return self._call(choices)
            case Write(asks=asks):
                self.clock.ticks += WRITING
                question = next((self._questions[one.text] for one in card.parts if one.text in self._questions), None)
                return self._reply(question) if asks == ASKS and question else "I would say it more plainly."
            case Choose(options=options):
                page = options[-1] == "Stop for today"
                known = page or options[0] in ("Begin", "Go on", CASE)
                return 0 if known else self._random.randrange(len(options))

    def _reply(self, question: Question) -> str:
        good = self._random.random() < self.profile.answers
        return f"Right. {question.ways[0]}" if good else self._random.choice(question.not_yet)

    def _call(self, choices: Choices) -> str | None:
        call = self.programme.board.start(choices)
        take_all(call.start())
        for entry in entries(self._script(choices)):
            if call.ended:
                break
            self.clock.ticks += TYPING
            take(call, entry)
        if not call.ended:
            take(call, next(entries(("/end",))))
        result = self._records.call(call.header.id).result
        assert result is not None
        self._passed.append(result.passed)
        self._overall += [] if result.overall is None else [result.overall]
        return call.header.id

    def _script(self, choices: Choices) -> Iterator[str]:
        """A good trainee's lines with slips in them, some mended at once, and the habit."""
        lines = self._library.rehearsal(choices.persona)
        assert lines is not None
        runs: dict[str, Script] = {str(kind): script for kind, script in lines.runs.items()}
        weak = [
            line for kind in ("average", "lazy") for entry in runs[kind] for line in alternatives(entry)
            if not line.startswith("/")
        ]  # fmt: skip
        mends = RECOVERS.get(choices.guidance or Guidance.FULL, ALONE) if choices.hints else ALONE
        has_habit = self.clock.day < CURED_ON and self._random.random() < 0.8
        for place, line in enumerate(drawn(runs["competent"], choices.seed or 0, "competent")):
            if has_habit and place == 2:
                yield self._random.choice(BREACHES[self.profile.habit])
            if line.startswith("/") or self._random.random() >= self.profile.slips:
                yield line
                continue
            yield self._random.choice(weak)
            if self._random.random() < mends:
                yield line


def take_all(events: object) -> None:
    """Lets a call say what it has to say."""

    async def listen() -> None:
        async for _ in events:  # type: ignore[attr-defined]
            pass

    asyncio.run(listen())


def main(home: Path, figure: Path | None = None) -> None:
    """Prints what it came to, and draws it."""
    embedder = open_embedder("all-minilm-l6-v2", home, print)
    people = []
    for profile in PROFILES:
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            one = Simulated(profile, Path(folder), embedder, profile.seed)
            one.live()
            people.append(one)
            settled = [passed for day in one.days[SETTLED:] for passed in day.passed]
            print(
                f"{profile.name}, {profile.layer}: placed {one.days[0].layer}, at the end {one.days[-1].layer}; "
                f"{len(settled)} calls once settled, {sum(settled) / max(len(settled), 1):.0%} passed; "
                f"{one.programme.standing().hours:.1f} h; {time.perf_counter() - began:.0f} s"
            )
            one.close()
    if figure is not None:
        figure.write_text(drawn_year(people), encoding="utf-8", newline="\n")


def drawn_year(people: list[Simulated]) -> str:
    """Each trainee as a panel: level of difficulty, calls passed and not, and when the planted mistake was named."""
    left, wide, high, gap = 60, 720, 84, 44
    parts = []
    for row, one in enumerate(people):
        top, days = 34 + row * (high + gap), one.days
        step = wide / len(days)
        settled = [passed for day in days[SETTLED:] for passed in day.passed]
        share = sum(settled) / max(len(settled), 1)
        parts.append(
            f'<text class="name" x="{left}" y="{top - 8}">{one.profile.layer}: {share:.0%} of {len(settled)} calls '
            f"passed once settled; planted mistake: {one.profile.habit.replace('_', ' ')}</text>"
        )
        for at, day in enumerate(days):
            x = left + at * step
            if one.profile.habit in day.recurring:
                parts.append(f'<rect class="named" x="{x:.1f}" y="{top}" width="{step:.1f}" height="{high}"/>')
            for number, passed in enumerate(day.passed):
                kind, y = ("passed", top + high - 7) if passed else ("missed", top + 7)
                parts.append(f'<circle class="{kind}" cx="{x + step * (number + 1) / 3:.1f}" cy="{y}" r="2.4"/>')
        line = " ".join(
            f"{left + (at + 0.5) * step:.1f},{top + high - 8 * day.level:.1f}" for at, day in enumerate(days)
        )
        parts.append(f'<polyline class="level" points="{line}"/>')
        parts += [f'<text x="{left - 18}" y="{top + high - 8 * level + 4}">{level}</text>' for level in (1, 5, 9)]
        cured = left + sum(day.on < (FIRST_DAY + timedelta(days=CURED_ON)).date() for day in days) * step
        parts.append(f'<line class="cured" x1="{cured:.1f}" x2="{cured:.1f}" y1="{top}" y2="{top + high}"/>')
    height = 34 + len(people) * (high + gap) + 10
    legend = (
        "line: level of difficulty, 1 to 9 · dots: calls passed (below), not passed (above) · "
        "shaded: the mistake is named as recurring · dashed: cured"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + wide + 20} {height}" role="img" '
        'aria-label="Four simulated trainees over 120 days">\n<style>text{font:12px system-ui,sans-serif;fill:#5a6672}'
        ".name{font-weight:600}.level{fill:none;stroke:#2b6f8f;stroke-width:2}.passed{fill:#3d8b5f}.missed{fill:#b3552e}"
        ".named{fill:#8a5a12;opacity:.18}.cured{stroke:#5a6672;stroke-dasharray:4 4}</style>\n"
        f'<rect width="100%" height="100%" fill="#fbfbf9"/>\n'
        + "\n".join(parts)
        + f'\n<text x="{left}" y="{height - 8}">{legend}</text>\n</svg>\n'
    )


def placement(home: Path, seeds: int) -> None:
    """Prints where the profiles are placed, over so many seeds."""
    embedder = open_embedder("all-minilm-l6-v2", home, print)
    for profile in PROFILES:
        found: dict[str | None, list[int]] = {}
        for seed in range(seeds):
            with tempfile.TemporaryDirectory() as folder:
                one = Simulated(profile, Path(folder), embedder, seed)
                one.live(1, 0)
                found.setdefault(one.days[0].layer, []).append(seed)
                one.close()
        counted = {layer: len(placed) for layer, placed in found.items()}
        print(f"{profile.name} belongs to {profile.layer}: {counted}; seeds {found}", flush=True)


if __name__ == "__main__":
    where, wanted = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    if wanted.isdecimal():
        placement(where, int(wanted))
    else:
        main(where, Path(wanted) if wanted else None)
