"""The persona: a simulated customer, and the temperament that fills in what its author left out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from roleplay.move import Frozen, Identifier, Line, Lines, Move, Value

Intent = Literal[
    "opening",
    "push_back",
    "hold_back",
    "too_early",
    "ask_back",
    "asks_for",
    "not_following",
    "already_told",
    "stalled",
    "thaw",
    "accept",
    "off_topic",
    "ask_for_manager",
    "abuse",
    "warned",
    "on_hold",
    "back_from_hold",
    "transferred",
    "passed_on",
    "waiting",
    "still_there",
    "settled",
    "goodbye",
    "goodbye_unresolved",
    "hang_up",
]
"""What the customer does in a turn. The mind picks it; the voice only words it."""

Mood = Annotated[int, Field(ge=-100, le=100)]
"""-100 (beside themselves) to 100 (delighted)."""


def _as_list(value: Any) -> Any:  # noqa: ANN401 - raw YAML, before validation
    return value if isinstance(value, list | tuple) or value is None else [value]


def _as_requirements(value: Any) -> Any:  # noqa: ANN401 - raw YAML, before validation
    return [{"fact": one} if isinstance(one, str) else one for one in _as_list(value) or []]


OneOrMore = Annotated[tuple[Identifier, ...], BeforeValidator(_as_list)]
"""One id, or a list of ids of which any will do."""


class Policy(Frozen):
    """A rule that the trainee may look up during the call."""

    title: Line
    text: str


class Requirement(Frozen):
    """Something that must have happened first. Exactly one key."""

    fact: Identifier | None = None
    """The customer has told this fact."""
    step: Identifier | None = None
    """This step is done."""
    shown: Identifier | None = None
    """The trainee has shown this move, in this reply or an earlier one."""


Requirements = Annotated[tuple[Requirement, ...], BeforeValidator(_as_requirements)]


class Fact(Frozen):
    """Something the customer knows and tells once its lock is open."""

    id: Identifier
    says: Line
    """How the customer says it."""
    reveal_when: Annotated[tuple[Identifier, ...], BeforeValidator(_as_list)] = ()
    """Moves of which any one opens the lock."""
    after: Requirements = ()
    """What must have happened first; a bare id is a fact."""
    mood_at_least: Mood | None = None
    """Held back while the mood is lower."""
    asked_by: Annotated[tuple[Identifier, ...], BeforeValidator(_as_list)] = ()
    """Moves that ask for just this; a question that shows one after it was told is asking twice. Else: the persona's
    own moves in `reveal_when`, or its only entry."""
    told_at_start: bool = False
    """Already in the opening line; asking for it again is asking twice."""
    shows_feeling: bool = False
    """Telling it lets a feeling through that a good listener answers."""
    signal: Literal["complaint", "vulnerable"] | None = None
    """Telling it is a sign of a complaint or of a vulnerable caller."""


class Part(Frozen):
    """One part of a step: half a step looks like all of it, so the parts are read one by one."""

    id: Identifier
    examples: Lines = ()
    counterexamples: Lines = ()
    value: Value | None = None
    ask_back: Lines = ()
    """What the customer asks while just this part is missing; else the step's own `ask_back`."""


class Step(Move):
    """A step of the resolution. Done once, in the order its `after` asks for; thanks decide nothing."""

    after: Requirements = ()
    parts: tuple[Part, ...] = ()
    """Must all be said, in one reply or over several."""
    value: Value | None = None
    """A value that must stand in the reply beside the words."""
    by: Literal["transfer"] | None = None
    """The action that also does this step, once every other step is done."""
    ask_back: Lines = ()
    """What the customer asks when the step was said only in part or unclearly."""
    asks_for: Lines = ()
    """How the customer brings the step up when it is the next one open."""
    accepts: Lines = ()
    """What the customer says when it is done; else their `accept` lines."""
    ends_call: bool = False
    """Doing this step is how the trainee ends the call."""
    discloses: bool = False
    """Touches account details: the caller must have been verified first."""
    hint: str = ""
    """A nudge for a trainee who is stuck; else `what`."""
    mood: Annotated[int, Field(ge=-50, le=50)] = 0
    """How much doing it lifts the mood."""


class When(Frozen):
    """What sets a reaction off. One of the first seven keys; the others narrow it."""

    shown: OneOrMore = ()
    """Any of these moves was shown in the reply."""
    opposite: OneOrMore = ()
    """A counterexample of any of these moves was said: a hollow line, a breach."""
    asked_again: Identifier | None = None
    """The trainee asked for this fact (or `any`) although it had been told."""
    step: Identifier | None = None
    """This step (or `any`) was offered or done in the reply."""
    stalled: bool = False
    """The reply was recognised as leading nowhere."""
    repeated: bool = False
    """The trainee sent nearly the same reply again."""
    hold: Literal["announced", "unannounced"] | None = None
    """The trainee put the caller on hold, with or without asking first."""
    before: Identifier | None = None
    """... and this move has not been shown yet, nor in the same reply."""
    mood_below: Mood | None = None
    mood_at_least: Mood | None = None


class AtEnd(Frozen):
    """What the customer finds out after the call; moves only their own mark."""

    delta: Annotated[int, Field(ge=-100, le=100)]
    because: Line


class Reaction(Frozen):
    """What moves the mood, how far, and why."""

    when: When
    delta: Annotated[int, Field(ge=-60, le=60)]
    because: Line
    """The cause, in words a trainee can use; follows "because" or a dash."""
    at_most: Annotated[int, Field(ge=1, le=20)] = 3
    """How often it can happen in a call."""
    at_end: AtEnd | None = None


class Twist(Frozen):
    """Something that happens on the customer's side in the middle of a call, whatever the trainee does."""

    says: Line
    """How the customer tells it, after their own line."""
    mood: Annotated[int, Field(ge=-40, le=40)]
    because: Line
    """The cause, as the debrief says it."""
    after_reply: Annotated[int, Field(ge=1, le=20)] = 3
    """Told in the customer's answer to this reply, unless the matter is settled by then."""


class Temper(Frozen):
    """Where the mood starts and how much the customer puts up with."""

    start: Mood | None = None
    patience: Annotated[int, Field(ge=1, le=50)] | None = None
    """Replies recognised as leading nowhere, in a row, before the customer gives up; absent: never."""
    hangs_up_below: Mood | None = None
    """Absent: never hangs up in anger."""


class Band(Frozen):
    """A named stretch of the mood: from the band below's end up to (not including) `below`."""

    name: Identifier
    below: Annotated[int, Field(ge=-99, le=101)]


class OutcomeRule(Frozen):
    """When a call ends this way."""

    steps: Literal["all"] | tuple[Identifier, ...] | None = None
    asks_for_manager: Annotated[int, Field(ge=1, le=10)] | None = None
    """The customer has asked for somebody else this often."""
    mood_below: Mood | None = None
    or_patience: Annotated[int, Field(ge=0, le=50)] | None = None
    """Patience left."""


class Outcomes(Frozen):
    """How this call can end. One of the first three is this persona's win."""

    resolved: OutcomeRule | None = None
    declined_well: OutcomeRule | None = None
    handed_over_well: OutcomeRule | None = None
    escalated: OutcomeRule | None = None
    hung_up: OutcomeRule | None = None


LinesByBand = Annotated[
    dict[Identifier, Lines],
    BeforeValidator(lambda value: {"any": value} if isinstance(value, list | tuple) else value),
]
"""Lines by mood band; a bare list serves every band (`any`)."""


class Speech(Frozen):
    """What a persona and a temperament share: how the customer reacts and talks."""

    mood: Temper = Temper()
    bands: tuple[Band, ...] = ()
    """Lowest first; the last `below` is 101."""
    shows_feeling: bool | None = None
    """Whether the opening lets a feeling through that asks for an answer."""
    reactions: tuple[Reaction, ...] = ()
    outcomes: Outcomes = Outcomes()
    lines: dict[Intent, LinesByBand] = Field(default_factory=dict)
    """The scripted voice: by intent, then by mood band."""
    asked_afterwards: dict[Annotated[int, Field(ge=1, le=5)], Line] = Field(default_factory=dict)
    """The customer's own sentence by the mark (1 to 5) they give."""


class Temperament(Speech):
    """A named set of reactions, mood bands and generic lines that fit any trade."""

    format: Literal[1]
    id: Identifier
    language: str = "en"
    what: str = ""


class Caller(Frozen):
    """Who calls, for the balance of a library alone: nothing reads it in a call."""

    gender: Literal["woman", "man", "other"] | None = None
    age: Literal["young", "middle", "older"] | None = None
    """young: under 35; middle: 35 to 59; older: 60 and over."""
    fluency: Literal["fluent", "learner"] | None = None
    """In the language of the call."""


class Persona(Speech):
    """A simulated customer. `id` equals the file's stem."""

    format: Literal[1]
    id: Identifier
    name: Line
    """Full name, as the customer gives it."""
    caller: Caller = Caller()
    """Who calls. For `persona check` alone: neither the mind, the sense nor the score ever reads it."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    rubric: Identifier
    """The rubric whose moves the mind reads."""
    company: Line
    channel: Literal["phone", "chat"] = "phone"
    difficulty: Annotated[int, Field(ge=1, le=5)]
    """1: a first call; 5: the hardest."""
    temperament: Identifier | None = None
    trade: Line = "customer service"
    """The line of business, in a word or two."""
    trains: Annotated[tuple[Line, ...], Field(min_length=1)]
    """What the call trains, in the trainee's words."""
    content: tuple[Line, ...] = ()
    """What the trainee should know before taking the call: grief, threats, swearing."""
    review_by: date | None = None
    brief: str
    """What the trainee has on screen when the call comes in."""
    policy: tuple[Policy, ...] = ()
    story: str = ""
    """Never shown; a model's voice may draw on it."""
    gloss: dict[str, str] = Field(default_factory=dict)
    """Idioms and trade words of this persona, explained in plain words."""
    facts: tuple[Fact, ...] = ()
    moves: tuple[Move, ...] = ()
    """Seen, not scored: what only this case needs to recognise, or one of the rubric's unscored moves in its words."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    signal: Literal["complaint", "vulnerable"] | None = None
    """The opening already tells of a complaint or of a vulnerable caller."""
    twists: tuple[Twist, ...] = ()
    """What happens on the customer's side in mid-call."""


RunName = Literal["competent", "competent_one_slip", "terse", "learner", "average", "lazy", "rude"]
"""A kind of trainee; the first four are expected to win, the last two never."""


Alternatives = Annotated[tuple[Line, ...], Field(min_length=2)]
"""Ways to say one thing, of which the seed draws one; `/skip` among them is to say nothing at that point."""

Entry = Annotated[
    Annotated[Line, Tag("one line")] | Annotated[Alternatives, Tag("of several")],
    Discriminator(lambda entry: "of several" if isinstance(entry, list | tuple) else "one line"),
]
"""What is typed next: one line, or a list of alternatives."""

Script = tuple[Entry, ...]
"""What a trainee types in a call, in order."""

ACTIONS = ("/hold", "/transfer", "/end", "/break", "/hint")
"""Entries that are no words but actions."""
SKIP = "/skip"
"""An alternative that says nothing."""


class RehearsalLines(Frozen):
    """What trainees of several kinds type in a call with one persona, never an example word for word."""

    format: Literal[1]
    persona: Identifier
    runs: dict[RunName, Script]
    """By kind of trainee, in order; an entry that begins with `/` is an action (`/hold`, `/transfer`, `/end`). An entry
    that is a list holds alternatives, of which the seed draws one."""

    def plainest(self, run: RunName) -> Lines:
        """One call of a kind without chance: the first alternative everywhere. Raises KeyError for a kind not here."""
        first = (alternatives(entry)[0] for entry in self.runs[run])
        return tuple(line for line in first if line != SKIP)

    def everything(self, run: RunName) -> Lines:
        """All that a kind may type, actions too. Raises KeyError for a kind that is not here."""
        return tuple(line for entry in self.runs[run] for line in alternatives(entry) if line != SKIP)


def alternatives(entry: Line | tuple[Line, ...]) -> tuple[Line, ...]:
    """All that may be typed at an entry of a script, at least one."""
    return (entry,) if isinstance(entry, str) else entry
