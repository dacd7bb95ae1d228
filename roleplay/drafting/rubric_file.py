"""A rubric's file to start from: criteria worked out for a trainer, and below them what customers listen for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from roleplay.drafting.names import LONGEST_ID, id_problem
from roleplay.drafting.question import Question, Topic, Topics
from roleplay.drafting.yaml_text import comment, listed, quoted
from roleplay.move import Move
from roleplay.persona import Speech
from roleplay.rubric import Criterion, Rubric

BY_DRAFTS = frozenset(
    {"verifies", "asks_what_happened", "asks_how_they_cope", "asks_what_matters", "acknowledges_feeling",
     "announces_hold", "asks_to_wait", "checks_settled"}
)  # fmt: skip
"""Moves that drafted customers and the call itself name, beside those of the temperaments."""
FROM_BASE = "acknowledges_feeling"
"""The criterion that is taken over as an example of one that customers react to."""


def rubric_topics(name_is_free: Callable[[str], str]) -> Topics:
    """What a trainer is asked about a new rubric. `name_is_free` says why a file's name cannot be used, or nothing."""

    def wrong(name: str) -> str:
        return id_problem(name) or name_is_free(name)

    return (
        Topic(
            "Your rubric",
            (
                Question("id", "A short name for the file.", "our-calls", longest=LONGEST_ID, wrong=wrong),
                Question("title", "Its title, in a few words.", "How we talk at Spoke & Chain", longest=80),
            ),
        ),
    )


def moves_named(speeches: Iterable[Speech]) -> frozenset[str]:
    """The moves that customers react to, and so must be in any rubric that they name."""
    whens = [reaction.when for one in speeches for reaction in one.reactions]
    named = {name for when in whens for name in (*when.shown, *when.opposite, when.before)}
    return BY_DRAFTS | {name for name in named if name}


def rubric_text(name: str, title: str, base: Rubric, needed: frozenset[str], try_it: str) -> str:
    """The file's text. `needed` moves are taken over from `base`, breaches as criteria and the rest unscored."""
    taken = [one for one in base.all_moves() if one.id in needed and one.id != FROM_BASE]
    breaches = [one for one in taken if isinstance(one, Criterion) and one.mode == "avoid"]
    unscored = [one for one in taken if one not in breaches]
    return "".join(
        (
            _head(name, title, base, try_it),
            _WORKED_OUT,
            comment(
                f"3. One that is taken over from {base.id}, because customers react to it. Keep its id; the title,\n"
                "the weight and the words for the trainee are yours. `due: after` asks for it in the next replies."
            ),
            _move(base.criterion(FROM_BASE)),
            comment(
                f"\n--- Below: what customers react to, taken over from {base.id}. Their temperaments name these, so\n"
                "a customer whose `rubric:` is this one needs them. You need not read on. To score one of `moves:`,\n"
                "put it among the criteria with title, dimension and `due`. For scoring alone (`--rubric`) all may go."
            ),
            *map(_move, breaches),
            "moves:\n",
            *(_move(_unscored(one)) for one in unscored),
        )
    )


def _head(name: str, title: str, base: Rubric, try_it: str) -> str:
    weights = ", ".join(f"{dimension}: {weight:g}" for dimension, weight in base.weights.items())
    return (
        "# yaml-language-server: $schema=../schema/rubric.schema.json\n"
        + comment(
            "A rubric: what a reply is measured against. Change the first criteria into yours, and check it:\n"
            f"    {try_it}\n"
            f"A call with any customer is scored by it with `practice ID --rubric {name}`; a customer listens by it\n"
            f"when their file says `rubric: {name}`."
        )
        + f"format: 1\nid: {name}      # the same as the file's name\n"
        f"title: {quoted(title)}\nlanguage: {base.language}\n"
        f"pass_mark: {base.pass_mark:g}      # points of 100\n"
        f"weights: {{{weights}}}      # each dimension's share; you may add others\n"
        "criteria:\n"
    )


_WORKED_OUT = """\
# 1. Something to do. The examples do it; the counterexamples sound like it and are not. Six to ten of each, as
# people really say it, short and long, in plain and in learner's English.
  - id: confirms_in_writing
    title: "Puts it in writing"
    dimension: first_call_resolution
    mode: do
    weight: 1
    due: {at: any}      # or at: opening, closing; after: customer_shows_feeling; before: disclosing
    what: "Says that the customer gets what was agreed in writing: by email, text or letter."
    examples:
      - "I'm emailing you all of that now, so you have it in writing."
      - "You'll get a text with the day and the hour in a minute."
      - "You have it in black and white by tonight, in your inbox."
      - "I'll put what we agreed in a letter and post it to you today."
      - "The confirmation is on its way to your phone."
      - "i send you everything by mail, then you can read it again"
      - "I've just sent you a message that says what we agreed."
      - "You'll find a written confirmation in your account."
      - "Look at your email, the confirmation should be there now."
      - "I'm confirming that by text as we speak."
      - "After this call I'll send it to you in an email, with the amounts."
      - "There's a letter coming to you from us that sets it all out."
    counterexamples:
      - "Please put that in writing to us."
      - "Could you send us an email about it?"
      - "What's your email address?"
      - "We don't send confirmations."
      - "I can't give you that in writing."
      - "You can read about it on our website."
      - "You should have had an email from us last week."
      - "Did you get our letter?"
      - "I've read your email."
      - "I'll text the driver about it."
    # Words for the trainee: when it was shown, when it was missed, how a better line is built, and why it matters.
    landed: "You put it in writing."
    next_step: "Send what you agreed in writing, and say so."
    better_line: "Say what they get, and by which way: a text, an email, a letter."
    why: "What stands in writing need not be remembered, or told again."
# 2. Something to avoid: here a counterexample is the breach, and the examples are how it is done well.
# `critical: true` would mean that a call which does it is not passed, whatever the number.
  - id: does_not_guess
    title: "Does not guess"
    dimension: smoothness
    mode: avoid
    weight: 1
    due: {at: every}
    what: "Does not pass off a guess as an answer; says that it has to be found out, and does so."
    examples:
      - "I don't know that yet, so I'll find out and ring you by four."
      - "Let me check that before I tell you anything wrong."
      - "I can't see that from here, but Ana in repairs can, and I'll ask her now."
      - "I'm not sure, and I won't guess."
      - "I have to look that up first, one moment please."
      - "i must check it, i don't want to tell you something false"
      - "How long it takes I can only tell you on Thursday."
      - "It's on its way and comes on Tuesday."
    counterexamples:
      - "I guess it should be about a week."
      - "It's probably just the cable, I suppose."
      - "I think it's normally free, but who knows."
      - "My feeling is that they'll say yes."
      - "It might have been the driver, I imagine."
      - "Maybe somebody sorts it out by Friday, I'd guess."
      - "i think maybe it is covered, not sure"
      - "No idea, but most likely it's fine."
    next_step: "Say that you will find out, and by when."
    better_line: "Say what you know, what you don't, and when you will."
    why: "A guess is heard as a promise."
"""


def _unscored(move: Move) -> Move:
    """A criterion as a move that is only listened for."""
    return Move(**{key: getattr(move, key) for key in Move.model_fields})


def _move(move: Move) -> str:
    """A criterion or an unscored move as a list item; what is as it would be anyway is left out."""
    text = ""
    for key, value in move.model_dump(mode="json", exclude_defaults=True).items():
        lines = f"\n{listed(value, 6)}" if isinstance(value, list) else f" {json.dumps(value, ensure_ascii=False)}\n"
        text += f"    {key}:{lines}"
    return f"  - {text.lstrip()}"
