"""A customer's file from a sketch: whole, playable, and with a comment where a trainer goes on writing."""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.drafting.question import Choice
from roleplay.drafting.sketch import IDENTITY, FactSketch, MustSay, Sketch, StepSketch, asks
from roleplay.drafting.yaml_text import comment, in_a_row, listed, quoted

RUBRIC = "customer-care"
"""Whose moves the drafted facts name; the bundled one."""
TELL_ME = "asks_what_happened"
"""The rubric's open question; it brings out the first fact, whatever else does."""
KIND = ("asks_how_they_cope", "asks_what_matters", "acknowledges_feeling")
"""Moves of the rubric that bring out what nobody asks for by name."""
NEVER_A_STEP = (
    "Somebody will get back to you about that.",
    "You can find all of that on our website.",
    "That's all sorted for you now, goodbye.",
)
"""Put-offs that are no step in any trade."""
LIFT = 8
"""Mood points a step lifts."""


def persona_text(sketch: Sketch, temperaments: tuple[Choice, ...], try_it: str) -> str:
    """The file's text. `temperaments` are listed in a comment; `try_it` is the command that plays it."""
    return "\n".join(
        (
            _head(sketch, try_it),
            _who(sketch, temperaments),
            _screen(sketch),
            _story(),
            _facts(sketch),
            _questions(sketch.facts),
            _steps(sketch),
            _ending(sketch),
        )
    )


def _head(sketch: Sketch, try_it: str) -> str:
    return (
        "# yaml-language-server: $schema=../schema/persona.schema.json\n"
        + comment(
            f"A customer for practice. Change the text between the quotes, line by line, and take the call:\n"
            f"    {try_it}\n"
            f"    {' persona check '.join(try_it.rsplit(' practice ', 1))}      says what is wrong, with its line\n"
            'Keep the quotes: between them you can write anything. A " inside a line is written \\".\n'
            "Ids (words without quotes) are names of your choice; where one stands twice, change it in both places.\n"
            "What is not written here (how they get angry, thaw, hang up) comes from their temperament."
        )
        + f"format: 1\nid: {sketch.id}      # the same as the file's name\n"
    )


def _who(sketch: Sketch, temperaments: tuple[Choice, ...]) -> str:
    width = max(len(one.name) for one in temperaments)
    known = "\n".join(f"  {one.name:<{width}}  {one.what}" for one in temperaments)
    return (
        f"name: {quoted(sketch.name)}\n"
        "language: en\n"
        f"rubric: {RUBRIC}      # what the customer listens for, and what is scored\n"
        f"company: {quoted(sketch.company)}\n"
        f"trade: {quoted(sketch.trade)}\n"
        f"channel: {sketch.channel}      # or {'chat' if sketch.channel == 'phone' else 'phone'}\n"
        "difficulty: 2      # 1, a first call, to 5, the hardest\n"
        f"{comment(f'Who they are when things go wrong:{chr(10)}{known}')}"
        f"temperament: {sketch.temperament}\n"
        f"trains:      # shown before the call\n{listed(sketch.trains, 2)}"
        '# content: ["grief"]      # what the trainee should know before taking the call: grief, threats, swearing\n'
    )


def _screen(sketch: Sketch) -> str:
    rules = "".join(f"  - title: {quoted(title)}\n    text: {quoted(text)}\n" for title, text in sketch.policy)
    policy = rules or '  []      # - title: "Late repairs"\n          #   text: "We lend a bike free of charge."\n'
    lines = "".join(f"  {line}\n" for line in sketch.brief)
    return (
        comment("What the agent has on screen when the call comes in. Leave out what is to be found out.")
        + f"brief: |\n{lines}"
        + comment("What the agent may look up at any time.")
        + f"policy:\n{policy}"
    )


def _story() -> str:
    return comment(
        "Who they are besides: never shown to the trainee, and nothing hangs on it.\n"
        "story: |\n"
        "  What happened before the call, what they are afraid of, what they want most."
    )


def _facts(sketch: Sketch) -> str:
    explained = comment(
        "What they tell only when a move in `reveal_when` was shown: one of `moves:` below, or of the rubric\n"
        f"(`roleplay rubric show {RUBRIC}`). `mood_at_least: -10` holds a fact back until they are calmer;\n"
        "`shows_feeling: true` marks one that a good listener answers."
    )
    written = [_fact(IDENTITY, sketch.identity, ("verifies",))] if sketch.identity else []
    written += [_fact(one.id, one.says, _opened_by(one, first=not at)) for at, one in enumerate(sketch.facts)]
    return f"{explained}facts:\n{''.join(written) or '  []' + chr(10)}"


def _fact(name: str, says: str, opened_by: tuple[str, ...]) -> str:
    return f"  - id: {name}\n    says: {quoted(says)}\n    reveal_when: {in_a_row(opened_by)}\n"


def _opened_by(fact: FactSketch, *, first: bool) -> tuple[str, ...]:
    return (*((asks(fact),) if fact.questions else KIND), *((TELL_ME,) if first else ()))


def _questions(facts: tuple[FactSketch, ...]) -> str:
    written = "".join(
        f"  - id: {asks(one)}\n    examples:\n{listed(one.questions, 6)}" for one in facts if one.questions
    )
    explained = "The questions that bring those out, as agents ask them: the more different, the better they are heard."
    return f"{comment(explained)}moves:\n{written}" if written else comment("moves:      # questions of your own")


def _steps(sketch: Sketch) -> str:
    return (
        comment(
            "What solves it. The call is won when all steps are done; the customer's thanks decide nothing.\n"
            "Six to ten examples and as many counterexamples make a step recognise what people really say. The best\n"
            "counterexamples use the same words without the act: negated, vague, or sending the customer away."
        )
        + "steps:\n"
        + "".join(_step(one, sketch) for one in sketch.steps)
    )


def _step(step: StepSketch, sketch: Sketch) -> str:
    return "".join(
        (
            f"  - id: {step.id}\n",
            f"    what: {quoted(step.what)}\n",
            *_waits(step, sketch),
            f"    examples:\n{listed(step.good, 6)}",
            f"    counterexamples:\n{listed(step.not_it, 6)}",
            f"      # put-offs, no step in any trade\n{listed(NEVER_A_STEP, 6)}",
            _must_say(step.must_say),
            f"    asks_for:      # how they bring it up\n{listed(step.asks_for, 6)}" if step.asks_for else "",
            f"    mood: {LIFT}\n",
        )
    )


def _waits(step: StepSketch, sketch: Sketch) -> Iterator[str]:
    needed = (*((IDENTITY,) if step.checked and sketch.identity else ()), *step.after_facts)
    if needed:
        yield f"    after: {in_a_row(needed)}      # counts only once they have told this\n"
    if step.checked and sketch.identity:
        yield "    discloses: true      # touches the account: the agent must have checked who is calling\n"


def _must_say(asked: MustSay | None) -> str:
    if asked is None:
        return ""
    if asked.within_hours:
        value, back, part = f"within_hours: {asked.within_hours}", "And when is that, exactly?", "when"
    elif asked.amount:
        value, back, part = f"amount: {asked.amount}", "And how much is that, exactly?", "how_much"
    else:
        words = ", ".join(map(quoted, asked.words))
        value, back, part = f"any_of: [{words}]", "Can you be a bit more exact?", "exactly"
    return (
        "    parts:      # read by code, in this reply or a later one; until then they ask back\n"
        f"      - id: {part}\n        value: {{{value}}}\n        ask_back:\n{listed([back], 10)}"
    )


def _ending(sketch: Sketch) -> str:
    goodbye = f"  goodbye:\n{listed(sketch.goodbye, 4)}" if sketch.goodbye else '  # goodbye: ["Thank you, bye."]\n'
    return (
        comment("How the call can be won: `resolved`, or `declined_well` or `handed_over_well` where that is the aim.")
        + "outcomes:\n  resolved: {steps: all}\n"
        + comment("Their words. What you leave out (push_back, stalled, thaw, accept ...) their temperament says.")
        + f"lines:\n  opening:\n{listed(sketch.opening, 4)}{goodbye}"
    )
