"""Going back into a call, in plain mode and after it."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Roleplay

CALL = ("practice", "moving-house", "--plain", "--seed", "5")


@pytest.mark.usefixtures("warm")
def test_slash_retry_goes_on_from_before_a_reply_and_both_ways_stay_on_record(roleplay: Roleplay) -> None:
    ran = roleplay(*CALL, typed="Good morning, how can I help?\nThat's not my department.\n/retry 2\n/end\n")
    assert ran.code == 0
    assert "Back before your reply 2. What you said before is kept as" in ran.err
    listed = roleplay("history").out.splitlines()
    assert len(listed) == 2
    first = re.search(r"kept as (\S+)\.", ran.err)
    assert first is not None
    assert listed[0].endswith(f"retry of {first[1]}:2")
    assert "unfinished" in listed[1]
    spoken = [line for line in ran.out.split("Debrief")[0].splitlines() if line]
    assert spoken[-2] == spoken[1]  # the line to answer anew is said again, then the goodbye


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/retry\n", "there is no reply 0 to try again: this call has no reply"),
        ("Hello.\n/retry 7\n", "there is no reply 7 to try again: this call has 1 reply"),
        ("Hello.\n/retry two\n", "wants the number of a reply"),
    ],
)
def test_a_retry_of_what_is_not_there_costs_nothing(roleplay: Roleplay, typed: str, said: str) -> None:
    ran = roleplay(*CALL, typed=f"{typed}/end\n")
    assert ran.code == 0
    assert said in ran.err
    assert len(roleplay("history").out.splitlines()) == 1


@pytest.mark.usefixtures("warm")
def test_a_call_that_is_over_can_be_gone_back_into(roleplay: Roleplay) -> None:
    roleplay(*CALL, typed="Good morning, how can I help?\nThat's not my department.\n/end\n")
    over = roleplay("history").out.split()[0]
    ran = roleplay("practice", "--retry", f"{over}:2", "--plain", typed="Let me look into it.\n/end\n")
    assert ran.code == 0
    assert "Debrief" in ran.out
    assert len(roleplay("history").out.splitlines()) == 2


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("retry", ["nobody:1", "nobody", "nobody:x", ":1"])
def test_a_call_or_reply_that_is_not_there_is_exit_2(roleplay: Roleplay, retry: str) -> None:
    ran = roleplay("practice", "--retry", retry, "--plain")
    assert ran.code == 2
    assert ran.tidy
