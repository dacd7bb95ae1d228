"""What can go wrong with a model, each kind with the line that fixes it. No key, header or prompt is ever quoted."""

from __future__ import annotations

from enum import StrEnum

from roleplay.errors import ServiceUnavailable
from roleplay.sanitise import clean_line


class Fault(StrEnum):
    """Kinds of failure, as a trainee or trainer can act on them."""

    NOT_INSTALLED = "not_installed"
    MISSING_KEY = "missing_key"
    REJECTED_KEY = "rejected_key"
    UNKNOWN_MODEL = "unknown_model"
    UNREACHABLE = "unreachable"
    RATE_LIMITED = "rate_limited"
    REFUSED = "refused"
    REJECTED = "rejected"
    SERVER = "server"
    EMPTY = "empty"
    CUT = "cut"
    SLOW = "slow"
    STALLED = "stalled"
    MALFORMED = "malformed"
    LEFT = "left"


_WORDS: dict[Fault, tuple[str, str]] = {
    Fault.NOT_INSTALLED: ("{detail} is not installed", "Install it: {fix}"),
    Fault.MISSING_KEY: ("the model {model} needs a key", "Set {fix}, or practise with `--model scripted`."),
    Fault.REJECTED_KEY: ("the provider of {model} does not accept the key", "Check {fix}."),
    Fault.UNKNOWN_MODEL: (
        "no model {model} was found",
        "Check the name ({fix}); a provider's name may stand before it, as in ollama/llama3.1.",
    ),
    Fault.UNREACHABLE: (
        "the server of {model} cannot be reached",
        "Is it running, and is {fix} right? Without one: `--model scripted`.",
    ),
    Fault.RATE_LIMITED: (
        "the provider of {model} takes no more requests now",
        "Wait a minute, check your quota with the provider, or practise with `--model scripted`.",
    ),
    Fault.REFUSED: (
        "a content filter of {model} refused the answer",
        "Another model may play this customer: `roleplay persona hold` shows which can.",
    ),
    Fault.REJECTED: (
        "the provider of {model} does not take the request",
        "Check the model's name and that it can chat; `--model scripted` needs none.",
    ),
    Fault.SERVER: ("the server of {model} failed", "Try again in a minute, or practise with `--model scripted`."),
    Fault.EMPTY: ("{model} gave an empty answer", "Try again, or another model."),
    Fault.CUT: ("the answer of {model} broke off", "Try again; if it happens often, look at the network."),
    Fault.SLOW: ("{model} took too long", "Give it more time with --timeout, or take a quicker model."),
    Fault.STALLED: ("{model} stopped in the middle of its answer", "Try again, or take a quicker model."),
    Fault.LEFT: ("you stopped waiting for {model}", "Try again, or practise with `--model scripted`."),
    Fault.MALFORMED: ("{model} sent an answer that cannot be read", "Try again, or another model."),
}
PASSING = frozenset({Fault.UNREACHABLE, Fault.RATE_LIMITED, Fault.SERVER, Fault.EMPTY, Fault.CUT, Fault.MALFORMED})
"""Kinds that may be gone a moment later: worth another try before the first word."""


class ModelFailed(ServiceUnavailable):
    """A model gave no usable answer."""

    def __init__(
        self, fault: Fault, model: str, *, fix: str = "", detail: str = "", retry_after: float | None = None
    ) -> None:
        """`fix`: the variable or command to look at; `retry_after`: seconds the provider asked to wait."""
        message, next_step = _WORDS[fault]
        model = clean_line(model)
        super().__init__(
            message.format(model=model, detail=detail), next_step.format(fix=fix or "`roleplay doctor`", model=model)
        )
        self.fault = fault
        self.retry_after = retry_after

    @property
    def is_passing(self) -> bool:
        """Whether another try may help."""
        return self.fault in PASSING
