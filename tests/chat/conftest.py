"""A provider that models are asked of, for tests that ask."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from roleplay.chat.through_litellm import LiteLLMChat
from tests.chat.fakes import answer
from tests.chat.provider import Provider, Script, says

Serving = Callable[..., Provider]


@pytest.fixture(scope="session")
def _litellm_awake() -> None:
    """litellm, which imports half of itself with its first answer: that must not count as the provider's time."""
    with Provider([says("Hello.")]) as provider, pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, value in provider.environment.items():
            patch.setenv(name, value)
        asyncio.run(answer(LiteLLMChat("openai/x")))


@pytest.fixture
def serving(_litellm_awake: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    """Starts a provider with these answers, and points litellm's `openai/…` at it."""
    with ExitStack() as running:

        def start(*answers: Script) -> Provider:
            provider = running.enter_context(Provider(answers))
            for name, value in provider.environment.items():
                monkeypatch.setenv(name, value)
            return provider

        yield start
