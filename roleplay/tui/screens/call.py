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
from roleplay.tui.happened import (
    BothWaysWanted,
    CallLeft,
    CallOver,
    DebriefWanted,
    DisputeWanted,
    GoingBackWanted,
    LineFailed,
)
from roleplay.tui.keys import key_of
from roleplay.tui.screens.actions import ActionScreen, ActionTaken
from roleplay.tui.screens.page import PageScreen, paragraph, policy_page
from roleplay.tui.screens.pause import PauseScreen
from roleplay.tui.widgets.call_status import CallStatus, Stage
from roleplay.tui.widgets.coach import CoachLine, advice_items
from roleplay.tui.widgets.conversation import Conversation
from roleplay.tui.widgets.mood import MoodGauge, causes
from roleplay.tui.widgets.reply_box import ReplyBox, ReplySent
from roleplay.tui.widgets.told import ToldFacts, told_items, written_items

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.app import ComposeResult
    from textual.timer import Timer

    from roleplay.event import MoodChange
    from roleplay.score import Advice
    from roleplay.session.call import LiveCall

END_AGAIN_SECONDS = 3
DISPUTE = "Tell your trainer that a verdict is wrong, or of a line that you are proud of."
ON_THE_LINE = frozenset({"hint", "hold", "take_back", "system", "pause", "end"})
"""Actions that need a customer on the line."""
TAKE_BACK_SECONDS = 5
"""How long an end can be taken back: until then it is not written down."""
ENDING = "You end the call. Enter leads on; {key} takes it back and the call goes on."
YOU_SAID = "Back before your reply {reply}. There you said: “{words}” Answer differently; both stay on record."
BOTH_WAYS = "{key} shows both ways of answering side by side."
A_SECOND = 1.0
NO_PACE = "off"


class CallScreen(Screen[None]):
    """One call. It sends what the trainee does and shows what follows."""

    ABOUT = (
        "Talk to the customer as you would at work. Enter sends, shift+enter or ctrl+j is a new line, "
        "page up and down scroll.\n"
        "✓ is what landed, → the one thing to try next. Leaving keeps the call; only f9 ends it."
    )
    CSS_PATH = "call.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "app.help", "Help", tooltip="What this screen is for, and its keys.", show=False, id="call.help"),
        Binding("enter", "debrief", "Debrief", tooltip="On to the debrief.", id="call.debrief"),
        Binding(
            "f2",
            "policy",
            "Rules",
            tooltip="Trade words just heard, the rules of the house, other words.",
            id="call.policy",
        ),
        Binding("f3", "facts", "Facts", tooltip="What the customer has told you so far.", id="call.facts"),
        Binding("f4", "hint", "Hint", tooltip="A nudge; asked again, a shape; then an example line.", id="call.hint"),
        Binding("f5", "hold", "Hold", tooltip="Put the caller on hold. Ask first.", id="call.hold"),
        Binding("f5", "take_back", "Take back", tooltip="Take the caller back from hold.", id="call.take-back"),
        Binding(
            "f6",
            "system",
            "System",
            tooltip="What you do in your system: hold, transfer, note, book.",
            id="call.system",
        ),
        Binding("f7", "dispute", "Disagree, be proud", tooltip=DISPUTE, show=False, id="call.dispute"),
        Binding("f8", "pause", "Break", tooltip="I need a break. Never scored.", id="call.pause"),
        Binding("f9", "end", "End", tooltip="End the call. Asks once more.", id="call.end"),
        Binding(
            "u", "go_on", "Take the end back", tooltip="The call goes on: you did not mean to end it.", id="call.go-on"
        ),
        Binding(
            "ctrl+r",
            "go_back",
            "Go back",
            tooltip="Answer one of your replies differently.",
            show=False,
            id="call.go-back",
        ),
        Binding(
            "ctrl+b",
            "both_ways",
            "Both ways",
            tooltip="This retry beside the call that it goes back into.",
            id="call.both-ways",
        ),
        Binding(
            "escape",
            "stop_waiting",
            "Don't wait",
            tooltip="The customer goes on without the model, this once.",
            id="call.stop-waiting",
        ),
        Binding("escape", "leave", "Back", tooltip="Step out. The call is kept and goes on later.", id="call.leave"),
    ]

    def __init__(self, call: LiveCall) -> None:
        super().__init__()
        self._call = call
        self._busy = True  # until the customer has spoken
        self._asked_to_end = False
        self._ending: Timer | None = None  # while the end can be taken back
        self._over = False
        self._sent = ""  # the reply that is under way, as it was typed
        self._to_compare = call.header.is_retry and not call.has_parted

    def compose(self) -> ComposeResult:
        persona, state = self._call.course.persona, self._call.course.state
        yield CallStatus(self._call, id="call-who")
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
        self.set_interval(A_SECOND, self._tick)
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
        state = self._call.course.state
        allowed = {
            "debrief": self._over or self._is_ending,
            "go_on": self._is_ending,
            "go_back": bool(self._call.course.history),
            "both_ways": self._call.header.is_retry and self._call.has_parted,
            "stop_waiting": self._busy and self._call.waits_for_model,
            "leave": not (self._busy and self._call.waits_for_model),
            "hold": not state.on_hold,
            "take_back": state.on_hold,
            "hint": bool(self._call.header.hints),
        }
        on_the_line = action not in ON_THE_LINE or not (self._over or self._is_ending)
        return on_the_line and allowed.get(action, True)

    @property
    def _is_ending(self) -> bool:
        return self._ending is not None

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

    def action_system(self) -> None:
        if not self._busy:
            screen = ActionScreen(self._call.written(), on_hold=bool(self._call.course.state.on_hold))
            self.app.push_screen(screen, self._do)

    def _do(self, taken: ActionTaken | None) -> None:
        if taken is None:
            return
        write = taken.kind in (InputKind.NOTE, InputKind.BOOKED)
        self._act(self._call.write(taken.kind, taken.text) if write else self._call.act(taken.kind))

    def action_pause(self) -> None:
        if self._busy:
            return
        self._act(self._call.act(InputKind.BREAK))
        self.app.push_screen(PauseScreen())

    def action_end(self) -> None:
        if self._busy:
            return
        if not self._asked_to_end:
            self._asked_to_end = True
            self._show_status()
            self.set_timer(END_AGAIN_SECONDS, self._forget_to_end)
            return
        self._asked_to_end = False
        self._ending = self.set_timer(TAKE_BACK_SECONDS, self._end_it)
        self.query_one(ReplyBox).display = False
        self.query_one(Conversation).note(ENDING.format(key=self._key("go-on")))
        self.query_one(Conversation).focus()
        self._refresh_state()

    def _forget_to_end(self) -> None:
        self._asked_to_end = False
        self._show_status()

    def _end_it(self) -> None:
        """Now the end is written down."""
        if self._ending is not None:
            self._ending.stop()
            self._ending = None
            self._act(self._call.act(InputKind.END))

    def action_go_on(self) -> None:
        if self._ending is not None:
            self._ending.stop()
            self._ending = None
            box = self.query_one(ReplyBox)
            box.display = True
            box.focus()
            self._refresh_state()

    def action_go_back(self) -> None:
        if not self._busy and not self._is_ending:
            self.post_message(GoingBackWanted())

    def action_both_ways(self) -> None:
        self.post_message(BothWaysWanted())

    def action_stop_waiting(self) -> None:
        self._call.stop_waiting()

    def _act(self, events: AsyncIterator[Event]) -> None:
        if not self._busy:
            self._play(events)

    def action_policy(self) -> None:
        self.app.push_screen(policy_page(self._call.course.persona, self._call.last_line()))

    def action_facts(self) -> None:
        parts = [
            *told_items(self._call.facts_told()),
            Static("The coach, about your last reply", classes="title spaced"),
            *advice_items(self._call.full_advice()),
            *written_items(self._call.written()),
            Static("Why the mood moved last", classes="title spaced"),
            paragraph(causes(self._last_changes()) or Content("It has not moved yet.")),
        ]
        self.app.push_screen(PageScreen(f"What {self._call.course.persona.name} has told you", parts))

    def action_dispute(self) -> None:
        self.post_message(DisputeWanted())

    def action_scroll_back(self, pages: int) -> None:
        self.query_one(Conversation).scroll_pages(pages)

    def action_leave(self) -> None:
        if self._is_ending:
            self.action_go_on()
        elif self._over:
            self.post_message(DebriefWanted())
        else:
            self.post_message(CallLeft())

    def action_debrief(self) -> None:
        if self._is_ending:
            self._end_it()
        else:
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
        self._invite_to_compare()

    def _invite_to_compare(self) -> None:
        """Once a retry has gone another way."""
        if self._to_compare and self._call.has_parted:
            self._to_compare = False
            self.query_one(Conversation).note(BOTH_WAYS.format(key=self._key("both-ways")))

    def _show(self, event: Event) -> None:
        conversation = self.query_one(Conversation)
        match event:
            case ReplyRecorded(text=text):
                self.query_one(ReplyBox).clear_sent(self._sent)
                conversation.show_trainee(text)
            case CustomerDelta(text=text):
                conversation.add_piece(text)
            case CustomerSpoke(text=text, guarded=guarded):
                conversation.show_customer(text, guarded=guarded)
            case ReplyScored(advice=advice):
                self.query_one(CoachLine).show(advice)
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
            self._refresh_state()

    def _refresh_state(self) -> None:
        self._show_status()
        self.refresh_bindings()

    def _tick(self) -> None:
        if self._over or not (self._busy or self._call.header.pace != NO_PACE):
            return
        self._show_status()
        if not self._busy and not self._is_ending and self._call.is_silent_too_long:
            self._play(self._call.notice_silence())

    # The page around it

    def _show_earlier(self) -> None:
        """What was said before the call was cut off; the last line is said again when it starts."""
        turns = self._call.shown_turns()
        latest = next(one for one in reversed(self._call.course.moments) if one.plan)
        if not self._call.ended and latest.said:
            turns = turns[:-1]
        conversation = self.query_one(Conversation)
        conversation.recall(turns)
        if self._to_compare and self._call.words_before:
            reply = self._call.header.branched_from_turn
            conversation.note(YOU_SAID.format(reply=reply, words=self._call.words_before))

    def _show_status(self) -> None:
        self.query_one(CallStatus).show(self._stage)

    @property
    def _stage(self) -> Stage:
        if self._over:
            return Stage.OVER
        if self._is_ending:
            return Stage.ENDING
        if self._asked_to_end:
            return Stage.ASKED_TO_END
        return Stage.BUSY if self._busy else Stage.YOURS

    def _key(self, action: str) -> str:
        return key_of(self, f"call.{action}")

    def _last_changes(self) -> tuple[MoodChange, ...]:
        return next((one.changes for one in reversed(self._call.course.moments) if one.changes), ())

    def _last_advice(self) -> Advice | None:
        """What is beside the latest reply; None before the first."""
        return self._call.advice() if self._call.course.history else None
