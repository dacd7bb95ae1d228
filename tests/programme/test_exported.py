"""What leaves the computer, in every form; and how many files become one."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ralph.models.xapi.base.statements import BaseXapiStatement  # type: ignore[import-untyped]

from roleplay.errors import BadFile
from roleplay.programme.exported import (
    MORE,
    Exported,
    ExportedCall,
    ExportedStanding,
    ExportedTrainee,
    ExportedTurn,
    merged,
    own_records,
    read_exported,
    written,
)
from roleplay.programme.programme import Programme
from roleplay.report.as_cohort import cohort_page
from roleplay.report.as_csv import calls_csv
from roleplay.report.as_html import html
from roleplay.report.as_xapi import statements
from roleplay.training import Deed
from tests.session.builders import begin, play

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
times = st.integers(0, 10_000).map(lambda minutes: NOW + timedelta(minutes=minutes))
calls = st.builds(
    ExportedCall,
    id=st.sampled_from(["c1", "c2", "c3", "c4"]),
    kind=st.sampled_from(["certificate", "practice", "retry"]),
    persona=st.sampled_from(["water-bill", "wrong-sofa"]),
    persona_name=st.just("A Customer"),
    rubric=st.just("customer-care"),
    started_at=times,
    seconds=st.floats(0, 5000),
    outcome=st.sampled_from(["resolved", "hung_up", "abandoned"]),
    overall=st.none() | st.floats(0, 100),
    passed=st.booleans(),
    challenge=st.none() | st.floats(1, 9),
    dimensions=st.dictionaries(st.sampled_from(["listening", "smoothness"]), st.none() | st.floats(0, 100)),
    criteria=st.dictionaries(st.sampled_from(["owns_it", "verifies"]), st.floats(0, 1)),
    turns=st.lists(
        st.builds(ExportedTurn, speaker=st.sampled_from(["customer", "trainee"]), text=st.text(max_size=20)), max_size=2
    ).map(tuple),
)
trainees = st.builds(
    ExportedTrainee,
    records=st.sampled_from(["r1", "r2", "r3"]),
    name=st.sampled_from(["", "Ada", "Żofia"]),
    named_at=st.none() | times,
    told=st.sampled_from([("certificates",), ("certificates", "practice"), ("certificates", "standing")]),
    exported_at=times,
    standing=st.none()
    | st.builds(
        ExportedStanding,
        at=times,
        curriculum=st.just("contact-centre"),
        layer=st.sampled_from([None, "starter", "sharp"]),
        hours=st.floats(0, 60),
        hours_planned=st.just((26.0, 50.0)),
        recurring=st.sampled_from([(), ("owns_it",)]),
    ),
    calls=st.lists(calls, max_size=4).map(tuple),
)
files = st.lists(st.builds(Exported, trainees=st.lists(trainees, max_size=3).map(tuple)), min_size=1, max_size=3)


@given(files)
def test_merging_counts_nothing_twice_and_knows_no_order(some: list[Exported]) -> None:
    once = merged(some)
    assert merged([once]) == once
    assert merged([*some, *some]) == once
    assert merged([once, *some]) == once
    for order in permutations(some):
        assert merged(list(order)) == once
    if len(some) > 1:
        assert merged([merged(some[:1]), merged(some[1:])]) == once, "pieces first, or all at once"
    assert len({one.records for one in once.trainees}) == len(once.trainees)
    for one in once.trainees:
        assert len({call.id for call in one.calls}) == len(one.calls)


@given(files)
def test_a_file_reads_back_as_it_was_written(some: list[Exported]) -> None:
    once = merged(some)
    assert read_exported(written(once), "file") == once


@given(files)
def test_every_statement_is_valid_xapi(some: list[Exported]) -> None:
    """By the models of Ralph, an xAPI toolbox of France Université Numérique."""
    once = merged(some)
    found = statements(once, "https://training.example.org")
    for one in found:
        BaseXapiStatement.model_validate(one)
    assert len({one["id"] for one in found}) == len(found) == sum(len(one.calls) for one in once.trainees)
    assert statements(merged([once, once]), "https://training.example.org") == found


def test_a_statement_that_is_wrong_is_found_out() -> None:
    call = ExportedCall(
        id="c", kind="practice", persona="water-bill", persona_name="I", rubric="r", started_at=NOW, seconds=1,
        outcome="resolved", overall=90, passed=True,
    )  # fmt: skip
    whole = Exported(trainees=(ExportedTrainee(records="r", exported_at=NOW, calls=(call,)),))
    (good,) = statements(whole, "https://example.org")
    for broken in ({**good, "verb": {}}, {**good, "id": "1"}, {**good, "result": {"score": {"scaled": 7}}}):
        with pytest.raises(ValueError, match="validation error"):
            BaseXapiStatement.model_validate(broken)


def test_the_table_holds_no_formula() -> None:
    trainee = ExportedTrainee(
        records="r", name="=HYPERLINK(1)", exported_at=NOW,
        calls=(
            ExportedCall(
                id="@c", kind="practice", persona="p", persona_name="P", rubric="r", started_at=NOW, seconds=61.25,
                outcome="resolved", overall=None, passed=False, dimensions={"listening": 70.0},
                criteria={"owns_it": 0.5},
            ),
        ),
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(calls_csv(Exported(trainees=(trainee,))))))
    assert rows[0]["name"] == "'=HYPERLINK(1)"
    assert rows[0]["call"] == "'@c"
    assert (rows[0]["overall"], rows[0]["listening"], rows[0]["owns_it"]) == ("", "70.0", "0.5")


@pytest.fixture
def practised(programme: Programme) -> Programme:
    """Two practice calls, a retry of one, and a call of an attempt at a certificate."""
    board = programme.board
    first = begin(board, "moving-house")
    play(first, ["Good morning, how can I help?", "/end"])
    play(begin(board, "wrong-sofa"), ["Hello.", "/end"])
    certified = begin(board, "water-bill")
    play(certified, ["Hello, a secret word: xyzzy.", "/end"])
    programme.note(Deed.CALL, "certificate", call=certified.header.id)
    again = board.retry(first.header.id, 1)
    play(again, ["Good evening.", "/end"])
    return programme


def test_only_certification_attempts_leave_unless_more_is_ticked(practised: Programme) -> None:
    (alone,) = own_records(practised, "", []).trainees
    assert [one.kind for one in alone.calls] == ["certificate"]
    assert alone.standing is None
    assert "xyzzy" not in written(Exported(trainees=(alone,)))
    (more,) = own_records(practised, "Zoë", ["practice", "standing"]).trainees
    assert sorted(one.kind for one in more.calls) == ["certificate", "practice", "practice"]
    assert more.standing is not None
    assert more.records == alone.records, "the same records, whenever they are exported"
    (whole,) = own_records(practised, "Zoë", MORE).trainees
    assert sorted(one.kind for one in whole.calls) == ["certificate", "practice", "practice", "retry"]
    assert "xyzzy" in written(Exported(trainees=(whole,)))


def test_the_team_s_page_ranks_nobody_and_says_what_it_is(practised: Programme) -> None:
    own = own_records(practised, "Zoë <b>", ["practice", "standing"])
    other = own.trainees[0].model_copy(update={"records": "other", "name": "Ada"})
    page = html(cohort_page(merged([own, Exported(trainees=(other,))]), str, NOW))
    assert "For practice, not for personnel decisions" in page
    assert "roleplay erase" in page
    assert page.index("Ada") < page.index("Zoë &lt;b&gt;"), "in alphabetical order"
    assert "<script" not in page
    assert not re.search(r'(src|href)="', page), "nothing from elsewhere"


@pytest.mark.parametrize("text", ["", "[]", "{}x", '{"kind": "x"}', '{"schema_version": 2}', '{"trainees": [{}]}'])
def test_what_is_no_export_is_said_plainly(text: str) -> None:
    with pytest.raises(BadFile, match="export --format json"):
        read_exported(text, "file.json")
