"""Language models that can lend a customer their words: one Protocol, and the outside libraries named here alone."""

from roleplay.chat.faults import Fault, ModelFailed
from roleplay.chat.interrupting import Interruptible
from roleplay.chat.opening import open_chat
from roleplay.chat.protocol import ChatModel, Message, Patience, Role

__all__ = ["ChatModel", "Fault", "Interruptible", "Message", "ModelFailed", "Patience", "Role", "open_chat"]
