"""The seal of a fitted rubric: broken by an edit, not by a newer program."""

from __future__ import annotations

from roleplay.library.fits import seal
from roleplay.library.folder import Library
from roleplay.rubric import Rubric


class Later(Rubric):
    """A rubric of a later version, with one more key."""

    more: tuple[str, ...] = ()
    """Something new."""


def test_a_key_that_a_later_version_adds_breaks_no_seal(library: Library) -> None:
    rubric = library.rubric("customer-care")
    later = Later.model_validate(rubric.model_dump())
    assert seal(later) == seal(rubric)
    assert seal(later.model_copy(update={"more": ("x",)})) != seal(rubric)
    assert seal(rubric.model_copy(update={"pass_mark": 10})) != seal(rubric)
