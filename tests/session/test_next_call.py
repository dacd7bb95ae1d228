"""Where one criterion can be practised."""

from __future__ import annotations

import pytest

from roleplay.library.folder import Library
from roleplay.session.next_call import chances, next_call


@pytest.mark.parametrize("criterion", ["acknowledges_feeling", "owns_it", "asks_what_matters", "greets_and_asks"])
def test_the_next_customer_answers_to_it_and_is_hardly_harder(library: Library, criterion: str) -> None:
    personas = [library.persona(one) for one in library.persona_ids()]
    for last in personas:
        found = next_call(criterion, "It", personas, last, {})
        chosen = library.persona(found.persona)
        assert chosen.difficulty <= last.difficulty + 1
        assert chosen == last or chances(criterion, chosen) > 0
        assert found.name == chosen.name


def test_whoever_was_called_least_comes_first_and_without_another_the_same_again(library: Library) -> None:
    personas = [library.persona(one) for one in library.persona_ids()]
    last = library.persona("wrong-sofa")
    first = next_call("acknowledges_feeling", "It", personas, last, {}).persona
    assert next_call("acknowledges_feeling", "It", personas, last, {first: 3}).persona != first
    assert next_call("no_such_thing", "It", personas, last, {}).persona == last.id
