"""What each intent asks of a voice, and what no customer says in it."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.persona import Intent

DIRECTIONS: dict[Intent, str] = {
    "opening": "You begin the call: say why you are calling.",
    "push_back": "What was just said has hurt or annoyed you. Say so; agree to nothing.",
    "hold_back": "You are asked for something that you do not want to tell yet. Do not tell it.",
    "too_early": "They are ahead of you: you are not ready for what they offer. Do not accept it.",
    "ask_back": "Something in what they said is missing or unclear. Ask for just that.",
    "asks_for": "You want something done or said. Ask for it.",
    "not_following": "You did not quite follow. Ask, or say so.",
    "already_told": "You have told them that already. Say so.",
    "stalled": "This leads nowhere for you. Say so.",
    "thaw": "You feel a little better treated than before. Let it be heard; nothing is solved yet.",
    "accept": "You accept what was just offered or said, and only that.",
    "off_topic": "You drift off for a moment.",
    "ask_for_manager": "Ask for somebody above them.",
    "abuse": "You go for them, in words that hurt and never threaten.",
    "warned": "They have told you where the line is. Take note of it.",
    "on_hold": "They are putting you on hold. Answer that.",
    "back_from_hold": "You are back on the line after a wait.",
    "transferred": "They pass you on to somebody else, and you did not ask for it.",
    "passed_on": "They pass you on, and you agree.",
    "waiting": "They have been silent for a while. Ask whether they are still there.",
    "still_there": "You are still on the line. Say so.",
    "settled": "Your matter is settled. Say so; the call is not quite over.",
    "goodbye": "Your matter is settled. Say goodbye.",
    "goodbye_unresolved": "They end the call and nothing is solved. Take your leave.",
    "hang_up": "You have had enough. End the call now.",
}
"""For the model, in words."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that may only be heard in turns of certain intents."""

    intents: frozenset[Intent]
    """The turns it belongs to."""
    signs: tuple[str, ...]
    """Lines by which it is known, whoever speaks."""
    reason: str
    """What a model is told that did it unasked."""
    words: str = r"(?!)"
    """A pattern of words that do it beyond doubt."""


PLEASED = Act(
    frozenset({"thaw", "accept", "settled", "goodbye", "passed_on"}),
    (
        "That's great, thank you so much.",
        "Perfect, that solves my problem.",
        "Okay, I'm happy with that.",
        "Thank you, you've been very helpful.",
        "All right, that works for me.",
        "No worries, it's fine now.",
        "Thanks, that's all I needed.",
        "I appreciate your help.",
        "Great, then we're all sorted.",
        "Fair enough, that sounds reasonable.",
        "You're right, it was my own mistake.",
        "It's working now!",
        "You've convinced me, let's do that.",
        "Go on then, put me down for it.",
        "I suppose I can live with it as it is.",
        "Never mind, forget about it.",
        "I see, that explains it. I'll just pay it, then.",
        "Yes, of course, ask me whatever you want.",
        "I'm so sorry, I shouldn't have said that.",
        "That puts my mind at rest.",
        "All right, then I'll just wait, no problem.",
        "Then it must be something on my side.",
        "I'll keep it after all, it isn't so bad.",
        "Fine, I'll take it.",
        "It worked, it all works now!",
        "Lovely, then I'll do it myself.",
        "That's a relief, I feel much better now.",
        "You've been so kind, I'm really grateful.",
        "Brilliant, that's sorted then.",
        "I understand, these things happen.",
        "Don't worry about it, it's not a big deal.",
        "Now that you say it, it makes sense.",
        "I'm satisfied with that answer.",
        "I'm sure you're doing your best, I shouldn't complain.",
        "I'll try that right away and see how it goes.",
        "I've done what you said and it's fine.",
        "Yes, please do that, that would be great.",
        "I trust you to take care of it.",
        "I take back what I said.",
        "Okay, I'll pay for it.",
        "I'd love to hear more about your offer.",
    ),
    "You are not satisfied yet. Do what the direction says, and only that.",
)
REFUSING = Act(
    frozenset({"push_back", "hold_back", "stalled", "abuse", "too_early", "hang_up"}),
    (
        "No, that isn't good enough.",
        "I won't have it.",
        "That's no use to me at all.",
        "Absolutely not, I don't accept that.",
        "You're not helping me.",
        "I don't believe a word of that.",
        "I give up, I'll never manage this.",
        "You'll be hearing from my solicitor.",
        "That's far too expensive, forget it.",
        "I don't want that, leave it.",
        "I'm going to complain about you.",
        "This is ridiculous, I'm not doing that.",
        "I've changed my mind, I don't want it any more.",
        "You've got it wrong again.",
    ),
    "You accept what was offered here. Do what the direction says, and only that.",
)
LEAVING = Act(
    frozenset({"goodbye", "goodbye_unresolved", "hang_up", "transferred", "passed_on", "ask_for_manager"}),
    (
        "Goodbye.",
        "I'm hanging up now.",
        "Have a nice day, bye.",
        "I'm done with this call.",
        "This conversation is over.",
        "Take care, bye-bye.",
        "I'll take my business elsewhere, goodbye.",
        "Just cancel everything, I'm leaving.",
        "I have to go now, talk to you another time.",
        "That was all I wanted, goodbye.",
        "I'll call back later.",
        "There's no point in talking to you any longer.",
        "I'll go to another company.",
    ),
    "The call goes on; do not end it.",
    r"(?<!say )(?<!said )(?<!saying )\b(?:good-?bye|bye)\b",
)
MANAGER = Act(
    frozenset({"ask_for_manager", "transferred", "passed_on"}),
    (
        "Let me speak to your manager.",
        "I want to talk to a supervisor.",
        "Put me through to someone above you.",
        "Get me your boss.",
        "Can you transfer me to another department?",
    ),
    "Do not ask for anybody else now.",
    r"\b(?:speak|talk|put me through|transfer me|get me|pass me|connect me) .{0,30}"
    r"\b(?:manager|supervisor|boss|superior|in charge|above you|higher up)\b",
)


ACTS = (PLEASED, REFUSING, LEAVING, MANAGER)


def barred(intent: Intent) -> tuple[Act, ...]:
    """Acts that must not be heard in a turn of this intent."""
    acts = tuple(act for act in (PLEASED, LEAVING, MANAGER) if intent not in act.intents)
    return (*acts, REFUSING) if intent in ("accept", "settled", "goodbye", "thaw", "passed_on") else acts
