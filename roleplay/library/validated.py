"""From a YAML file to a frozen value, with all problems at once."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from roleplay.errors import BadFile
from roleplay.library.strict_yaml import Document, Place, Problem, parse, place_in_words, read_text

Value = TypeVar("Value", bound=BaseModel)


def read_value(file: Path, kind: type[Value]) -> tuple[Value, Document]:
    """The value in `file` and the document it came from.

    Raises BadFile with every problem on a line of its own.
    """
    document = parse(read_text(file), file)
    value, problems = validated(document, kind)
    problems.extend(_stem_problem(value, document, file))
    if problems or value is None:
        raise bad_file(file, problems)
    return value, document


def validated(document: Document, kind: type[Value]) -> tuple[Value | None, list[Problem]]:
    """The value that plain data stands for, and what is wrong with it; None if it is no such value."""
    problems = list(document.problems)
    value: Value | None = None
    try:
        value = kind.model_validate(document.data)
    except ValidationError as error:
        spoiled = {problem.where for problem in problems}
        found = (_problem(detail, document, kind) for detail in error.errors(include_url=False))
        problems.extend(problem for problem in found if problem.where not in spoiled)
    return value, problems


def bad_file(file: Path, problems: list[Problem]) -> BadFile:
    """One error that lists `problems` in the order of their lines, each once."""
    ordered = sorted(set(problems), key=lambda problem: (problem.line, problem.where, problem.what))
    return BadFile("\n".join(problem.text(file) for problem in ordered))


def did_you_mean(name: str, known: list[str]) -> str:
    """`(did you mean …?)` with a leading space, or nothing."""
    near = get_close_matches(name, [one for one in known if one != name], n=1, cutoff=0.6)
    return f" (did you mean {near[0]}?)" if near else ""


def _stem_problem(value: BaseModel | None, document: Document, file: Path) -> list[Problem]:
    identifier = getattr(value, "id", None)
    if identifier is None or identifier == file.stem:
        return []
    return [
        Problem(document.line_of(("id",)), "id", f"is {identifier}, but the file is named {file.stem}; make them one")
    ]


def _problem(detail: ErrorDetails, document: Document, kind: type[BaseModel]) -> Problem:
    path = _path_in_file(detail["loc"], document.data)
    return Problem(document.line_of(path), place_in_words(path), _in_words(detail, kind))


_NOT_HERE = object()


def _path_in_file(location: tuple[str | int, ...], data: Any) -> Place:  # noqa: ANN401 - plain YAML data
    """The location pydantic gives, without the pieces that are not in the file (union members, `[key]`)."""
    path: list[str | int] = []
    for piece in location:
        child = _child(data, piece)
        if child is not _NOT_HERE:
            data = child
        elif not isinstance(data, dict) or (isinstance(piece, str) and not piece.isidentifier()):
            continue
        path.append(piece)
        if child is _NOT_HERE:
            break
    return tuple(path)


def _child(data: Any, piece: str | int) -> Any:  # noqa: ANN401 - plain YAML data
    if isinstance(data, dict):
        return data.get(piece, _NOT_HERE)
    if isinstance(data, list) and isinstance(piece, int) and piece < len(data):
        return data[piece]
    return _NOT_HERE


def _in_words(detail: ErrorDetails, kind: type[BaseModel]) -> str:
    given = detail.get("input")
    match detail["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return f"is not a key here{did_you_mean(str(detail['loc'][-1]), sorted(_all_keys(kind)))}"
        case "literal_error" | "enum":
            expected = str(detail["ctx"]["expected"]).replace("'", "")
            choices = expected.replace(" or ", ", ").split(", ")
            return f"{given!r} is not one of {expected}{did_you_mean(str(given), choices)}"
        case "string_type" if given is None:
            return "is empty; write the text, or leave the key out"
        case "string_type":
            return f"should be text, not {_kind_in_words(given)}; if it is text, put it in quotes"
        case "string_pattern_mismatch":
            return f"{given!r} should be lower-case letters, digits, '_' or '-', beginning with a letter"
        case _:
            return f"{detail['msg'][:1].lower()}{detail['msg'][1:]}"


def _kind_in_words(given: object) -> str:
    return {dict: "a mapping", list: "a list", bool: "true/false", int: "a number", float: "a number"}.get(
        type(given), type(given).__name__
    )


def _all_keys(kind: type[BaseModel], seen: frozenset[type] = frozenset()) -> set[str]:
    """Every key that may stand anywhere in a file of this kind."""
    keys: set[str] = set()
    for name, field in kind.model_fields.items():
        keys.add(name)
        for inner in _models_in(field.annotation):
            if inner not in seen:
                keys |= _all_keys(inner, seen | {kind})
    return keys


def _models_in(annotation: Any) -> set[type[BaseModel]]:  # noqa: ANN401 - any type expression
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)}
