"""Keys and signatures: Ed25519, by the `cryptography` package, named here alone."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from roleplay.errors import BadFile, ServiceUnavailable, UsageProblem

PUBLIC = ".pub"
"""Ends the name of a public key's file."""


def new_key(file: Path) -> Path:
    """Writes a private key to `file` and its public one beside it; gives the latter's path.

    Raises UsageProblem if either is there already, ServiceUnavailable.
    """
    public = file.with_name(file.name + PUBLIC)
    there = next((one for one in (file, public) if one.exists()), None)
    if there is not None:
        raise UsageProblem(f"{there} is there already", "A key is never overwritten: choose another name.")
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    known = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(secret)
        public.write_bytes(known)
    except OSError as error:
        raise ServiceUnavailable(f"{file} cannot be written: {error.strerror}", "Choose another folder.") from error
    return public


def signature(data: bytes, key: Path) -> str:
    """A signature of `data` with the private key in a file, in base64. Raises BadFile."""
    found = _loaded(key, private=True)
    assert isinstance(found, Ed25519PrivateKey)  # noqa: S101 - as asked for
    return base64.b64encode(found.sign(data)).decode()


def signed_by(data: bytes, signed: str, keys: Iterable[Path]) -> Path | None:
    """The file of the public key that the signature is by; None: by none of them. Raises BadFile for a bad key."""
    try:
        value = base64.b64decode(signed, validate=True)
    except ValueError:
        return None
    for file in keys:
        found = _loaded(file, private=False)
        assert isinstance(found, Ed25519PublicKey)  # noqa: S101 - as asked for
        try:
            found.verify(value, data)
        except InvalidSignature:
            continue
        return file
    return None


def _loaded(file: Path, *, private: bool) -> object:
    what = "private" if private else "public"
    try:
        data = file.read_bytes()
        found = serialization.load_pem_private_key(data, None) if private else serialization.load_pem_public_key(data)
    except OSError as error:
        raise BadFile(f"{file} cannot be read: {error.strerror}", f"Give the file of a {what} key.") from error
    except (ValueError, TypeError):
        raise BadFile(
            f"{file} is no {what} key", "`roleplay certificate key FILE` makes a pair: FILE, and FILE.pub for others."
        ) from None
    if not isinstance(found, Ed25519PrivateKey if private else Ed25519PublicKey):
        raise BadFile(f"{file} is a key of another kind", "Ed25519 keys are used: `roleplay certificate key FILE`.")
    return found
