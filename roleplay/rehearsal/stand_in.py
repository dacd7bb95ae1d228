"""A competent trainee where nobody has written one: says an example of whatever the call wants next.

Winning so would prove nothing if the very line that is said stood among those it is compared with. So each reply is
read as if nobody had written the lines it is made of: what is left must recognise it, as it must a stranger's words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from roleplay.call_log import Input, InputKind
from roleplay.customer.chance import choose
from roleplay.customer.state import CallState
from roleplay.customer.steps import met, ready_steps, won
from roleplay.move import Line, Move, Value
from roleplay.persona import Fact, Step
from roleplay.rehearsal.readings import SharedReadings
from roleplay.rubric import Criterion
from roleplay.score import Verdict
from roleplay.scoring.values import read_value
from roleplay.session.course import Course

MOST_REPLIES = 40
TRIES = 3
"""How often one act is tried, each time in other words, before the call goes on without it."""
TIMES = ("", "within the hour", "today", "tomorrow", "within two working days", "within a week", "within two weeks")
WINDOWS = ("", "between 10 and 11", "between 10 and 12", "between 10 and 1", "between 8 and 12")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to say."""

    about: str
    """The move's id."""
    lines: tuple[Line, ...]
    """Examples, in the order they are said."""
    added: tuple[str, ...] = ()
    """What code reads and no example holds: a time, an amount."""

    @property
    def text(self) -> str:
        return " ".join((*self.lines, *self.added))


class StandIn:
    """Plays one call with the persona's and the rubric's own examples."""

    def __init__(self, sense: SharedReadings, seed: int) -> None:
        """`sense` must be the one that the course reads with."""
        self._sense = sense
        self._seed = seed

    def play(self, course: Course) -> Course:
        """The call to its end, from its opening."""
        tried: Counter[str] = Counter()
        while not course.state.ended and course.state.reply < MOST_REPLIES:
            act = self._next(course, tried)
            if act is None:
                break
            tried[act.about] += 1
            self._sense.leave_out(frozenset(act.lines), act.text)
            course = course.apply(Input(InputKind.REPLY, act.text))
        by_transfer = any(one.by == "transfer" and one.id not in course.state.done for one in course.persona.steps)
        return course.apply(Input(InputKind.TRANSFER if by_transfer else InputKind.END))

    def _next(self, course: Course, tried: Counter[str]) -> Act | None:
        if won(course.persona, set(course.state.done)):
            return self._farewell(course)
        wanted = [move for move in _wanted(course, tried) if tried[move.id] < TRIES]
        return self._act(wanted[0], course, tried[wanted[0].id]) if wanted else None

    def _farewell(self, course: Course) -> Act:
        """The last reply: a check unless there was one, and a goodbye."""
        closing = [
            one
            for one in _criteria(course)
            if one.due.at == "closing" or (one.due.before == "closing" and one.id not in course.state.shown)
        ]
        lines = tuple(self._example(one.examples, one.id, 0) for one in closing)
        return Act("farewell", lines, () if lines else ("Goodbye.",))

    def _act(self, move: Move, course: Course, attempt: int) -> Act:
        lines = [self._example(move.examples, move.id, attempt)] if move.examples else []
        values = [move.value] if isinstance(move, Step | Criterion) and move.value and not lines else []
        if isinstance(move, Step):
            values += [move.value] if move.value and lines else []
            for part in move.parts:
                lines += [self._example(part.examples, f"{move.id}.{part.id}", attempt)] if part.examples else []
                values += [part.value] if part.value else []
        unsaid = (said for said in (_said(value, course.persona.name, " ".join(lines)) for value in values) if said)
        return Act(move.id, tuple(lines), tuple(unsaid))

    def _example(self, examples: tuple[Line, ...], move: str, attempt: int) -> Line:
        first = choose(range(len(examples)), self._seed, 0, f"stand-in {move}")
        return examples[(first + attempt) % len(examples)]


def _wanted(course: Course, tried: Counter[str]) -> Iterator[Move]:
    """What to say next, the most pressing first: open, answer a feeling, verify, do steps, ask for what is locked."""
    persona, state = course.persona, course.state
    unshown = [one for one in _criteria(course) if one.id not in state.shown]
    if state.reply == 0:
        yield from (one for one in unshown if one.due.at == "opening")
    yield from (one for one in _criteria(course) if _answers(one, state))
    if any(step.discloses and step.id not in state.done for step in persona.steps):
        yield from (one for one in unshown if one.due.before == "disclosing")
    general = [one for one in unshown if one.due.at == "any"]
    if sum(tried[one.id] > 0 for one in _criteria(course) if one.due.at == "any") <= len(state.done):
        yield from (one for one in general if not tried[one.id])
    yield from (step for step in ready_steps(persona, state) if step.examples or step.parts or step.value)
    yield from _keys(course)
    yield from general
    yield from (one for one in _criteria(course) if not tried[one.id])


def _criteria(course: Course) -> Iterable[Criterion]:
    return [one for one in course.mind_rubric.criteria if one.mode == "do" and one.examples and one.due.after != "hold"]


def _answers(criterion: Criterion, state: CallState) -> bool:
    """Whether the customer's last turn asks for it."""
    match criterion.due.after:
        case "customer_shows_feeling":
            return state.reply in state.feeling_after
        case "customer_tells_story":
            return state.story_after == state.reply
        case "customer_gives_signal":
            return state.signal_after == state.reply
    return False


def _keys(course: Course) -> Iterator[Move]:
    """Moves that open what the customer has not told: of facts that a step waits for first, the persona's own first."""
    persona, state = course.persona, course.state
    awaited = {one.fact for step in persona.steps for one in step.after}
    locked = [one for one in persona.facts if one.id not in state.told and _may_be_told(one, state)]
    moves = {move.id: move for move in (*course.mind_rubric.all_moves(), *persona.moves) if _is_good(move)}
    own = {move.id for move in persona.moves}
    for fact in sorted(locked, key=lambda one: one.id not in awaited):
        names = sorted((name for name in fact.reveal_when if name in moves), key=lambda name: name not in own)
        yield from (moves[name] for name in names)


def _may_be_told(fact: Fact, state: CallState) -> bool:
    return met(fact.after, state, set(state.done), state.shown) and (
        fact.mood_at_least is None or state.mood >= fact.mood_at_least
    )


def _is_good(move: Move) -> bool:
    return bool(move.examples) and not move.leads_nowhere and not (isinstance(move, Criterion) and move.mode == "avoid")


def _said(value: Value, name: str, beside: str) -> str:
    """A sentence that holds the value; empty where the words `beside` it hold it, or where none can be made."""
    if read_value(value, beside, name) is Verdict.SHOWN:
        return ""
    fixed = [*value.any_of[:1], *([f"{value.amount:g}"] if value.amount is not None else [])]
    fixed += [name] if value.customer_name else []
    for time, window in product(TIMES, WINDOWS):
        sentence = f"That is {', '.join(piece for piece in (time, window, *fixed) if piece)}."
        if read_value(value, sentence, name) is Verdict.SHOWN:
            return sentence
    return ""
