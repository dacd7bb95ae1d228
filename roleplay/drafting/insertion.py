"""Adding to a YAML file that a person wrote: one piece of text at one place. Comments and layout stay as they are."""

from __future__ import annotations

from pathlib import Path

import yaml

from roleplay.drafting.yaml_text import allowed, quoted
from roleplay.errors import BadFile
from roleplay.library.strict_yaml import read_text

BY_HAND = "Add it by hand; nothing was changed."
ONE_BY_ONE = "Write them below one another, each behind a dash."


def read_as_it_is(file: Path) -> str:
    """The file's text with its own line ends. Raises BadFile as the strict reader does."""
    read_text(file)
    return file.read_bytes().decode("utf-8")


def with_list_item(text: str, key: str, item: str, file: Path) -> str:
    """The text with one more item in the block list under a key of the root.

    `item`: its lines with `- ` before the first, without indentation. Raises BadFile where there is no such list.
    """
    root = _root(text, file)
    found = next(
        ((at, value) for at, (name, value) in enumerate(root.value) if getattr(name, "value", None) == key), None
    )
    if found is None or not isinstance(found[1], yaml.SequenceNode):
        raise BadFile(f"{file}: has no list `{key}:` to add to", BY_HAND)
    at, value = found
    if value.flow_style:
        raise BadFile(f"{file}: `{key}:` is written in brackets", f"{ONE_BY_ONE} {BY_HAND}")
    following = root.value[at + 1 :]
    place = _line_start(text, following[0][0].start_mark.index) if following else len(text)
    return _put(text, place, _indented(item, value.start_mark.column))


def with_example(text: str, criterion: str, line: str, file: Path, remark: str = "") -> str:
    """The text of a rubric with one more example of a criterion. Raises BadFile where it cannot be put in.

    `remark`: a comment behind the line.
    """
    mapping = _criterion(_root(text, file), criterion, file)
    behind = f"  # {allowed(remark)}" if remark else ""
    examples = _under(mapping, "examples")
    if not isinstance(examples, yaml.SequenceNode):
        raise BadFile(f"{file}: {criterion} has no list `examples:` to add to", BY_HAND)
    if examples.flow_style:
        raise BadFile(f"{file}: the examples of {criterion} are in brackets", f"{ONE_BY_ONE} {BY_HAND}")
    item = f"- {quoted(line)}{behind}\n"
    return _put(text, _after(text, examples.value[-1]), _indented(item, examples.start_mark.column))


def _root(text: str, file: Path) -> yaml.MappingNode:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        root = None
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise BadFile(f"{file}: is not written as `name: value` lines", BY_HAND)
    return root


def _criterion(root: yaml.MappingNode, identifier: str, file: Path) -> yaml.MappingNode:
    criteria = _under(root, "criteria")
    for one in criteria.value if isinstance(criteria, yaml.SequenceNode) else ():
        named = _under(one, "id") if isinstance(one, yaml.MappingNode) else None
        if named is not None and named.value == identifier:
            assert isinstance(one, yaml.MappingNode)  # noqa: S101 - as asked above
            return one
    raise BadFile(f"{file}: has no criterion {identifier}", "--criterion names another.")


def _under(mapping: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in mapping.value if getattr(name, "value", None) == key), None)


def _after(text: str, node: yaml.Node) -> int:
    """The start of the line after a node, behind a comment on its last line."""
    end: int = node.end_mark.index
    if end and text[end - 1] == "\n":  # a block of text ends where the next line begins
        return end
    found = text.find("\n", end)
    return len(text) if found < 0 else found + 1


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _indented(item: str, column: int) -> str:
    return "".join(f"{' ' * column}{line}" for line in item.splitlines(keepends=True))


def _put(text: str, place: int, piece: str) -> str:
    """The piece on lines of its own, with the line ends of the file."""
    before = text[:place]
    if before and not before.endswith("\n"):
        piece = f"\n{piece}"
    if "\r\n" in text:
        piece = piece.replace("\n", "\r\n")
    return f"{before}{piece}{text[place:]}"
