"""A certificate: what it is given for, what its file says, and how it is signed and verified."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

import roleplay
from roleplay.errors import BadFile, RoleplayError, UsageProblem
from roleplay.programme.keys import signature, signed_by
from roleplay.rubric import Rubric
from roleplay.session.held import HeldCall

KIND = "roleplay certificate"
SCHEMA_VERSION = 1
FEWEST_CALLS = 5
T_95 = (2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.740, 1.734, 1.729)
"""Student's t, one-sided 95 %, for 4 to 19 degrees of freedom (NIST/SEMATECH e-Handbook of Statistical Methods,
1.3.6.7.2). Beyond, the last one: a little strict."""


class NotVerified(RoleplayError):
    """A certificate that is not what it claims to be."""


@dataclass(frozen=True, slots=True)
class CertifiedCall:
    """One call of an attempt."""

    persona: str
    persona_sha256: str
    seed: int
    model: str
    outcome: str
    overall: float | None
    """0..100; None: too little to score."""
    critical_failed: tuple[str, ...]
    log_sha256: str
    """Of what was typed, so that it can be told whether a record is the one that was certified."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The result of an attempt. It names everything that the score depends on."""

    trainee: str
    curriculum: str
    rubric: str
    rubric_sha256: str
    embedder: str
    program: str
    """Version of roleplay,"""
    program_sha256: str
    """and the hash of its source."""
    taken_at: str
    attempt: int
    attempts: int
    """How many there may be."""
    mark: float
    calls: tuple[CertifiedCall, ...]
    mean: float | None
    lower_bound: float | None
    """Of the mean score, one-sided 95 %; None where a call could not be scored."""
    passed: bool


def refuse_unfitted(rubric: Rubric) -> None:
    """Raises UsageProblem for a rubric that was never fitted to graders."""
    if not rubric.was_fitted:
        raise UsageProblem(
            f"the rubric {rubric.id} was never checked against graders, so it certifies nobody",
            f"Fit it on your own graded calls first: roleplay rubric fit {rubric.id} LABELLED.jsonl --out FILE.yaml; "
            "then name the fitted rubric in the curriculum.",
        )


def lower_bound(scores: Sequence[float]) -> float:
    """The one-sided 95 % lower bound of the mean of at least five scores: mean - t * s / sqrt(n)."""
    degrees = len(scores) - 1
    t = T_95[min(degrees - FEWEST_CALLS + 1, len(T_95) - 1)]
    return fmean(scores) - t * stdev(scores) / math.sqrt(len(scores))


def certified_call(call: HeldCall) -> CertifiedCall:
    """What a certificate says of a call that is over."""
    card, header = call.course.scorecard(), call.header
    typed = [(one.entry.kind.value, one.entry.text) for one in call.course.moments if one.entry]
    return CertifiedCall(
        header.persona,
        header.persona_sha256,
        header.seed,
        header.model,
        call.course.state.outcome.value if call.course.state.outcome else "unfinished",
        card.overall,
        card.critical_failed,
        sha256(json.dumps(typed, ensure_ascii=False).encode()).hexdigest(),
    )


def result(calls: Sequence[CertifiedCall], mark: float) -> tuple[float | None, float | None, bool]:
    """Mean, lower bound and whether it is passed."""
    scores = [one.overall for one in calls if one.overall is not None]
    if len(scores) < len(calls) or len(scores) < FEWEST_CALLS:
        return None, None, False
    low = lower_bound(scores)
    return fmean(scores), low, low > mark and not any(one.critical_failed for one in calls)


def program_sha256() -> str:
    """Of the source of this program: every module's path and text."""
    folder = Path(roleplay.__file__).parent
    found = sha256()
    for file in sorted(folder.rglob("*.py")):
        found.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


def program_version() -> str:
    """As it was installed."""
    return version("roleplay")


def certificate_text(certificate: Certificate, key: Path | None = None) -> str:
    """The file's whole content, signed if there is a private key. Raises BadFile for a bad key."""
    body = asdict(certificate)
    document: dict[str, Any] = {"kind": KIND, "schema_version": SCHEMA_VERSION, "certificate": body}
    if key is not None:
        document["signature"] = signature(_signed(body), key)
    return _canonical(document)


def signed_text(file: Path, key: Path) -> str:
    """What is in the file of an attempt, signed. Raises BadFile, or NotVerified if it is no certificate."""
    document, _ = _read(file)
    document["signature"] = signature(_signed(document["certificate"]), key)
    return _canonical(document)


def verify_file(file: Path, keys: Sequence[Path]) -> tuple[dict[str, Any], Path]:
    """The certificate and the file of the public key that it was signed with.

    Raises NotVerified if a single byte is not as it was signed, or under every other key; BadFile if it is none.
    """
    document, text = _read(file)
    if "signature" not in document:
        raise NotVerified(f"{file} is not signed", "Its trainer signs it: roleplay certificate sign FILE --key KEY.")
    by = signed_by(_signed(document["certificate"]), str(document["signature"]), keys)
    if by is None or text != _canonical(document):
        raise NotVerified(
            f"{file} does not verify: it was changed, or it was signed with another key",
            "Ask for the file as it was written, and for the public key of the trainer who signed it.",
        )
    return document["certificate"], by


def _read(file: Path) -> tuple[dict[str, Any], str]:
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            text = opened.read()
        document = json.loads(text)
    except OSError as error:
        raise BadFile(f"{file} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError):
        raise NotVerified(f"{file} is no certificate: it cannot be read as JSON") from None
    if (
        not isinstance(document, dict)
        or document.get("kind") != KIND
        or not isinstance(document.get("certificate"), dict)
    ):
        raise NotVerified(f"{file} is no certificate of roleplay")
    if document.get("schema_version") != SCHEMA_VERSION:
        raise NotVerified(f"{file} has a form that this version does not know")
    return document, text


def _signed(body: dict[str, Any]) -> bytes:
    """What the signature is of."""
    return _canonical({"kind": KIND, "schema_version": SCHEMA_VERSION, "certificate": body}).encode()


def _canonical(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
