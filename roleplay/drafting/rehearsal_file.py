"""Rehearsal lines for a new customer: a start, so that the call can be played without a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from roleplay.drafting.sketch import MustSay, Sketch
from roleplay.drafting.yaml_text import comment, listed

LAZY = (
    "Right, I see.",
    "Okay, somebody will be in touch about it.",
    "It's all on our website.",
    "So that's sorted then, bye.",
    "/end",
)
"""Lines of an agent who does nothing, in any trade."""


def rehearsal_text(sketch: Sketch, runs: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """The file's text; without `runs`, lines made from the sketch."""
    lines = runs or {"competent": tuple(_competent(sketch)), "lazy": LAZY}
    return (
        "# yaml-language-server: $schema=../../schema/rehearsal.schema.json\n"
        + comment(
            f"What trainees of several kinds type, played by `persona simulate {sketch.id} -v`. Write what your own\n"
            "people would say, and not the examples again: then it shows whether the customer understands them.\n"
            "`competent`, `competent_one_slip`, `terse` and `learner` should win, `lazy` and `rude` never."
        )
        + f"format: 1\npersona: {sketch.id}\nruns:\n"
        + "".join(f"  {kind}:\n{listed(said, 4)}" for kind, said in lines.items())
    )


def _competent(sketch: Sketch) -> Iterator[str]:
    """Greets, asks, solves and closes, in the trainer's own words."""
    yield f"Hello, {sketch.company}, this is Sam. I'm sorry you've had to get in touch about this. What happened?"
    if sketch.identity:
        yield "Before I look at it, could you give me your name and a number I can find you by?"
    for fact in sketch.facts:
        yield fact.questions[-1] if fact.questions else "How are you managing in the meantime?"
    for step in sketch.steps:
        yield _with_value(step.good[-1], step.must_say or MustSay())
    yield "Let me say that back. " + " ".join(step.good[0] for step in sketch.steps) + " Does that settle it for you?"
    yield f"Thank you, {sketch.name}. Goodbye."
    yield "/end"


def _with_value(line: str, asked: MustSay) -> str:
    """The line, with what must be said where it does not stand in it."""
    if asked.within_hours:
        named = any(time in line.lower() for time in ("today", "tomorrow", "hour"))
        return line if named else f"{line} That is within {asked.within_hours} hours."
    wanted = asked.words or ((asked.amount,) if asked.amount else ())
    there = not wanted or any(one.lower() in line.lower() for one in wanted)
    return line if there else f"{line} That is {wanted[0]}."
