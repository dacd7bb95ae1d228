"""A fitted rubric on disk: a YAML file that a trainer can read, and the array beside it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from roleplay.errors import BadFile, UsageProblem
from roleplay.library.strict_yaml import Place
from roleplay.rubric import Fit, Rubric

HEADER = """\
# Written by `roleplay rubric fit`. The numbers it learnt stand in {array}; keep the two files together.
# The lines of a fitted rubric are not edited: edit the rubric it came from, and fit again.
"""
FIT_AGAIN = "Fit it again with `roleplay rubric fit`, or bring back the file as it was."


def read_array(rubric_file: Path, fit: Fit) -> bytes:
    """The bytes of a fit's array. Raises BadFile if they are missing or not the ones that were learnt."""
    file = rubric_file.with_name(fit.array)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadFile(f"{rubric_file}: fit.array: {fit.array} cannot be read ({error.strerror})", FIT_AGAIN) from None
    if sha256(data).hexdigest() != fit.sha256:
        raise BadFile(
            f"{file}: not the array that {rubric_file.name} was written with (cut short, or changed)", FIT_AGAIN
        )
    return data


def fit_problems(rubric: Rubric) -> Iterator[tuple[Place, str]]:
    """What is wrong with a rubric's fit."""
    fit = rubric.fit
    if fit is None:
        return
    if fit.graded_by == "graders" and fit.seal != seal(rubric):
        yield (
            ("fit", "seal"),
            f"this fitted rubric was edited after it was written; {FIT_AGAIN[0].lower()}{FIT_AGAIN[1:]}",
        )
    for name in fit.agreement:
        if name not in rubric.measures:
            yield ("fit", "agreement", name), "is no dimension of this rubric"


def seal(rubric: Rubric) -> str:
    """The sha256 of a fitted rubric without its seal.

    What has its default is left out, so that a key that a later version adds breaks no seal.
    """
    assert rubric.fit is not None  # noqa: S101 - only a fit is sealed
    open_fit = rubric.fit.model_copy(update={"seal": ""})
    told = rubric.model_copy(update={"fit": open_fit}).model_dump_json(exclude_defaults=True)
    return sha256(told.encode()).hexdigest()


def sealed(rubric: Rubric) -> Rubric:
    """The rubric with its fit sealed."""
    assert rubric.fit is not None  # noqa: S101 - only a fit is sealed
    return rubric.model_copy(update={"fit": rubric.fit.model_copy(update={"seal": seal(rubric)})})


def fit_text(rubric: Rubric) -> str:
    """A fitted rubric as YAML, the fit first: it is what the trainer reads."""
    assert rubric.fit is not None  # noqa: S101 - only a fit is written
    data = rubric.model_dump(mode="json", exclude_defaults=True)
    data["format"] = 1
    first = ("format", "id", "title", "language", "embedder", "about", "pass_mark", "weights", "fit")
    ordered = {key: data[key] for key in first if key in data} | data
    text = yaml.dump(ordered, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120)
    return HEADER.format(array=rubric.fit.array) + text


def fitted_id(file: Path) -> str:
    """The id of a rubric that is written to `file`. Raises UsageProblem if the name cannot be one."""
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - a second look at one name

    from roleplay.move import Identifier  # noqa: PLC0415 - as above

    try:
        name: str = TypeAdapter(Identifier).validate_python(file.stem)
    except ValidationError:
        raise UsageProblem(
            f"{file.name} cannot be the name of a rubric",
            "Use lower-case letters, digits, '-' or '_', beginning with a letter: --out our-grading.yaml",
        ) from None
    if file.suffix not in (".yaml", ".yml"):
        raise UsageProblem(
            f"{file.name} should end in .yaml", "A fitted rubric is a YAML file with an array beside it."
        )
    return name


class _Plain(yaml.SafeDumper):
    """No anchors: the strict reader refuses them."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 - as the base has it
        return True
