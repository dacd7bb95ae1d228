"""Who calls: the table of a library, and that nothing in a call knows of it."""

from __future__ import annotations

from roleplay.audit.balance import Row, balance, lopsided
from roleplay.library.folder import Library
from roleplay.persona import Caller
from roleplay.report.as_audit import balance_table
from tests.customer.build import Call, customer


def test_callers_are_counted_by_trait_with_their_moods_and_difficulties() -> None:
    people = [
        customer(caller={"gender": "man", "age": "young"}, mood={"start": -40}, difficulty=4),
        customer(caller={"gender": "woman"}, mood={"start": 10}, difficulty=1),
    ]
    assert balance(people)[:3] == [
        Row("gender", "woman", (10,), (1,)),
        Row("gender", "man", (-40,), (4,)),
        Row("age", "young", (-40,), (4,)),
    ]
    assert balance(people)[-1] == Row("fluency", "not said", (-40, 10), (4, 1))


def test_what_is_lopsided_is_said() -> None:
    angry = [customer(caller={"gender": "man", "fluency": "fluent"}, mood={"start": -50}) for _ in range(3)]
    calm = [customer(caller={"gender": "woman", "fluency": "fluent"}, mood={"start": 20})]
    assert lopsided(balance([*angry, *calm])) == [
        "All 3 callers who start below -25 are alike in gender: man.",
        "All 4 callers are alike in fluency: fluent.",
    ]


def test_what_nobody_said_is_not_lopsided() -> None:
    assert lopsided(balance([customer() for _ in range(5)])) == []


def test_the_table_has_a_line_for_each_group() -> None:
    lines = balance_table(balance([customer(caller={"gender": "man"}, mood={"start": -40}, difficulty=4)])).splitlines()
    assert lines[2].split() == ["gender", "man", "1", "-40", "(-40", "to", "-40)", "1", "4.0", "(4", "to", "4)"]


def test_who_calls_changes_nothing_in_a_call() -> None:
    someone = Call(customer(caller={"gender": "woman", "age": "older", "fluency": "learner"}))
    nobody = Call(customer())
    assert someone.solve() == nobody.solve()


def test_every_bundled_persona_says_who_calls() -> None:
    library = Library.open()
    assert all(library.persona(name).caller != Caller() for name in library.persona_ids())
