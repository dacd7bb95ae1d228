"""What happened on a screen or in a worker: past-tense messages that the app acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from roleplay.errors import RoleplayError
    from roleplay.session.opening import Choices, Switchboard
    from roleplay.tui.shelf import Shelf


class LibraryOpened(Message):
    """Everything a call needs is there."""

    def __init__(self, switchboard: Switchboard) -> None:
        super().__init__()
        self.switchboard = switchboard


class OpeningFailed(Message):
    """Without the library and the records there is no app."""

    def __init__(self, error: RoleplayError) -> None:
        super().__init__()
        self.error = error


class EmbedderSaid(Message):
    """A notice of the embedder: loading, preparing, a cache that cannot be written."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class ShelfWanted(Message):
    """The home screen is shown and wants its rows."""


class ShelfFilled(Message):
    """The rows of the home screen were read."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.shelf = shelf


class WentWrong(Message):
    """Something failed outside a turn of the call."""

    def __init__(self, error: RoleplayError) -> None:
        super().__init__()
        self.error = error


class PersonaChosen(Message):
    """The trainee picked a customer."""

    def __init__(self, persona: str) -> None:
        super().__init__()
        self.persona = persona


class UnfinishedChosen(Message):
    """The trainee picked a call that was cut off."""

    def __init__(self, call: str) -> None:
        super().__init__()
        self.call = call


class Warmed(Message):
    """The sentence model is ready."""


class CallTaken(Message):
    """The trainee read the brief and picked up."""


class BriefClosed(Message):
    """The trainee stepped back from the brief."""


class CallLeft(Message):
    """The trainee stepped out of a call that goes on later."""


class LineFailed(Message):
    """The customer could not say a word: their voice failed before the first one."""

    def __init__(self, error: RoleplayError) -> None:
        super().__init__()
        self.error = error


class CallOver(Message):
    """The call has ended and its result is on disk."""


class DebriefWanted(Message):
    """The customer's last words were read; the debrief is next."""


class SaveWanted(Message):
    """The trainee wants to keep the debrief as files."""


class DrillStarted(Message):
    """The trainee goes on to the call in which the drill can be practised."""

    def __init__(self, persona: str) -> None:
        super().__init__()
        self.persona = persona


class DebriefClosed(Message):
    """The debrief was read."""


class DisputeWanted(Message):
    """The trainee disagrees with a verdict, or is proud of a line."""


class GoingBackWanted(Message):
    """The trainee wants to answer a reply differently."""


class BothWaysWanted(Message):
    """The trainee wants to see a retry beside the call that it goes back into."""


class AnswersWanted(Message):
    """The trainee wants to read what a trainer answered."""


class AgainWanted(Message):
    """The same call once more."""


class HistoryWanted(Message):
    """The trainee wants to see all calls, or the list of them is shown and wants its rows."""


class HistoryClosed(Message):
    """The list of calls was read."""


class CallReopened(Message):
    """The trainee wants to read a call again, or go on with it."""

    def __init__(self, call: str) -> None:
        super().__init__()
        self.call = call


class CallDeleted(Message):
    """The trainee wants a call deleted, and has said so twice."""

    def __init__(self, call: str) -> None:
        super().__init__()
        self.call = call


class ProgressWanted(Message):
    """The trainee wants to see how the calls go over time."""


class TrainingWanted(Message):
    """The trainee wants the programme."""


class CardAnswered(Message):
    """A card of a lesson was answered, or read."""

    def __init__(self, answer: str | int | None) -> None:
        super().__init__()
        self.answer = answer


class LessonLeft(Message):
    """The trainee stepped out of a lesson; what was answered is kept."""


class CallPlanned(Message):
    """A lesson has chosen a call."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.choices = choices
