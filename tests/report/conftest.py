"""A call's reports need a call."""

from tests.session.conftest import board

__all__ = ["board"]
