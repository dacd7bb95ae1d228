"""YAML as authors write it, read strictly: every slip is a problem with its line, none is guessed away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from roleplay.errors import BadFile
from roleplay.sanitise import clean_text

MAX_BYTES = 1024 * 1024
"""Files larger than this are refused; a persona is about 10 KiB."""

Place = tuple[str | int, ...]
"""Keys and list positions from the root of the document."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file."""

    line: int
    """1-based; 0 for the file as a whole."""
    where: str
    """The place in words, as `steps[2].parts[0].id`; empty for the file as a whole."""
    what: str

    def text(self, file: Path) -> str:
        """`file:line: path: what is wrong`."""
        place = f"{file}:{self.line}" if self.line else str(file)
        return f"{place}: {self.where}: {self.what}" if self.where else f"{place}: {self.what}"


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data, and the line each piece stands on."""

    data: Any
    lines: dict[Place, int]
    problems: tuple[Problem, ...] = field(default=())

    def line_of(self, path: Place) -> int:
        """The line of the nearest enclosing piece that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Loader(yaml.SafeLoader):
    """YAML 1.2's core schema: `No`, `on` and `2026-11-01` are text, so that a line may be the word No."""


class _QuickLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # not in every build
    """The same in C: a rubric of 2,600 lines in a sixth of the time. Its messages are not the ones we explain."""


_Loader.yaml_implicit_resolvers = {}
_QuickLoader.yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)$", "-+.0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def parse(text: str, file: Path) -> Document:
    """The document in `text`. Raises BadFile where it is no YAML at all; smaller slips are in `problems`."""
    try:
        return _built(text, file)
    except yaml.YAMLError as error:
        raise BadFile(_syntax_problem(error).text(file), "Mend that line and try again.") from None
    except (OverflowError, ValueError):
        raise BadFile(f"{file}: an escape in quotes names no character", "Look for a backslash and mend it.") from None
    except RecursionError:
        raise BadFile(f"{file}: nested too deeply to be a file of ours") from None


def _built(text: str, file: Path) -> Document:
    node = _composed(text)
    if node is None:
        raise BadFile(f"{file}: the file is empty", "`roleplay schema` shows what belongs in it.")
    building = _Building(text)
    data = building.value(node, ())
    building.report_anchors()
    return Document(data, building.lines, tuple(building.problems))


def _composed(text: str) -> yaml.Node | None:
    """The root node; what the quick loader refuses is read again by the one whose messages are explained."""
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=_QuickLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        root = yaml.compose(text, Loader=_Loader)
    return root


def read_text(file: Path) -> str:
    """The file's text. Raises BadFile if it is missing, too large or not UTF-8."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise BadFile(f"{file}: larger than 1 MiB", "Split it, or check that it is the right file.")
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"{file}: not UTF-8 (byte {error.start})", "Save it as UTF-8 in your editor.") from None
    except OSError as error:
        raise BadFile(f"{file}: cannot be read ({error.strerror})") from None


_PLAIN_KINDS = {tag: tag for tag in map("tag:yaml.org,2002:{}".format, ("str", "int", "float", "bool", "null"))}
_QUOTE = 'put the whole line in quotes: "…"'


def _syntax_problem(error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 0
    what = str(getattr(error, "problem", None) or error).split("\n", 1)[0]
    if "scanning an a" in str(getattr(error, "context", "")):  # an alias, an anchor
        what = "alias"
    if isinstance(error, yaml.reader.ReaderError):
        return Problem(0, "", f"holds a character that YAML does not allow (position {error.position})")
    if "alias" in what or "anchor" in what:
        return Problem(line, "", f"alias or anchor (& and *) are not used here; if it is text, {_QUOTE}")
    if "mapping values are not allowed" in what or "could not find expected ':'" in what:
        return Problem(line, "", f"a ':' inside a line of text; {_QUOTE}")
    if "expected <block end>" in what or "did not find expected" in what or "expected ',' or" in what:
        return Problem(line, "", f"{what}; if it is text with quotes, a comma, '?' or ':' in it, {_QUOTE}")
    if "cannot start any token" in what:
        return Problem(line, "", f"{what}; {_QUOTE}")
    return Problem(line, "", what)


class _Building:
    """Turns nodes into plain data, keeping the lines and collecting slips."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()
        self._scalars = yaml.constructor.SafeConstructor()

    def report_anchors(self) -> None:
        """An anchor that nobody refers to leaves no trace in the data: `- &Co is here` would lose a word."""
        if "&" not in self._text or any("alias" in problem.what for problem in self.problems):
            return
        for event in yaml.parse(self._text, Loader=_Loader):
            anchor = getattr(event, "anchor", None)
            if anchor and event.start_mark:
                what = f"an anchor (&{anchor}) stands here; {_QUOTE}"
                self.problems.append(Problem(event.start_mark.line + 1, "", what))

    @cached_property
    def _alias_lines(self) -> Iterator[int]:
        """The lines of the aliases in order; the composed node knows only the line of its anchor."""
        events = yaml.parse(self._text, Loader=_Loader)
        return (
            event.start_mark.line + 1 for event in events if isinstance(event, yaml.AliasEvent) and event.start_mark
        )

    def value(self, node: yaml.Node, path: Place) -> Any:  # noqa: ANN401 - plain YAML data
        self.lines[path] = node.start_mark.line + 1
        if id(node) in self._seen:
            what = f"an alias (*name) stands here; write the text out, or {_QUOTE}"
            self.problems.append(Problem(next(self._alias_lines), place_in_words(path), what))
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, at)) for at, child in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Place) -> dict[Any, Any]:
        built: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, path)
            if key is None:
                continue
            if key in built:
                self._report(key_node, (*path, key), "this key stands twice; keep one of them")
            built[key] = self.value(value_node, (*path, key))
        self._explain_text_taken_for_mapping(node, path)
        return built

    def _key(self, node: yaml.Node, path: Place) -> str | int | None:
        if not isinstance(node, yaml.ScalarNode):
            self._report(node, path, f"a '?' or '{{' begins this line, so YAML reads it as a key; {_QUOTE}")
            return None
        if node.tag == "tag:yaml.org,2002:int":
            return int(node.value)
        return clean_text(node.value)

    def _explain_text_taken_for_mapping(self, node: yaml.MappingNode, path: Place) -> None:
        """`- So: what now?` in a list of lines becomes a mapping; say so where it happened."""
        if not path or not isinstance(path[-1], int) or len(node.value) != 1 or node.flow_style:
            return
        key = node.value[0][0]
        if isinstance(key, yaml.ScalarNode) and (" " in key.value or not key.value or key.value[0].isupper()):
            self._report(node, path, f"a ':' after {key.value[:40]!r} makes this line a key; {_QUOTE}")

    def _scalar(self, node: yaml.Node, path: Place) -> Any:  # noqa: ANN401 - plain YAML data
        try:
            value = yaml.constructor.SafeConstructor.yaml_constructors[_PLAIN_KINDS[node.tag]](self._scalars, node)
        except (ValueError, KeyError):
            self._report(node, path, f"a '!' begins this line, so YAML reads it as a tag; {_QUOTE}")
            return None
        return clean_text(value).strip() if isinstance(value, str) else value

    def _report(self, node: yaml.Node, path: Place, what: str) -> None:
        self.problems.append(Problem(node.start_mark.line + 1, place_in_words(path), what))


def place_in_words(path: Place) -> str:
    """`('steps', 2, 'id')` as `steps[2].id`."""
    words = ""
    for piece in path:
        words += f"[{piece}]" if isinstance(piece, int) else f".{piece}" if words else str(piece)
    return words
