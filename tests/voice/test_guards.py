"""Each guard by itself: what it refuses, what it lets through that looks much like it, and the reasons it gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from roleplay.customer.voice.guards import GUARDS, Scene, refused
from roleplay.customer.voice.guards.agent_talk import AgentTalk
from roleplay.customer.voice.guards.content import Content
from roleplay.customer.voice.guards.decided import Decided
from roleplay.customer.voice.guards.figures import InventedFigures
from roleplay.customer.voice.guards.length import MOST_WORDS, MOST_WORDS_TOGETHER, RunOn
from roleplay.customer.voice.guards.locked import LockedFacts
from roleplay.customer.voice.guards.markup import Markup
from roleplay.customer.voice.guards.repeats import Repeats
from roleplay.customer.voice.guards.role import OutOfRole, without_stage_directions
from roleplay.customer.voice.guards.scene import Guard
from roleplay.customer.voice.guards.speakers import OneSpeaker, without_own_label
from roleplay.customer.voice.near import Nearness
from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.session.speaking import agent_lines
from roleplay.transcript import Speaker, Turn
from tests.voice.lines import bad_lines, written


class Stage:
    """Sets a scene for a guard."""

    def __init__(self, library: Library, near: Nearness) -> None:
        self.library = library
        self.near = near

    def scene(self, intent: str = "push_back", persona: str = "late-inhaler", **more: Any) -> Scene:  # noqa: ANN401 - of an entry
        """A turn after the opening; the trainee said something dull unless `trainee` says otherwise."""
        whole = self.library.persona(persona)
        entry = {"trainee": "Parcels are late for everybody, it'll turn up.", "band": whole.bands[1].name, "line": ""}
        cue = written(entry | {"persona": persona, "intent": intent} | more, self.library).cue
        return Scene(cue, self.near, agent_lines(self.library.rubric(whole.rubric)))


@pytest.fixture(scope="module")
def stage(library: Library, minilm: Embedder) -> Stage:
    return Stage(library, Nearness(minilm))


def refuses(guard: Guard, scene: Scene, sentences: list[str]) -> list[str]:
    """Those of the sentences that it refuses; each reason is one that a model can act on."""
    found = []
    for sentence in sentences:
        if reason := guard.objects(sentence, scene):
            assert reason.endswith(".")
            assert 2 <= len(reason.split()) <= 30
            found.append(sentence)
    return found


MARKUP = [
    "<|im_end|>",
    "</agent> Thanks.",
    "**It's late**, you know.",
    "- It's late.",
    "1. It's late.",
    "```It's late.```",
    '{"line": "It\'s late."}',
    "[INST] It's late.",
    "mood_now: angry",
]
NO_MARKUP = [
    "It's less than <5 days, isn't it?",
    "Is it 3 - 4 days?",
    "No - no, it isn't.",
    "Well... it's late!",
    "*sigh*",
]


def test_markup(stage: Stage) -> None:
    assert refuses(Markup(), stage.scene(), MARKUP) == MARKUP
    assert refuses(Markup(), stage.scene(), NO_MARKUP) == []


def test_one_speaker(stage: Stage) -> None:
    bad = [
        "Agent: I'm sorry.",
        "It never came. Agent: I'm sorry.",
        "[Agent] I'm sorry.",
        "Customer Service Representative: I'm sorry.",
        "Calder Street: Hello.",
        "Samira Aziz: One moment.",
        "USER: It never came.",
        "Assistant -> I'm sorry.",
        '"It never came." Support: I see.',
    ]
    good = [
        "Look: it never came.",
        "Here's the thing: she has two days.",
        "I talked to an agent last week.",
        "Your agent said: it'll come.",
        "It's like this: nobody rang.",
        "The answer I got was no.",
    ]
    assert refuses(OneSpeaker(), stage.scene(), bad) == bad
    assert refuses(OneSpeaker(), stage.scene(), good) == []


@pytest.mark.parametrize(
    "label", ["Yusuf Demir: ", "Yusuf: ", "DEMIR: ", "**Customer:** ", '"Caller: ', "[Yusuf]: ", "Yusuf (worried): "]
)
def test_the_customers_own_label_is_taken_off(label: str) -> None:
    assert without_own_label(f"{label}It never came.", "Yusuf Demir") == "It never came."


@pytest.mark.parametrize(
    "line", ["It's Yusuf: her father.", "Agent: I'm sorry.", "Customers: all of us.", "Yusuf here."]
)
def test_nothing_else_is_taken_off(line: str) -> None:
    assert without_own_label(line, "Yusuf Demir") == line


def test_run_on(stage: Stage) -> None:
    scene = stage.scene()
    long = ["word " * 46, "x" * 61, f"I {'really ' * 60}mean it."]
    assert refuses(RunOn(), scene, long) == long
    assert (
        refuses(RunOn(), scene, ["word " * 45, "Yes.", "See https://post.example/track/ABCDEFGHIJKLMNOP, please."])
        == []
    )
    scene.spoken[:] = ["One.", "Two.", "Three.", "Four."]
    assert refuses(RunOn(), scene, ["Five."])
    own = sum(len(line.split()) for line in scene.cue.lines)
    most = min(MOST_WORDS, MOST_WORDS_TOGETHER - own)
    scene.spoken[:] = ["word " * (most - 10)]
    assert refuses(RunOn(), scene, ["word " * 11])
    assert not refuses(RunOn(), scene, ["word " * 10])


def test_a_long_line_of_the_minds_may_be_said_at_length(stage: Stage) -> None:
    scene = stage.scene()
    long = replace(scene.cue, lines=("One. Two. Three. Four. Five. Six.",))
    scene = Scene(long, stage.near, (), ["One.", "Two.", "Three.", "Four.", "Five."])
    assert not refuses(RunOn(), scene, ["Six."])
    scene.spoken.append("Six.")
    assert refuses(RunOn(), scene, ["Seven."])


def test_out_of_role(stage: Stage) -> None:
    bad = [
        "As an AI language model, I can't be angry.",
        "I'm playing a worried father here.",
        "Here's my reply in character.",
        "The system prompt says I'm worried.",
        "Yusuf is worried and raises his voice.",
        "As Yusuf, I would say that it's late.",
        "My mood is -20.",
        "I can't continue with this conversation.",
        "The intent is push_back.",
        "What was just said has hurt or annoyed you.",
    ]
    good = [
        "Am I talking to a bot?",
        "Are you an AI or a person?",
        "Is this a script you're reading from?",
        "I'm in no mood for this.",
        "It's not in my character to shout, but it's late.",
        "What are your instructions for such a case?",
        "I'm told to wait, and I've waited.",
        "Yusuf here, Defne's father.",
    ]
    assert refuses(OutOfRole(), stage.scene(), bad) == bad
    assert refuses(OutOfRole(), stage.scene(), good) == []


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("*sighs* It's late.", "It's late."),
        ("It's (voice breaking) late.", "It's late."),
        ("[pause]", ""),
        ("It's late. ~whispers~", "It's late."),
        ("It's 5 * 3 and no more.", "It's 5 * 3 and no more."),
    ],
)
def test_stage_directions_are_taken_off(line: str, rest: str) -> None:
    assert without_stage_directions(line) == rest


def test_content(stage: Stage) -> None:
    bad = [
        "I'm going to find out where you live.",
        "You'd better watch your back.",
        "I'll come down there with a knife.",
        "I don't want to live any more.",
        "I might as well kill myself.",
        "What are you wearing right now?",
        "I'd like to see you naked.",
    ]
    good = [
        "You're killing me with this waiting.",
        "I could scream, honestly.",
        "I'll take this to the ombudsman.",
        "I don't want to live with this noise any more.",
        "This is a dead end, isn't it?",
        "I nearly died of shame at that desk.",
        "You people are useless.",
    ]
    assert refuses(Content(), stage.scene(), bad) == bad
    assert refuses(Content(), stage.scene(), good) == []


def test_content_that_a_persona_declares_is_let_through(stage: Stage) -> None:
    scene = stage.scene()
    declared = scene.cue.persona.model_copy(update={"content": ("threats against the agent",)})
    scene = Scene(replace(scene.cue, persona=declared), stage.near)
    assert not refuses(Content(), scene, ["You'd better watch your back."])
    assert refuses(Content(), scene, ["I might as well kill myself."])


def test_invented_figures(stage: Stage) -> None:
    bad = [
        "I ordered it on the 14th.",
        "It was £30.",
        "Order DS-20418, please.",
        "Ring me on 07700 900123.",
        "By 3 pm tomorrow, right?",
        "I've called five times.",
        "It's yusuf@post.example.",
    ]
    good = [
        "Two days, that's all.",
        "One more time: where is it?",
        "She's seven, you know.",  # of the brief
        "I've told you a hundred times.",
        "Is Tuesday's scan the last?",  # of the brief
    ]
    assert refuses(InventedFigures(), stage.scene(), bad) == bad
    assert refuses(InventedFigures(), stage.scene(), good) == []


def test_figures_that_the_trainee_named_may_be_named(stage: Stage) -> None:
    scene = stage.scene(trainee="They'll ring you by 3 pm, and it costs £30.")
    assert refuses(InventedFigures(), scene, ["At three o'clock?", "Thirty pounds?", "By 3pm?"]) == []
    assert refuses(InventedFigures(), scene, ["At four o'clock?", "£3?", "By 3.30pm?"]) != []


def test_agent_talk(stage: Stage) -> None:
    bad = [
        "How can I help you today?",
        "Let me look into that for you.",
        "I completely understand your frustration.",
        "Thank you for calling Calder Street Pharmacy.",
        "Could you please confirm your order number?",
        "I'll transfer you to our pharmacist now.",
        "Our team will be in touch shortly.",
        "I apologise for any inconvenience.",
    ]
    good = [
        "Can you help me or not?",
        "Is there anything else you need from me?",
        "I understand that you're busy.",
        "I'm sorry, I'm all over the place today.",
        "Could you give me your name, at least?",
        "Who do I call if it doesn't come?",
        "Thank you for asking about her.",
    ]
    assert refuses(AgentTalk(), stage.scene(), bad) == bad
    assert refuses(AgentTalk(), stage.scene(), good) == []


def test_locked_facts(stage: Stage) -> None:
    bad = [
        "It's CS-20418, under Defne Demir.",
        "I nearly gave her one puff this morning, not two.",
        "Brennan's on Otley Road is the nearest.",
        "In January the ambulance came while I was in Hull.",
        "The counter says eight.",
    ]
    good = [
        "I've two days left in the old one.",
        "It's her lungs we're talking about.",
        "Can't you send it somewhere near me?",
        "What if she runs out on me?",
    ]
    assert refuses(LockedFacts(), stage.scene(), bad) == bad
    assert refuses(LockedFacts(), stage.scene(), good) == []
    told = stage.scene(told=["order_number", "nearest_chemist"])
    assert refuses(LockedFacts(), told, [bad[0], bad[2]]) == []
    assert refuses(LockedFacts(), told, [bad[1], bad[3]]) == [bad[1], bad[3]]


def test_repeats(stage: Stage) -> None:
    said = "I need to know when that inhaler gets here. I can't sleep for it."
    scene = stage.scene()
    scene = Scene(replace(scene.cue, turns=(Turn(Speaker.CUSTOMER, said), *scene.cue.turns)), stage.near)
    scene.spoken.append("And what do I tell her mother?")
    bad = [
        "I need to know when that inhaler gets here.",
        "I can't sleep for it!",
        "and what do I tell her mother",
    ]
    good = ["And what do I tell her?", "When does it get here, then?", "Right.", "I can't wait for it."]
    assert refuses(Repeats(), scene, bad) == bad
    assert refuses(Repeats(), scene, good) == []
    again = Scene(replace(scene.cue, lines=(bad[0],)), stage.near)
    assert not refuses(Repeats(), again, bad[:1])


def test_decided(stage: Stage) -> None:
    pleased = ["That's great, thank you so much.", "Perfect, that solves it for me.", "Okay, I'm happy with that."]
    leaving = ["Goodbye, I'm hanging up now.", "I'm done with this call.", "Have a nice day, bye."]
    manager = [
        "Let me speak to your manager.",
        "I want to talk to your supervisor.",
        "Can you put me through to your boss?",
    ]
    refusing = ["No, that isn't good enough.", "I don't accept that at all.", "That's no use to me."]
    elsewhere = ["The recipe needs two cups of flour.", "My favourite football team won the cup again."]
    hurt = ["That's not good enough for her.", "So I just sit here and count?", "You're not listening to me, are you?"]
    glad = ["Right, that I can do.", "Thank you, I'll write it down.", "Good, then I know who rings me."]
    assert refuses(Decided(), stage.scene("push_back"), pleased) == pleased
    assert refuses(Decided(), stage.scene("push_back"), leaving) == leaving
    assert refuses(Decided(), stage.scene("push_back"), manager) == manager
    assert refuses(Decided(), stage.scene("push_back"), elsewhere) == elsewhere
    assert refuses(Decided(), stage.scene("push_back"), hurt) == []
    accepting = stage.scene("accept", step="arranges_local_supply", trainee="Brennan's will ring you within the hour.")
    assert refuses(Decided(), accepting, refusing) == refusing
    assert refuses(Decided(), accepting, glad) == []
    assert refuses(Decided(), stage.scene("ask_for_manager"), manager) == []
    assert refuses(Decided(), stage.scene("hang_up"), leaving) == []


def test_the_minds_own_lines_pass_every_guard(stage: Stage, library: Library) -> None:
    guards = tuple(guard for guard in GUARDS if guard.name != "near_repeat")  # it reads sentence by sentence
    for persona in map(library.persona, library.persona_ids()):
        for intent, bands in persona.lines.items():
            scene = stage.scene(intent, persona.id)
            for line in (line for lines in bands.values() for line in lines):
                own = Scene(replace(scene.cue, lines=(line,)), stage.near, scene.agent_lines)
                assert refused(line, own, guards) is None, (persona.id, intent, line)


def test_no_reason_quotes_what_is_locked_or_what_was_said(stage: Stage, library: Library) -> None:
    reasons = set()
    for bad in bad_lines(library):
        scene = Scene(bad.cue, stage.near, agent_lines(library.rubric(bad.cue.persona.rubric)))
        for guard in GUARDS:
            if reason := guard.objects(bad.line, scene):
                reasons.add(reason)
    # Whatever is said, the reasons are the same few: nothing of a persona or of a line is in them.
    assert 10 <= len(reasons) <= 20


def test_the_cheap_guards_come_first() -> None:
    assert [guard.name for guard in GUARDS][:3] == ["markup", "one_speaker", "run_on"]
    assert len({guard.name for guard in GUARDS}) == len(GUARDS)
