"""Names that must name something, in a persona and a rubric that are otherwise well-formed."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.errors import BadFile, UsageProblem
from tests.library.build import PERSONA, RUBRIC, TEMPERAMENT, changed, refusal, write_library


def test_the_small_library_of_these_tests_is_sound(tmp_path: Path) -> None:
    assert write_library(tmp_path).persona("caller").mood.start == -40


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("asks_what_happened", "asks_what_hapened", "facts[0].reveal_when", "move is named asks_what_hapened (did you"),
        ("asks_what_happened", "[asks_what_happened, xyzzy]", "facts[0].reveal_when", "no move is named xyzzy"),
        (
            "    reveal_when: asks_what_happened\n",
            "    after: numbr\n",
            "facts[0].after",
            "no fact is named numbr (did you mean number?)",
        ),
        ("    reveal_when: asks_what_happened\n", "", "facts[0]", "number can never be told"),
        (
            "reveal_when: asks_what_happened\n",
            "told_at_start: true\n    asked_by: greet\n",
            "facts[0].asked_by",
            "no move is named greet (did you mean greets?)",
        ),
        (
            "  - id: sends_it\n",
            "  - id: sends_it\n    after: [{step: send_it}]\n",
            "steps[0].after",
            "no step is named send_it (did you mean sends_it?)",
        ),
        (
            "  - id: sends_it\n",
            "  - id: sends_it\n    after: [{shown: greet}]\n",
            "steps[0].after",
            "no move is named greet (did you mean greets?)",
        ),
        (
            "  - id: sends_it\n",
            "  - id: sends_it\n    after: [{fact: number, step: sends_it}]\n",
            "steps[0].after",
            "exactly one of fact, step, shown",
        ),
        ("  - id: sends_it\n", "  - id: greets\n", "steps[0].id", "name of the rubric's"),
        (
            '    examples: ["I\'ll send it today."]\n',
            "    hint: Send it.\n",
            "steps[0]",
            "no examples, parts or value, so it can never be done",
        ),
        (
            '    examples: ["I\'ll send it today."]\n',
            "    parts: [{id: when}]\n",
            "steps[0].parts[0]",
            "no examples and no value",
        ),
        (
            "steps: all",
            "steps: [sends_itt]",
            "outcomes.resolved.steps",
            "no step is named sends_itt (did you mean sends_it?)",
        ),
        ("  resolved: {steps: all}\n", "  escalated: {asks_for_manager: 2}\n", "outcomes", "no way to win"),
        (
            '  opening: ["Where is it?"]\n',
            "  opening: {sourr: [Well]}\n",
            "lines.opening.sourr",
            "no mood band is named sourr (did you mean sour?)",
        ),
        (
            "facts:\n",
            "reactions: [{when: {shown: greet}, delta: 1, because: x}]\nfacts:\n",
            "reactions[0].when",
            "no move is named greet (did you mean greets?)",
        ),
        (
            "facts:\n",
            "reactions: [{when: {asked_again: numbr}, delta: 1, because: x}]\nfacts:\n",
            "reactions[0].when",
            "no fact is named numbr (did you mean number?)",
        ),
        (
            "facts:\n",
            "reactions: [{when: {step: sends}, delta: 1, because: x}]\nfacts:\n",
            "reactions[0].when",
            "no step is named sends",
        ),
        (
            "facts:\n",
            "bands: [{name: sour, below: 50}, {name: mild, below: 40}]\nfacts:\n",
            "bands",
            "lowest to the highest",
        ),
        ("facts:\n", "bands: [{name: sour, below: 0}, {name: mild, below: 100}]\nfacts:\n", "bands", "below: 101"),
        ("facts:\n", "moves: [{id: winks}]\nfacts:\n", "moves[0].examples", "winks has no example"),
        (
            "steps:\n",
            "  - {id: number, says: Again., told_at_start: true}\nsteps:\n",
            "facts[1].id",
            "number is used twice",
        ),
        ("rubric: house\n", "language: de\nrubric: house\n", "language", "the rubric house is in en"),
        ("temperament: grumpy", "temperament: grumpi", "temperament", "did you mean grumpy?"),
        ("rubric: house", "rubric: hose", "rubric", "did you mean house?"),
    ],
)
def test_a_name_that_names_nothing_is_refused_at_its_line(
    tmp_path: Path, old: str, new: str, place: str, words: str
) -> None:
    persona = changed(PERSONA, old, new)
    problems = refusal(write_library(tmp_path, persona=persona), tmp_path)
    first_changed = next(
        at
        for at, (one, other) in enumerate(zip(persona.split("\n"), PERSONA.split("\n"), strict=False), 1)
        if one != other
    )
    said = next(line for line in problems if words in line)
    _, line, where, _ = said.split(":", 3)
    assert where.strip() == place
    assert abs(int(line) - first_changed) <= 2


@pytest.mark.parametrize(
    ("key", "near"), [("temperament: grumpi", "did you mean grumpy?"), ("rubric: hose", "did you mean house?")]
)
def test_an_unknown_temperament_or_rubric_is_told_with_the_nearest_name(tmp_path: Path, key: str, near: str) -> None:
    name = key.split(": ", maxsplit=1)[0]
    old = next(line for line in PERSONA.splitlines() if line.startswith(name))
    problems = refusal(write_library(tmp_path, persona=changed(PERSONA, old, key)), tmp_path)
    assert len(problems) == 1
    assert near in problems[0]


def test_every_wrong_name_is_listed_in_the_order_of_lines(tmp_path: Path) -> None:
    persona = changed(changed(PERSONA, "asks_what_happened", "xyzzy"), "steps: all", "steps: [plugh]")
    problems = refusal(
        write_library(tmp_path, persona=changed(persona, "rubric: house\n", "rubric: house\nlanguage: de\n")), tmp_path
    )
    assert [line.split(": ")[1] for line in problems] == ["language", "facts[0].reveal_when", "outcomes.resolved.steps"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "dimension: smoothness",
            "dimension: smothness",
            "smothness has no weight under `weights` (did you mean smoothness?)",
        ),
        ("due: {at: opening}", "due: {at: opening, after: hold}", "exactly one of at, after, before"),
        ("due: {at: opening}", "due: {}", "exactly one of at, after, before"),
        ("due: {at: opening}", "due: {at: opening}\n    breached_by: [asks_what_happened]", "is for criteria with"),
        (
            "due: {at: opening}",
            "due: {at: every}\n    mode: avoid\n    breached_by: [asks_what_hapened]",
            "no unscored move is named asks_what_hapened (did you mean asks_what_happened?)",
        ),
        ('    examples: ["Good morning, how can I help?"]\n', "", "greets has no example"),
        ("  - id: asks_what_happened", "  - id: greets", "greets is a criterion already"),
        ("due: {at: opening}", "due: {at: openning}", "did you mean opening?"),
    ],
)
def test_a_rubric_is_checked_in_the_same_way(tmp_path: Path, old: str, new: str, words: str) -> None:
    library = write_library(tmp_path, rubric=changed(RUBRIC, old, new))
    with pytest.raises(BadFile) as caught:
        library.rubric("house")
    assert words in caught.value.message
    assert caught.value.message.startswith(f"{tmp_path}/rubrics/house.yaml:")


def test_a_temperaments_slip_is_told_with_the_temperaments_file(tmp_path: Path) -> None:
    library = write_library(tmp_path, temperament=changed(TEMPERAMENT, "delta: 5", "delta: 500"))
    assert refusal(library, tmp_path)[0].startswith("personas/temperaments/grumpy.yaml:9: reactions[0].delta: ")


def test_a_wrong_name_in_a_temperament_is_told_with_the_temperaments_file(tmp_path: Path) -> None:
    library = write_library(tmp_path, temperament=changed(TEMPERAMENT, "{shown: greets}", "{shown: greet}"))
    assert refusal(library, tmp_path)[0].startswith("personas/temperaments/grumpy.yaml:8: reactions[0].when: ")


def test_a_reaction_without_a_cause_is_refused(tmp_path: Path) -> None:
    library = write_library(
        tmp_path,
        persona=changed(PERSONA, "facts:\n", "reactions: [{when: {mood_below: 0}, delta: 1, because: x}]\nfacts:\n"),
    )
    assert "reactions[0].when" in refusal(library, tmp_path)[0]


def test_an_unknown_persona_is_told_with_the_nearest_and_all_names(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"no persona is named callr \(did you mean caller\?\)") as caught:
        write_library(tmp_path).persona("callr")
    assert "caller" in caught.value.next_step
