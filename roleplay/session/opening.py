"""Starting a call, and going on with one that was cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from roleplay.call_log import CallHeader, CallSummary, Input, InputKind, Note, NoteKind
from roleplay.chat import ChatModel, Interruptible, open_chat
from roleplay.customer.voice.model import ModelVoice
from roleplay.embedding import Embedder, open_embedder
from roleplay.errors import ServiceUnavailable, UsageProblem
from roleplay.library.folder import Library
from roleplay.persona import Persona
from roleplay.private import mask
from roleplay.recording import RecordedCall
from roleplay.rubric import Rubric
from roleplay.sanitise import clean_line, clean_text
from roleplay.scoring.graded.heads import open_heads
from roleplay.scoring.graded.recorded import RecordedScorer
from roleplay.scoring.sense import Sense
from roleplay.session.call import LiveCall
from roleplay.session.clock import Surroundings
from roleplay.session.comparing import Branches, side
from roleplay.session.course import Course
from roleplay.session.disputes import DisputeBox
from roleplay.session.fading import Guidance, guidance_after
from roleplay.session.held import HeldCall
from roleplay.session.next_call import NextCall, next_call
from roleplay.session.shown import shown_turns
from roleplay.session.speaking import Speaking, agent_lines
from roleplay.session.typed import entries
from roleplay.store.records import DEBRIEFS, WRITTEN, Records

SCRIPTED = "scripted"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a trainee (or a script) chooses before a call."""

    persona: str
    rubric: str | None = None
    """The rubric that scores; None: the persona's own."""
    model: str = SCRIPTED
    """The customer's voice: `scripted`, or a model's name."""
    seed: int | None = None
    """None: drawn, and recorded."""
    hints: bool = True
    pace: str = "off"
    timeout: float | None = None
    """Seconds that a model may take for a turn; None: the defaults of `Speaking`."""
    guidance: Guidance | None = None
    """How much the coach says; None: as the records show this trainee's skill."""
    as_played: Persona | None = None
    """The customer, made easier or harder; None: as the library has them."""


class Switchboard:
    """Puts calls through: knows the library, the records and the embedders."""

    def __init__(
        self,
        library: Library,
        records: Records,
        home: Path,
        around: Surroundings,
        say: Callable[[str], None],
        open_model: Callable[[str, Path, Callable[[str], None]], Embedder] = open_embedder,
        open_chat: Callable[[str], ChatModel] = open_chat,
    ) -> None:
        """`say` gets notices of the embedder (loading, a cache that cannot be written), a sentence each."""
        self.library = library
        self.records = records
        self.disputes = DisputeBox(records, around.now)
        self._home = home
        self.around = around
        self._say = say
        self._open_model = open_model
        self._open_chat = open_chat
        self._embedders: dict[str, Embedder] = {}
        self._models: dict[str, ChatModel] = {}

    @property
    def debriefs(self) -> Path:
        """The folder of debriefs that are kept as files; it may not exist yet."""
        return self._home / DEBRIEFS

    @property
    def written(self) -> Path:
        """The folder of what the trainee wrote in the programme; it may not exist yet."""
        return self._home / WRITTEN

    def start(self, choices: Choices) -> LiveCall:
        """A new call, recorded and ready for `LiveCall.start`. Raises UsageProblem, BadFile or ServiceUnavailable."""
        model = self._model(choices.model)
        persona = choices.as_played or self.library.persona(choices.persona)
        mind_rubric = self.library.rubric(persona.rubric)
        rubric = self.library.rubric(choices.rubric) if choices.rubric else mind_rubric
        if rubric.fit is not None and rubric.fit.reads == "whole_call":
            raise UsageProblem(
                f"the rubric {rubric.id} was fitted on whole calls: it reads the customer's thanks",
                "It grades no person. Fit one without --whole-call to practise under it.",
            )
        array = self._array(rubric, choices.rubric or persona.rubric)
        embedder = self._embedder(mind_rubric.embedder)
        seed = self.around.new_seed() if choices.seed is None else choices.seed
        header = CallHeader(
            id=self.around.new_id(),
            persona=persona.id,
            persona_name=persona.name,
            persona_sha256=self.records.keep("persona", persona.model_dump_json()),
            mind_rubric_sha256=self.records.keep("rubric", mind_rubric.model_dump_json()),
            rubric=rubric.id,
            rubric_sha256=self.records.keep("rubric", rubric.model_dump_json()),
            embedder=embedder.fingerprint,
            model=choices.model,
            seed=seed,
            pace=choices.pace,
            hints=choices.hints,
            started_at=self.around.now(),
        )
        course = self._course(persona, rubric, mind_rubric, embedder, seed, array)
        speaking = self._speaking(model, course, choices.timeout)
        guidance = choices.guidance or self._guidance(header, persona)
        return LiveCall(course.opened(), self.records.begin(header), self.around, {}, speaking, guidance)

    def resume(self, identifier: str, timeout: float | None = None) -> LiveCall:
        """A call that was cut off, exactly where it stopped. Raises CallInUse while another window has it."""
        record = self.records.reopen(identifier)
        try:
            course = self.replay(identifier)
            speaking = self._speaking(self._model(record.header.model), course, timeout)
        except BaseException:
            record.release()
            raise
        guidance = self._guidance(record.header, course.persona)
        return LiveCall(course, record, self.around, self.records.spoken(identifier), speaking, guidance)

    def retry(self, identifier: str, reply: int) -> LiveCall:
        """A new call that stands just before a reply of another, to answer differently. What was recorded stays.

        `reply`: 1 for the first. The chances are the same: only the words differ. Raises UsageProblem if the call has
        no such reply.
        """
        source = self.records.call(identifier).header
        entries = self.records.inputs(identifier)
        places = _places_before(entries, reply)
        model = self._model(source.model)
        header = replace(
            source,
            id=self.around.new_id(),
            started_at=self.around.now(),
            branched_from_call=identifier,
            branched_from_turn=reply,
        )
        course = self._fold(source, entries[:places])
        speaking = self._speaking(model, course, None)
        record = self.records.branch(header, places)
        guidance = self._guidance(source, course.persona)
        spoken = self.records.spoken(header.id)
        return LiveCall(course, record, self.around, spoken, speaking, guidance, entries[places].text)

    def branches(self, retry: HeldCall) -> Branches | None:
        """A retry beside the call it goes back into; None for a call of its own. Folds the other call: in a thread."""
        source, reply = retry.header.branched_from_call, retry.header.branched_from_turn
        if source is None or reply is None:
            return None
        entries = self.records.inputs(source)
        since = _places_before(entries, reply)
        course, spoken = self._fold(self.records.call(source).header, entries), self.records.spoken(source)
        asked = shown_turns(course.moments[: since + 1], spoken)[-1].text
        return Branches(reply, asked, side(source, course, spoken, since), retry.side(since))

    def read(self, identifier: str) -> HeldCall:
        """A recorded call to be read, over or not; `PERSONA:good` and `PERSONA:poor` are those that teach.

        Raises UsageProblem, BadFile, ServiceUnavailable.
        """
        persona, _, quality = identifier.partition(":")
        if quality:
            return self._teaching_call(persona, quality)
        return HeldCall(self.records.call(identifier).header, self.replay(identifier), self.records.spoken(identifier))

    def teaching(self, identifier: str) -> RecordedCall | None:
        """The recorded call named `PERSONA:good` or `PERSONA:poor`; None for every other name.

        Raises UsageProblem where nothing was recorded with that customer, BadFile.
        """
        persona, _, quality = identifier.partition(":")
        if quality not in ("good", "poor"):
            return None
        return self.library.recordings(persona).call("good" if quality == "good" else "poor")

    def _teaching_call(self, name: str, quality: str) -> HeldCall:
        """The good or the poor call with a persona, held with the persona and the rubric as they are now."""
        recorded = self.teaching(f"{name}:{quality}")
        if recorded is None:
            raise UsageProblem(f"{name}:{quality}: there is a good and a poor call", f"Say {name}:good or {name}:poor.")
        persona = self.library.persona(name)
        rubric = self.library.rubric(persona.rubric)
        embedder = self._embedder(rubric.embedder)
        course = self._course(persona, rubric, rubric, embedder, recorded.seed, self._array(rubric, rubric.id)).opened()
        for entry in entries(recorded.typed):
            course = course.apply(entry)
        header = CallHeader(
            id=f"{name}:{quality}",
            persona=name,
            persona_name=persona.name,
            persona_sha256="",
            mind_rubric_sha256="",
            rubric=rubric.id,
            rubric_sha256="",
            embedder=embedder.fingerprint,
            model=SCRIPTED,
            seed=recorded.seed,
            pace="off",
            hints=False,
            started_at=self.around.now(),
        )
        return HeldCall(header, course, {})

    def replay(self, identifier: str) -> Course:
        """A recorded call, folded again from its log with the persona and rubric it was held with."""
        return self._fold(self.records.call(identifier).header, self.records.inputs(identifier))

    def _fold(self, header: CallHeader, entries: Sequence[Input]) -> Course:
        persona = Persona.model_validate_json(self.records.kept(header.persona_sha256))
        mind_rubric = Rubric.model_validate_json(self.records.kept(header.mind_rubric_sha256))
        rubric = Rubric.model_validate_json(self.records.kept(header.rubric_sha256))
        embedder = self._embedder(mind_rubric.embedder)
        if embedder.fingerprint != header.embedder:
            raise ServiceUnavailable(
                f"the call {header.id} was measured with another embedder ({header.embedder})",
                "Install the version of roleplay it was held with to replay it.",
            )
        array = self.records.kept_array(rubric.fit.sha256) if rubric.was_fitted and rubric.fit else None
        course = self._course(persona, rubric, mind_rubric, embedder, header.seed, array).opened()
        for entry in entries:
            course = course.apply(entry)
        return course

    def suggested(self) -> str:
        """The persona to try next: the easiest one not won yet; else the one longest ago."""
        known = [one.persona for one in self.library.listings() if one.persona]
        if not known:
            raise ServiceUnavailable("the library holds no persona that can be played", "Try `roleplay persona check`.")
        return to_try_next(known, self.records.calls()).id

    def next_call(self, call: HeldCall, criterion: str, title: str) -> NextCall:
        """Where to practise a criterion that did not land in a call."""
        known = [one.persona for one in self.library.listings() if one.persona]
        held = Counter(one.header.persona for one in self.records.calls())
        return next_call(criterion, title, known, call.course.persona, held)

    def reflect(self, call: HeldCall, thoughts: Mapping[NoteKind, str]) -> None:
        """Keeps what a trainee thinks of a call before reading its debrief; empty words are nothing."""
        for kind, words in thoughts.items():
            if text := mask(clean_text(words).strip(), call.course.persona.model_dump_json()):
                self.records.add_note(call.header.id, Note(kind, text, self.around.now()))

    def review(self, call: HeldCall, text: str, reply: int | None, author: str = "") -> None:
        """Keeps a trainer's note beside a reply (1 for the first), or beside the whole call.

        Raises UsageProblem for an empty note, or a reply that is not there.
        """
        words = mask(clean_text(text).strip(), call.course.persona.model_dump_json())
        if not words:
            raise UsageProblem("the note is empty", "Say in a sentence what you saw.")
        if reply is not None and not 1 <= reply <= len(call.course.history):
            raise UsageProblem(f"there is no reply {reply}: this call has {len(call.course.history)}", "Count from 1.")
        note = Note(NoteKind.REVIEW, words, self.around.now(), reply, clean_line(author))
        self.records.add_note(call.header.id, note)

    def warm(self, persona: str, model: str = SCRIPTED) -> None:
        """Loads what reading a reply, and the customer's voice, need; called in a thread while the brief is read.

        Raises ModelFailed.
        """
        whole = self.library.persona(persona)
        rubric = self.library.rubric(whole.rubric)
        Sense.for_call(whole, rubric, self._embedder(rubric.embedder)).read("Hello.", customer_name=whole.name)
        if chat := self._model(model):
            chat.warm()
            ModelVoice(chat, self._embedder(rubric.embedder), agent_lines(rubric), whole).prepare()

    def sense(self, rubric: Rubric) -> Sense:
        """What reads replies that stand in no call. Loads the embedder."""
        return Sense.for_score(rubric, self._embedder(rubric.embedder))

    def _guidance(self, header: CallHeader, persona: Persona) -> Guidance:
        """By what was passed before that call began: the same, however often it is gone on with."""
        return guidance_after(self.records.unaided_passes(header, persona.difficulty))

    def _model(self, name: str) -> ChatModel | None:
        """The model of that name, kept: a local one holds its weights. None: the scripted voice."""
        if name == SCRIPTED:
            return None
        if name not in self._models:
            self._models[name] = self._open_chat(name)
        return self._models[name]

    def _speaking(self, model: ChatModel | None, course: Course, timeout: float | None) -> Speaking | None:
        if model is None:
            return None
        embedder = self._embedder(course.mind_rubric.embedder)
        mine = Interruptible(model)
        voice = ModelVoice(mine, embedder, agent_lines(course.mind_rubric), course.persona)
        return Speaking(mine, voice, timeout)

    def _embedder(self, name: str) -> Embedder:
        if name not in self._embedders:
            self._embedders[name] = self._open_model(name, self._home, self._say)
        return self._embedders[name]

    def _array(self, rubric: Rubric, name: str) -> bytes | None:
        """What graders taught the rubric, kept with the call; None where nobody did."""
        array = self.library.fit_array(name) if rubric.was_fitted else None
        if array is not None:
            self.records.keep_array(array)
        return array

    def _course(
        self,
        persona: Persona,
        rubric: Rubric,
        mind_rubric: Rubric,
        embedder: Embedder,
        seed: int,
        array: bytes | None,
    ) -> Course:
        sense = Sense.for_call(persona, mind_rubric, embedder)
        scores = self._embedder(rubric.embedder)
        apart = None if rubric == mind_rubric else Sense.for_score(rubric, scores)
        heads = open_heads(rubric, array, scores.fingerprint)
        fitted = RecordedScorer(rubric, scores, heads) if heads else None
        return Course(persona, rubric, sense, seed, mind_rubric, apart, fitted)


def to_try_next(known: Sequence[Persona], calls: Sequence[CallSummary]) -> Persona:
    """The easiest not won yet; else the one longest ago. `known`: at least one; `calls`: the latest first."""
    own = [one for one in calls if not one.header.is_retry]
    won = {one.header.persona for one in own if one.result and one.result.passed}
    fresh = sorted((one for one in known if one.id not in won), key=lambda one: (one.difficulty, one.id))
    latest = {one.header.persona: one.header.started_at for one in reversed(own)}
    return fresh[0] if fresh else min(known, key=lambda one: latest[one.id])


def why_next(chosen: Persona, calls: Sequence[CallSummary]) -> str:
    """Why that one is to be tried next; `calls`: the latest first."""
    own = [one for one in calls if not one.header.is_retry and one.result]
    if not own:
        return "a first call"
    if not any(one.header.persona == chosen.id for one in own):
        return "the easiest you have not tried yet"
    passed = any(one.header.persona == chosen.id and one.result and one.result.passed for one in own)
    return "passed, and longest ago" if passed else "the easiest you have not passed yet"


def _places_before(entries: Sequence[Input], reply: int) -> int:
    """How many inputs came before a reply. Raises UsageProblem."""
    replies = [place for place, entry in enumerate(entries) if entry.kind is InputKind.REPLY]
    if not 1 <= reply <= len(replies):
        has = "no reply" if not replies else "1 reply" if len(replies) == 1 else f"{len(replies)} replies"
        raise UsageProblem(f"there is no reply {reply} to try again: this call has {has}", "Count from 1, the first.")
    return replies[reply - 1]
