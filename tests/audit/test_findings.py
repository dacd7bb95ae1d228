"""One broken persona for each thing that an audit can find."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from roleplay.audit.audit import Auditor
from roleplay.embedding import Embedder
from roleplay.errors import BadFile, ServiceUnavailable
from roleplay.library.folder import Library, builtin_folder
from tests.audit.build import REACTIONS, SOUND, SOUND_TEMPERAMENT, TODAY, audited, house, warnings
from tests.fakes import WordHashEmbedder
from tests.library.build import changed

FIRST = "reactions:\n"
WIN = "  resolved: {steps: all}\n"
AFTER = "    after: [{step: sends_it}]\n"


def reacting(when: str) -> str:
    """A reaction before the persona's own one."""
    return f"{FIRST}  - {{when: {when}, delta: -3, because: it hurt}}\n"


def test_nothing_is_found_in_a_sound_persona(tmp_path: Path, word_hash: WordHashEmbedder) -> None:
    found = audited(house(tmp_path), embedder=word_hash)
    assert (found.errors, found.warnings) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("least: -35", "least: 70", "14: facts[1]", "it wants a mood of 70, and -21 is the best there is"),
        (
            "least: -35",
            "least: -35\n    after: gift",
            "14: facts[1]",
            "it waits for the fact gift, which is never told",
        ),
        (AFTER, "    after: [{step: sums_up}]\n", "23: steps[1]", "it waits for the step sums_up, which is never done"),
        (
            'examples: ["So it comes today."]',
            "parts: [{id: when, value: {within_hours: 24}}]",
            "23: steps[1]",
            "its parts are values alone",
        ),
        (FIRST, reacting("{opposite: greets}"), "27: reactions[0]", "greets has no counterexamples that could be said"),
        (FIRST, reacting("{hold: announced}"), "27: reactions[0]", "no move in play announces a hold"),
        (FIRST, reacting("{shown: is_rude, mood_at_least: 60}"), "27: reactions[0]", "the mood never reaches 60"),
        (FIRST, reacting("{shown: is_rude, mood_below: -100}"), "27: reactions[0]", "the mood is never below -100"),
        (
            FIRST,
            reacting("{stalled: true, mood_below: -5, mood_at_least: 5}"),
            "27: reactions[0]",
            "no mood is at least 5",
        ),
        (FIRST, reacting("{shown: is_rude, before: is_rude}"), "27: reactions[0]", "cannot be shown before itself"),
        (
            WIN,
            "  resolved: {steps: [sends_it]}\n  declined_well: {steps: all}\n",
            "33: outcomes.declined_well",
            "never comes: resolved holds as soon as it does",
        ),
        (WIN, f"{WIN}  escalated: {{mood_below: -50}}\n", "33: outcomes.escalated", "it wants `asks_for_manager`"),
        (WIN, f"{WIN}  escalated: {{asks_for_manager: 9}}\n", "33: outcomes.escalated", "too little makes it worse"),
        (WIN, f"{WIN}  hung_up: {{mood_below: -100}}\n", "33: outcomes.hung_up", "the mood is never below -100"),
        (
            '["Where is it?"]',
            '["Where is A-17?"]',
            "34: lines.opening[0]",
            'quotes "a-17", which stands only in the fact',
        ),
        ('["Where is it?"]', '["It is for Elm."]', "34: lines.opening[0]", 'quotes "elm"'),
        ("\nsteps:", "\nreview_by: 2026-02-01\nsteps:", "18: review_by", "to be reviewed since 2026-02-01"),
        ("    after: [number]\n", "    hint: Ask for A-17.\n", "21: steps[0].hint", 'the hint quotes "a-17"'),
        (
            '["I\'ll send it today."]\n    after: [number]',
            '["I\'ll send the A-17 today."]',
            "20: steps[0].examples[0]",
            'the example quotes "a-17"',
        ),
    ],
)
def test_what_is_dead_or_early_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, place: str, words: str
) -> None:
    found = warnings(tmp_path, old, new)
    assert any(one.startswith(f"{place}: ") and words in one for one in found), found


def test_steps_that_wait_for_each_other_are_both_reported_and_cannot_be_won(tmp_path: Path) -> None:
    found = audited(house(tmp_path, persona=changed(SOUND, "after: [number]", "after: [{step: sums_up}]")))
    assert [problem.where for problem in found.warnings] == ["steps[0]", "steps[1]", "outcomes.resolved"]
    (error,) = found.errors
    assert "cannot be won: at best, sends_it and sums_up stay open" in error.what


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mood: 10", 'mood: 10\n    counterexamples: ["I cannot send A-17."]'),
        ("mood: 10", "mood: 10\n    hint: Say when A-17 comes."),
        (FIRST, reacting("{asked_again: gift}")),
        (FIRST, reacting("{step: any, before: names_it}")),
        (FIRST, reacting("{shown: is_rude, mood_at_least: -30}")),
        ("least: -35", "least: -21"),
        ('["Where is it?"]', '["Where is it? It was 2 days."]'),
        ("\nsteps:", "\nreview_by: 2026-03-01\nsteps:"),
    ],
)
def test_what_is_sound_is_left_alone(tmp_path: Path, old: str, new: str) -> None:
    assert warnings(tmp_path, old, new) == []


def test_an_intent_without_a_line_is_reported_once(tmp_path: Path) -> None:
    silent = changed(SOUND_TEMPERAMENT, '  stalled: ["One.", "Two."]\n', "")
    found = audited(house(tmp_path, temperament=silent))
    assert [one.what for one in found.warnings] == ["no line for stalled (when sour)"]


def test_a_mood_whose_list_of_lines_is_empty_is_silent(tmp_path: Path) -> None:
    silent = changed(SOUND_TEMPERAMENT, 'push_back: ["One.", "Two."]', 'push_back: {sour: [], mild: ["Hm."]}')
    (found,) = audited(house(tmp_path, temperament=silent)).warnings
    assert found.what == "no line for push_back (when sour)"


def test_a_step_without_words_of_its_own_needs_the_temperaments(tmp_path: Path) -> None:
    silent = changed(SOUND_TEMPERAMENT, '  ask_back: ["One.", "Two."]\n', "")
    own = changed(SOUND, "    mood: 10\n", '    mood: 10\n    ask_back: ["When?"]\n')
    (found,) = audited(house(tmp_path, persona=own, temperament=silent)).warnings
    assert (found.where, found.what) == ("steps[1]", "sums_up has no `ask_back`, and there is no line for ask_back")


def test_an_example_nearer_to_its_counterexamples_is_reported(tmp_path: Path, minilm: Embedder) -> None:
    moves = (
        "moves:\n  - id: promises\n"
        '    examples: ["It comes today.", "You have it by noon.", "I am not able to send it.", "It is on its way."]\n'
        '    counterexamples: ["I am not able to send that.", "I am unable to send it.", "I cannot send it."]\n'
    )
    found = audited(house(tmp_path, persona=changed(SOUND, "steps:\n", f"{moves}steps:\n")), embedder=minilm)
    assert [one.where for one in found.warnings] == ["moves[0].examples[2]"]
    assert 'reads as a near miss of promises itself: "I am not able to send it."' in found.warnings[0].what


def test_an_example_that_only_speaks_against_another_step_is_reported(tmp_path: Path, minilm: Embedder) -> None:
    sound = (builtin_folder() / "personas" / "wrong-sofa.yaml").read_text(encoding="utf-8")
    good = "What we wrote on the delivery note is wrong, and that is on us."
    broken = changed(sound, good, "What our note says about that delivery is not true.")
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "wrong-sofa.yaml").write_text(broken, encoding="utf-8")
    (found,) = audited(Library.open(tmp_path), "wrong-sofa", minilm).warnings
    assert found.where == "steps[0].examples[4]"
    assert "is not seen to do owns_the_mix_up, but reads as a near miss of sends_the_right_one.delivery" in found.what


class Missing:
    """An embedder whose model is not there when it is first needed."""

    fingerprint = "missing"
    dimensions = 1

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise ServiceUnavailable(f"no model for {len(texts)} texts")


def refuse(name: str) -> Embedder:
    raise ServiceUnavailable(f"no {name} here")


@pytest.mark.parametrize("opened", [refuse, lambda _: Missing()])
def test_without_a_model_it_says_once_what_was_not_looked_for(tmp_path: Path, opened: object) -> None:
    told: list[str] = []
    auditor = Auditor(house(tmp_path), TODAY, opened, told.append)  # type: ignore[arg-type] # one of the two above
    assert [auditor.audit("caller").warnings for _ in range(2)] == [(), ()]
    (line,) = told
    assert line.startswith("Examples on the wrong side were not looked for: no ")


def test_another_language_than_the_rubrics_is_an_error(tmp_path: Path) -> None:
    library = house(tmp_path, persona=changed(SOUND, "rubric: house", "rubric: house\nlanguage: sl"))
    with pytest.raises(BadFile, match=r"caller.yaml:5: language: the rubric house is in en"):
        audited(library)


@pytest.mark.parametrize(
    ("delta", "loses"),
    [("-20", ""), ("-40", ""), ("-50", "ends it (hung_up, mood -80)"), ("-60", "ends it (hung_up, mood -80)")],
)
def test_one_slip_must_still_win(tmp_path: Path, delta: str, loses: str) -> None:
    """The mood starts at -40, a reply costs 40 at most, and -80 is below what this caller bears where 50 is lost."""
    bears = "-90" if not loses else "-79"
    temperament = changed(SOUND_TEMPERAMENT, REACTIONS, REACTIONS.replace("delta: -20", f"delta: {delta}"))
    temperament = temperament.replace("-90", bears)
    found = audited(house(tmp_path, temperament=temperament))
    assert found.one_slip.won == (not loses)
    assert [loses in one.what for one in found.errors] == ([True] if loses else [])


def test_a_slip_that_puts_a_needed_fact_out_of_reach_is_an_error(tmp_path: Path) -> None:
    needed = changed(changed(SOUND, "after: [number]", "after: [number, gift]"), "least: -35", "least: -38")
    found = audited(house(tmp_path, persona=needed))
    assert found.without_slip.won
    (error,) = found.errors
    assert (error.line, error.where) == (1, "mood")
    assert 'one slip after 0 good replies ("you were rude") leaves sends_it and sums_up out of reach' in error.what


def test_moods_after_no_slip_one_and_two(tmp_path: Path) -> None:
    """-40, +5 for the greeting, +4 for naming it, +10 for the step; 20 for each slip."""
    found = audited(house(tmp_path))
    assert [(one.mood, one.won) for one in (found.without_slip, found.one_slip, found.two_slips)] == [
        (-21, True),
        (-41, True),
        (-61, True),
    ]


def test_asking_for_a_manager_at_once_loses_the_call(tmp_path: Path) -> None:
    eager = changed(SOUND, WIN, f"{WIN}  escalated: {{asks_for_manager: 1}}\n")
    (error,) = audited(house(tmp_path, persona=eager)).errors
    assert "ends it (escalated, mood -60)" in error.what


def test_a_reaction_that_no_win_can_avoid_is_no_slip(tmp_path: Path) -> None:
    price = changed(SOUND, FIRST, reacting("{shown: sends_it}").replace("-3", "-30"))
    found = audited(house(tmp_path, persona=price))
    assert found.without_slip.mood == -51
    assert found.one_slip.because == "you were rude"


def test_a_promise_found_out_after_the_call_is_no_part_of_best_play(tmp_path: Path) -> None:
    bait = changed(
        SOUND,
        FIRST,
        f"{FIRST}  - {{when: {{shown: is_rude}}, delta: 9, because: ha, at_end: {{delta: -40, because: no}}}}\n",
    )
    assert audited(house(tmp_path, persona=bait)).without_slip.mood == -21
