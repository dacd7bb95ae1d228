"""From the name of a model to something that answers."""

from __future__ import annotations

from roleplay.chat.local import GGUF, SMOLLM2, open_local
from roleplay.chat.protocol import ChatModel
from roleplay.chat.retrying import Retrying
from roleplay.chat.through_litellm import LiteLLMChat


def open_chat(name: str) -> ChatModel:
    """`smollm2`, `gguf:PATH`, or any name that litellm knows. Imports nothing heavy; `warm()` does.

    Raises ModelFailed if the weights of a local model are not here.
    """
    name = name.strip()
    if name.lower() == SMOLLM2:
        return Retrying(open_local(SMOLLM2))
    if name.lower().startswith(GGUF):
        return Retrying(open_local(GGUF + name[len(GGUF) :]))
    return Retrying(LiteLLMChat(name))
