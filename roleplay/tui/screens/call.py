"""The call: the conversation, the customer's mood, the coach, and the reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from roleplay.call_log import InputKind
from roleplay.errors import RoleplayError
from roleplay.event import (
    CallEnded,
    CustomerDelta,
    CustomerSpoke,
    Event,
    FactTold,
    MoodChanged,
    Notice,
    ReplyRecorded,
    ReplyScored,
)
from roleplay.report.debrief import OUTCOME_WORDS
from roleplay.transcript import Speaker
from roleplay.tui.happened import CallLeft, CallOver, DebriefWanted, DisputeWanted, LineFailed
from roleplay.tui.screens.page import PageScreen, paragraph, policy_page
from roleplay.tui.screens.pause import PauseScreen
from roleplay.tui.widgets.coach import CoachLine, advice_items
from roleplay.tui.widgets.conversation import Conversation
from roleplay.tui.widgets.mood import MoodGauge, causes
from roleplay.tui.widgets.reply_box import ReplyBox, ReplySent
from roleplay.tui.widgets.told import ToldFacts, told_items
from roleplay.tui.words import count

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.app import ComposeResult

    from roleplay.event import MoodChange
    from roleplay.score import Advice
    from roleplay.session.call import LiveCall

END_AGAIN_SECONDS = 3
DISPUTE = "Tell your trainer that a verdict is wrong, or of a line that you are proud of."
ON_THE_LINE = frozenset({"hint", "hold", "take_back", "transfer", "pause", "end"})
"""Actions that need a customer on the line."""


class CallScreen(Screen[None]):
    """One call. It sends what the trainee does and shows what follows."""

    ABOUT = (
        "Talk to the customer as you would at work. Enter sends, shift+enter or ctrl+j is a new line, "
        "page up and down scroll.\n"
        "✓ is what landed, → the one thing to try next. Leaving keeps the call; only f9 ends it."
    )
    CSS_PATH = "call.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "app.help", "Help", tooltip="What this screen is for, and its keys.", show=False),
        Binding("enter", "debrief", "Debrief", tooltip="On to the debrief."),
        Binding("f2", "policy", "Rules", tooltip="The rules of the house."),
        Binding("f3", "facts", "Facts", tooltip="What the customer has told you so far."),
        Binding("f4", "hint", "Hint", tooltip="A nudge; asked again, a shape; then an example line."),
        Binding("f5", "hold", "Hold", tooltip="Put the caller on hold. Ask first."),
        Binding("f5", "take_back", "Take back", tooltip="Take the caller back from hold."),
        Binding("f6", "transfer", "Transfer", tooltip="Pass the caller on."),
        Binding("f7", "dispute", "Disagree, be proud", tooltip=DISPUTE, show=False),
        Binding("f8", "pause", "Break", tooltip="I need a break. Never scored."),
        Binding("f9", "end", "End", tooltip="End the call. Asks once more."),
        Binding("escape", "leave", "Back", tooltip="Step out. The call is kept and goes on later."),
    ]

    def __init__(self, call: LiveCall) -> None:
        super().__init__()
        self._call = call
        self._busy = True  # until the customer has spoken
        self._ending = False
        self._over = False
        self._sent = ""  # the reply that is under way, as it was typed

    def compose(self) -> ComposeResult:
        persona, state = self._call.course.persona, self._call.course.state
        yield Static(id="call-who", markup=False)
        with Container(id="call-middle"):
            yield Conversation(persona.name, id="conversation")
            with Vertical(id="call-side"):
                yield MoodGauge(state.mood, self._call.course.band(), self._last_changes(), id="mood")
                yield CoachLine(self._last_advice(), id="coach")
                yield ToldFacts(self._call.facts_told(), id="told")
        yield ReplyBox(id="reply")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self._show_earlier()
        self._show_status()
        self.query_one(ReplyBox).focus()
        self._play(self._call.start())

    @property
    def is_busy(self) -> bool:
        """A turn is under way."""
        return self._busy

    @property
    def is_over(self) -> bool:
        """The call has ended; the debrief is next."""
        return self._over

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        if action == "debrief":
            return self._over
        if action in ON_THE_LINE and self._over:
            return False
        if action in ("hold", "take_back"):
            return bool(self._call.course.state.on_hold) is (action == "take_back")
        if action == "hint":
            return bool(self._call.header.hints)
        return True

    # What the trainee does

    @on(ReplySent)
    def _send(self, message: ReplySent) -> None:
        if not self._busy:
            self._play(self._call.reply(message.text), message.text)

    def action_hint(self) -> None:
        self._act(self._call.hint())

    def action_hold(self) -> None:
        self._act(self._call.act(InputKind.HOLD))

    def action_take_back(self) -> None:
        self._act(self._call.act(InputKind.HOLD))

    def action_transfer(self) -> None:
        self._act(self._call.act(InputKind.TRANSFER))

    def action_pause(self) -> None:
        if self._busy:
            return
        self._act(self._call.act(InputKind.BREAK))
        self.app.push_screen(PauseScreen())

    def action_end(self) -> None:
        if self._busy:
            return
        if self._ending:
            self._ending = False
            self._act(self._call.act(InputKind.END))
            return
        self._ending = True
        self._show_status()
        self.set_timer(END_AGAIN_SECONDS, self._go_on)

    def _go_on(self) -> None:
        self._ending = False
        self._show_status()

    def _act(self, events: AsyncIterator[Event]) -> None:
        if not self._busy:
            self._play(events)

    def action_policy(self) -> None:
        self.app.push_screen(policy_page(self._call.course.persona))

    def action_facts(self) -> None:
        parts = [
            *told_items(self._call.facts_told()),
            Static("The coach, about your last reply", classes="title spaced"),
            *advice_items(self._last_advice()),
            Static("Why the mood moved last", classes="title spaced"),
            paragraph(causes(self._last_changes()) or Content("It has not moved yet.")),
        ]
        self.app.push_screen(PageScreen(f"What {self._call.course.persona.name} has told you", parts))

    def action_dispute(self) -> None:
        self.post_message(DisputeWanted())

    def action_scroll_back(self, pages: int) -> None:
        conversation = self.query_one(Conversation)
        conversation.scroll_relative(y=pages * max(conversation.size.height - 1, 1), animate=False)

    def action_leave(self) -> None:
        if self._over:
            self.post_message(DebriefWanted())
        else:
            self.post_message(CallLeft())

    def action_debrief(self) -> None:
        self.post_message(DebriefWanted())

    # What follows

    @work(group="turn")
    async def _play(self, events: AsyncIterator[Event], sent: str = "") -> None:
        """Shows a turn as it happens; a turn that fails is said, and the words go back into the box."""
        self._set_busy(busy=True)
        self._sent = sent
        replies = len(self._call.course.history)
        try:
            async for event in events:
                self._show(event)
        except RoleplayError as error:
            if not self._call.has_begun:
                self.post_message(LineFailed(error))
                return
            self._explain(error)
            if len(self._call.course.history) == replies:
                self.query_one(ReplyBox).give_back(sent)
        finally:
            self._set_busy(busy=False)

    def _show(self, event: Event) -> None:
        conversation = self.query_one(Conversation)
        match event:
            case ReplyRecorded(text=text):
                self.query_one(ReplyBox).clear_sent(self._sent)
                conversation.show_trainee(text)
            case CustomerDelta(text=text):
                conversation.add_piece(text)
            case CustomerSpoke(text=text, guarded=guarded):
                conversation.show_customer(text, aside="scripted" if guarded else "")
            case ReplyScored(score=score):
                self.query_one(CoachLine).show(score.advice)
            case MoodChanged(mood=mood, band=band, changes=changes):
                self.query_one(MoodGauge).show(mood, band, changes)
            case FactTold():
                self.query_one(ToldFacts).show(self._call.facts_told())
            case Notice(text=text):
                conversation.note(text)
            case CallEnded(outcome=outcome):
                self._end(OUTCOME_WORDS[outcome])
            case _:
                pass

    def _end(self, words: str) -> None:
        self._over = True
        box = self.query_one(ReplyBox)
        box.display = False
        conversation = self.query_one(Conversation)
        conversation.note(f"{words} Enter leads on to the debrief.")
        conversation.focus()
        self.post_message(CallOver())

    def _explain(self, error: RoleplayError) -> None:
        self.query_one(Conversation).note(f"{error.message}\n{error.next_step}".strip(), problem=True)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        if self.is_attached:
            self._show_status()
            self.refresh_bindings()

    # The page around it

    def _show_earlier(self) -> None:
        """What was said before the call was cut off; the last line is said again when it starts."""
        turns = self._call.shown_turns()
        latest = next(one for one in reversed(self._call.course.moments) if one.plan)
        if not self._call.ended and latest.said:
            turns = turns[:-1]
        conversation = self.query_one(Conversation)
        for turn in turns:
            if turn.speaker is Speaker.CUSTOMER:
                conversation.show_customer(turn.text, aside="scripted" if turn.guarded else "")
            else:
                conversation.show_trainee(turn.text)

    def _show_status(self) -> None:
        persona = self._call.course.persona
        self.query_one("#call-who", Static).update(
            Content.assemble(
                (persona.name, "bold $secondary"),
                (f"  {persona.company} · {persona.channel}  ", "$quiet"),
                self._status(),
            )
        )

    def _status(self) -> Content:
        if self._over:
            return Content.styled("the call is over", "bold $accent")
        if self._ending:
            return Content.styled("f9 again ends the call", "bold $warning")
        if self._busy:
            return Content.styled("listening…  f1 help", "$quiet")
        if self._call.course.state.on_hold:
            return Content.styled("on hold, f5 takes them back", "bold $warning")
        return Content.styled(f"{count(self._call.course.state.reply, 'reply')}  f1 help", "$quiet")

    def _last_changes(self) -> tuple[MoodChange, ...]:
        return next((one.changes for one in reversed(self._call.course.moments) if one.changes), ())

    def _last_advice(self) -> Advice | None:
        return next((one.score.advice for one in reversed(self._call.course.moments) if one.score), None)
