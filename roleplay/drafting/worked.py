"""A small customer, worked out: what a blank file holds, for a trainer to replace line by line."""

from __future__ import annotations

from roleplay.drafting.question import Answers

ANSWERS: Answers = {
    "id": ("late-bike",),
    "name": ("Owen Price",),
    "company": ("Spoke & Chain Bicycles",),
    "trade": ("bicycle repairs",),
    "channel": ("phone",),
    "opening": (
        "You said my bike would be ready on Friday. It's Monday, and nobody's rung me.",
        "Hello, it's about my bike. It was promised for Friday, and I'm still walking.",
    ),
    "temperament": ("anxious",),
    "brief": (
        "Owen Price, ticket SC-4471. Rear wheel, promised for last Friday.",
        "Status: hub came in this morning, on the bench. No call to the customer noted.",
    ),
    "policy": (
        "Before any detail of a repair: Confirm the name and the ticket number or the postcode.",
        "Late repairs: When a promised day has passed, name a new one within 24 hours, with an hour. Labour is free.",
        "Lending a bike: We lend one free of charge until the repair is done. There are three at the shop, until six.",
    ),
    "step_1": ("Says that the shop was late and did not ring, without putting it on the supplier.",),
    "step_1_good": (
        "You were promised Friday and nobody called you. That was our mistake.",
        "We should have rung you when the part didn't come. I'm sorry that we didn't.",
        "The delay is on us, and so is the silence.",
        "Friday was our promise and we broke it.",
        "sorry, we were late and did not tell you, this is our fault",
        "That's down to us, Mr Price, you should have had a call on Friday.",
    ),
    "step_1_not": (
        "The supplier sent the part late, so that isn't us.",
        "I'm sorry if there was a misunderstanding about the day.",
        "Nobody can say when a part comes in.",
        "You could have rung us.",
        "These things happen with repairs.",
    ),
    "step_1_asks": ("Nobody rang. Why did nobody ring?", "Did somebody forget about it, or what happened?"),
    "step_2": ("Says when the bike is ready: by tomorrow, with an hour.",),
    "step_2_good": (
        "Your bike will be ready tomorrow at five.",
        "You can pick it up tomorrow from five.",
        "The new hub goes in today, so it's done by tomorrow afternoon.",
        "I've put it first on the list, it will be finished tomorrow by noon.",
        "bike is ready tomorrow, you can come at 5",
        "We'll have it repaired and waiting for you tomorrow evening.",
    ),
    "step_2_not": (
        "It shouldn't be much longer now.",
        "We'll ring you when it's ready.",
        "I can't say when it will be ready.",
        "It's next in the queue, more or less.",
        "When did you bring it in?",
    ),
    "step_2_value": ("24 hours",),
    "step_2_asks": (
        "So when can I have it back? I need something I can count on.",
        "Which day, then? I can't plan with soon.",
    ),
    "step_3": ("Lends him a bike until then.",),
    "step_3_good": (
        "You can borrow one of our bikes until yours is done.",
        "I'll lend you a bike for tonight, free of charge.",
        "There's a loan bike here with your name on it, come by before six.",
        "Take one of ours home today, it costs you nothing.",
        "we give you a bike until it is repaired",
        "I've set one of the shop's bikes aside so you can ride to work.",
    ),
    "step_3_not": (
        "We don't lend bikes.",
        "You could take the bus until then.",
        "Perhaps a friend can lend you one.",
        "You can buy a used bike from us.",
        "I can't promise that there is a bike for you.",
    ),
    "step_3_asks": (
        "And how am I supposed to get to work tonight?",
        "That still leaves me without a bike until then.",
    ),
    "identity": ("It's Price, Owen Price, ticket SC-4471. The postcode's BN2 9QA.",),
    "checked": ("2 3",),
    "fact_1": ("I work nights at the hospital. There's no bus at that hour, so I walk. Fifty minutes.",),
    "fact_1_asked": (
        "How are you getting to work without it?",
        "What are you doing without your bike?",
        "How do you manage in the meantime?",
        "What do you need the bike for?",
        "Do you need it for work?",
    ),
    "fact_1_before": ("3",),
    "fact_2": ("I came by on Friday at five, and the young man said: tomorrow, for sure.",),
    "fact_2_asked": (
        "What were you told on Friday?",
        "Has anyone from the shop spoken to you since?",
        "Who did you talk to, and what did they say?",
        "Did you come by the shop?",
    ),
    "fact_3": ("It was my father's bike. I know it's old. I'd just like it back in one piece.",),
    "trains": ("own a delay before you explain it", "name a day and an hour, and keep to them"),
    "goodbye": (
        "Right, I'll be there. Thanks for giving me an hour I can hold on to. Bye.",
        "Good. I'll sleep on that. Thank you, goodbye.",
    ),
}

RUNS: dict[str, tuple[str, ...]] = {
    "competent": (
        "Good morning, Spoke and Chain, Lena speaking. Three days late, that must be wearing. What did they tell you?",
        "And how do you get about without the bike at the moment?",
        "Fifty minutes on foot after a night shift, how wearing. We let you down, and we left you without a call.",
        "Can I take your name and the number on the ticket, please, so I open the right repair?",
        "Thank you. The part is here, and yours is done first. You'll have the bike back by five tomorrow.",
        "And for tonight I'd like to lend you one of ours. It's free, and I'll keep it at the counter until six.",
        "So: a loan bike today before six, and your own tomorrow at five. Have I missed anything?",
        "Thank you for your patience, Mr Price. Goodbye.",
        "/end",
    ),
    "lazy": (
        "Right, I see.",
        "It's waiting for a part, there's nothing I can do.",
        "You'll hear from us at some point.",
        "So that's sorted then, bye.",
        "/end",
    ),
}
"""What a good and a lazy trainee type; none of it stands among the examples."""
