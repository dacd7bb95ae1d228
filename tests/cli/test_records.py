"""`history`, `progress` and `review`, by the real command."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Roleplay

pytestmark = pytest.mark.usefixtures("warm")
RUDE = "Good morning.\nThat is your own fault.\n/end\n"


def held(roleplay: Roleplay, persona: str = "moving-house") -> str:
    """Takes a call, and gives its id."""
    roleplay("practice", persona, "--plain", "--seed", "1", typed=RUDE)
    calls = json.loads(roleplay("history", "--json").out)["calls"]
    return str(calls[0]["id"])


def test_history_is_searched_limited_and_read_by_programs(roleplay: Roleplay) -> None:
    first, second = held(roleplay), held(roleplay, "wrong-sofa")
    listed = json.loads(roleplay("history", "--json").out)
    assert (listed["schema_version"], [one["id"] for one in listed["calls"]]) == (1, [second, first])
    assert listed["calls"][0]["outcome"] == "unresolved"
    assert roleplay("history", "--search", "SOFA unresolved").out.split()[0] == second
    assert len(roleplay("history", "--limit", "1").out.splitlines()) == 1
    none = roleplay("history", "--search", "nobody")
    assert (none.code, none.out, "No call has 'nobody' in it" in none.err) == (0, "", True)


def test_one_call_is_deleted_and_only_by_name(roleplay: Roleplay) -> None:
    call = held(roleplay)
    wrong = roleplay("history", "--delete")
    assert (wrong.code, wrong.tidy, "wants the call" in wrong.err) == (2, True, True)
    assert roleplay("history", call, "--delete").code == 0
    assert roleplay("history").out == ""
    gone = roleplay("history", call, "--delete")
    assert (gone.code, gone.tidy) == (2, True)


def test_progress_is_words_or_json(roleplay: Roleplay) -> None:
    assert "No finished calls yet" in roleplay("progress").out
    held(roleplay)
    held(roleplay)
    text = roleplay("progress")
    assert (text.code, text.tidy) == (0, True)
    assert "without hints: 0 of 2 calls passed" in text.out
    assert "What comes back" in text.out
    data = json.loads(roleplay("progress", "--json").out)
    assert (data["schema_version"], data["unaided"]["calls"], data["unaided"]["passed"]) == (1, 2, 0)


def test_a_trainers_note_is_read_in_the_call_and_empty_or_misplaced_ones_are_refused(roleplay: Roleplay) -> None:
    call = held(roleplay)
    ran = roleplay(
        "review", call, "--note", "2", "Say [/x] what you can do.", "--note", "0", "A calm voice.", "--author", "Jo"
    )
    assert (ran.code, ran.tidy) == (0, True)
    assert "2 You: That is your own fault." in ran.out
    assert "✎ Jo: Say [/x] what you can do." in ran.out
    assert ran.out.rstrip().endswith("✎ Jo: A calm voice.")
    assert "Say [/x] what you can do." in roleplay("review", call).out
    told = roleplay("history", call)
    assert "Jo, on reply 2: Say [/x] what you can do." in told.out
    assert f"roleplay review {call}" in told.err
    for note in (("9", "There is none."), ("1", "  ")):
        refused = roleplay("review", call, "--note", *note)
        assert (refused.code, refused.out, refused.tidy) == (2, "", True)
    assert roleplay("review", "nowhere").code == 2


def test_two_calls_side_by_side_and_the_mistakes_they_share(roleplay: Roleplay) -> None:
    poor = held(roleplay)
    greeting = "Good morning, Larkfield Energy, this is Sam. What happened, and how can I help you today?"
    roleplay("practice", "moving-house", "--plain", "--seed", "1", typed=f"{greeting}\nWhatever.\n/end\n")
    better = json.loads(roleplay("history", "--json").out)["calls"][0]["id"]
    ran = roleplay("compare", poor, better)
    assert (ran.code, ran.tidy) == (0, True)
    assert ran.out.startswith(f"A  Halina Nowak, call {poor}\n")
    assert "The same mistakes" in ran.out
    assert "Steps" in ran.out
    data = json.loads(roleplay("compare", poor, better, "--json").out)
    moments = {one["criterion"]: one for one in data["moments"]}
    assert moments["does_not_blame"]["in_words"] == "mended"
    assert (moments["does_not_blame"]["a"]["reply"], data["same_customer"]) == (2, True)
    same = json.loads(roleplay("compare", poor, poor, "--json").out)
    assert {one["in_words"] for one in same["moments"]} <= {"missed in both", "landed in both"}
    other = held(roleplay, "wrong-sofa")
    assert "Steps" not in roleplay("compare", poor, other).out
    assert roleplay("compare", poor, "nowhere").code == 2
