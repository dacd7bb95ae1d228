"""25 replies that do something, each with its negated twin, in words that stand in no rubric."""

from __future__ import annotations

NEGATED: dict[tuple[str, str], str] = {
    ("greets_and_asks", "Hello there, Anja from the garden centre, how may I help you today?"): (
        "Hello there, Anja from the garden centre, I may not help you today."
    ),
    ("uses_the_name", "Whom do I have the pleasure of speaking to?"): "I don't need to know whom I'm speaking to.",
    ("verifies", "To be safe, can you give me your date of birth and your postcode?"): (
        "You needn't give me your date of birth or your postcode."
    ),
    ("verifies", "Please read me the account number and the surname on it."): (
        "Please don't read me the account number, nor the surname on it."
    ),
    ("acknowledges_feeling", "Four hours in the cold with a baby, no wonder you're upset."): (
        "Four hours in the cold is no reason to be upset."
    ),
    ("acknowledges_feeling", "That must have been a real worry for you."): "That can't have been a worry for you.",
    ("acknowledges_feeling", "I can hear how much this has annoyed you."): "I don't hear why this should annoy you.",
    ("reflects_in_other_words", "So the box came, but the lamp inside was in pieces, is that right?"): (
        "I haven't understood what was in the box."
    ),
    ("asks_what_matters", "Which part of this matters most to you?"): "It doesn't matter which part matters to you.",
    ("asks_what_matters", "What would be the best outcome for you today?"): (
        "I'm not asking what the best outcome for you would be."
    ),
    ("owns_it", "Leave it with me, I'll see it through myself."): "Don't leave it with me, I won't see it through.",
    ("owns_it", "I'm taking charge of this and you'll deal with me alone."): (
        "I'm not taking charge of this and you won't deal with me."
    ),
    ("says_what_by_when", "A courier brings the new lamp tomorrow before noon."): (
        "No courier is bringing the new lamp, and I can't say when one will."
    ),
    ("says_what_by_when", "I'll ring you back by four o'clock with the answer."): (
        "I won't ring you back, and I don't know when there will be an answer."
    ),
    ("announces_hold", "May I put you on hold for two minutes while I ask the warehouse?"): (
        "I won't put you on hold while I ask the warehouse."
    ),
    ("announces_hold", "Would it be all right if you waited on the line for a moment?"): (
        "You don't have to wait on the line for a moment."
    ),
    ("returns_from_hold", "Thank you for holding, I'm back and I have news."): ("I'm not back yet and I have no news."),
    ("checks_settled", "Does that sort everything out for you?"): "That doesn't sort everything out for you.",
    ("checks_settled", "Is anything still open from your side?"): "Nothing is still open, don't ask for more.",
    ("closes_warmly", "Thanks for ringing us, and have a lovely weekend!"): (
        "No thanks for ringing us, and don't expect a lovely weekend."
    ),
    ("closes_warmly", "All the best to you and your family, goodbye."): "Not goodbye yet, we haven't finished.",
    ("recognises_signal", "I'd like to log this as a formal complaint for you, if you agree."): (
        "I'm not going to log this as a complaint."
    ),
    ("apologises", "I'm truly sorry that we let you down."): "I'm not sorry, we didn't let you down.",
    ("asks_what_happened", "Could you tell me from the beginning what went on?"): ("You needn't tell me what went on."),
    ("steers_back", "Let's get back to your delivery, shall we?"): "Let's not get back to your delivery.",
}
"""(move, reply that does it) -> the same reply, negated."""
