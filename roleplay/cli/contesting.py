"""`/dispute` and `/praise`: what a trainee types of a reply, understood without asking back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roleplay.errors import ServiceUnavailable, UsageProblem
from roleplay.sanitise import clean_line
from roleplay.session.disputes import chosen_in, found_in, names_in

if TYPE_CHECKING:
    from roleplay.session.call import LiveCall
    from roleplay.session.disputes import DisputeBox, Found

DISPUTE, PRAISE = "/dispute", "/praise"
STAYS = "Your score stays as it is; a trainer decides."
_NAME = re.compile(r"(?:^|\s)name:\s*(?P<name>.+)$", re.IGNORECASE)


class Contest:
    """Reads the words behind the two commands, and says what was made of them."""

    def __init__(self, box: DisputeBox) -> None:
        self._box = box

    def take(self, call: LiveCall, command: str, words: str) -> str:
        """What to say to the trainee. Nothing is kept where something is not understood, and the call goes on."""
        try:
            reply, words = _reply(call, words)
            if command == PRAISE:
                return self._praise(call, reply, words)
            return self._dispute(call, reply, words)
        except UsageProblem as problem:
            return f"{problem.message}. Nothing was noted."
        except ServiceUnavailable as problem:
            return f"{problem.message}. It was not noted.\n{problem.next_step}"

    def _dispute(self, call: LiveCall, reply: int, words: str) -> str:
        named, why = _named(call, words)
        taken = self._box.dispute(call, reply, named, why)
        if not taken:
            seen = ", ".join(one.move.id for one in found_in(call, reply)) or "nothing"
            what = f" in {named}" if named else ""
            return (
                f"Nothing fell short{what} in your reply {reply} (asked of it: {seen}). Nothing was noted.\n"
                f"Name what you mean: {DISPUTE} {reply} CRITERION why."
            )
        said = [f"  {_title(one)}: you say that it {'did not land' if one.landed else 'landed'}" for one in taken]
        return "\n".join([f"Noted for your trainer, of your reply {reply}:", *said, STAYS])

    def _praise(self, call: LiveCall, reply: int, words: str) -> str:
        signed = _NAME.search(words)
        name = clean_line(signed["name"]) if signed else ""
        named, why = _named(call, words[: signed.start()] if signed else words)
        if named in call.course.rubric.weights:
            named = next((one.move.id for one in chosen_in(call, reply, named)), "")
        best = self._box.praise(call, reply, named, why, name)
        what = f", for {_title(best)}" if best else ""
        whose = f"With your name: {name}." if name else "Without your name; end the line with `name: YOU` to give it."
        return f"Noted for your trainer: you are proud of your reply {reply}{what}. {whose}"


def _reply(call: LiveCall, words: str) -> tuple[int, str]:
    """The reply's number, by default the last one's, and what follows it. Raises UsageProblem."""
    first, _, rest = words.strip().partition(" ")
    reply, rest = (int(first), rest) if first.isdecimal() else (len(call.course.history), words)
    found_in(call, reply)
    return reply, rest.strip()


def _named(call: LiveCall, words: str) -> tuple[str, str]:
    """A criterion, move or dimension that the words begin with, by id or title, and the rest; empty: none.

    Raises UsageProblem for what looks like an id and is none.
    """
    first, _, rest = words.partition(" ")
    wanted = first.strip(".,:").lower()
    known = {name.replace("-", "_"): name for name in names_in(call)}
    if wanted.replace("-", "_") in known:
        return known[wanted.replace("-", "_")], _why(rest)
    for title, name in sorted(
        ((one.title, one.id) for one in call.course.rubric.criteria), key=lambda one: -len(one[0])
    ):
        if re.match(rf"{re.escape(title)}(?!\w)", words, re.IGNORECASE):
            return name, _why(words[len(title) :])
    return (wanted, _why(rest)) if "_" in wanted else ("", _why(words))


def _why(words: str) -> str:
    return re.sub(r"^because\s+", "", words.strip(" .,:"), flags=re.IGNORECASE)


def _title(one: Found) -> str:
    return f"{one.title} ({one.move.id})"
