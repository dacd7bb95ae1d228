"""Every slip of an author is named with its file, line and place, and with what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from roleplay.errors import BadFile
from roleplay.library.validated import read_value
from roleplay.persona import Temperament

HEAD = "format: 1\nid: mine\n"
LIST = f"{HEAD}lines:\n  stalled:\n    - Well?\n"


def read(folder: Path, content: str | bytes) -> Temperament:
    """The temperament in a file with this content."""
    file = folder / "mine.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_value(file, Temperament)[0]


def refused(folder: Path, content: str | bytes) -> str:
    """What is said of a file with this content."""
    with pytest.raises(BadFile) as caught:
        read(folder, content)
    return str(caught.value).replace(f"{folder}/", "")


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (f"{HEAD}what: a\nwhat: b\n", "mine.yaml:4: what: ", ["stands twice"]),
        (f"{HEAD}asked_afterwards:\n  5: a\n  5: b\n", "mine.yaml:5: asked_afterwards[5]: ", ["stands twice"]),
        (f"{HEAD}what: &name hi\nlanguage: *name\n", "mine.yaml:4: language: ", ["alias", "quote"]),
        (f"{HEAD}what: *name\n", "mine.yaml:3: ", ["alias", "quote"]),
        (f"{LIST}    - !no way\n", "mine.yaml:6: lines.stalled[1]: ", ["'!'", "tag", "quote"]),
        (f"{LIST}    - So: what now?\n", "mine.yaml:6: lines.stalled[1]: ", ["':'", "'So'", "quote"]),
        (f"{LIST}    - so what: now\n", "mine.yaml:6: lines.stalled[1]: ", ["':'", "'so what'", "quote"]),
        (f"{LIST}    - ? x\n", "mine.yaml:6: lines.stalled[1]: ", ["text", "quote"]),
        (f"{LIST}    - [door] Yes.\n", "mine.yaml:6: ", ["quote"]),
        (f"{LIST}    - {{door}}\n", "mine.yaml:6: lines.stalled[1]: ", ["text", "quote"]),
        (f'{LIST}    - "No", he said.\n', "mine.yaml:6: ", ["quote"]),
        (f"{LIST}    - @home\n", "mine.yaml:6: ", ["'@'", "quote"]),
        (f"{LIST}    - `so`\n", "mine.yaml:6: ", ["'`'", "quote"]),
        (f"{HEAD}what: he said: no\n", "mine.yaml:3: ", ["':'", "quote"]),
        (f"{HEAD}lines:\n\tstalled: [a]\n", "mine.yaml:4: ", ["'\\t'"]),
        (f"{LIST}\t- b\n", "mine.yaml:6: ", ["'\\t'"]),
        (f"{LIST}    -\n", "mine.yaml:6: lines.stalled[1]: ", ["empty"]),
        (f"{LIST}    - 12\n", "mine.yaml:6: lines.stalled[1]: ", ["text", "a number", "quote"]),
        (f"{LIST}    - true\n", "mine.yaml:6: lines.stalled[1]: ", ["text", "true/false", "quote"]),
        (f"{LIST}    - - nested\n", "mine.yaml:6: lines.stalled[1]: ", ["text", "a list", "quote"]),
        (f"{LIST}    - 'open\n", "mine.yaml:", ["unexpected end"]),
        (f"{HEAD}? [a, b]\n: c\n", "mine.yaml:3: ", ["'?'", "quote"]),
        (f"{HEAD}--- more\n", "mine.yaml:3: ", ["another document"]),
        (f"{HEAD}line: {{}}\n", "mine.yaml:3: line: ", ["not a key", "did you mean lines?"]),
        (f"{HEAD}mood: {{strt: 3}}\n", "mine.yaml:3: mood.strt: ", ["not a key", "did you mean start?"]),
        (f"{HEAD}lines:\n  staled: [a]\n", "mine.yaml:4: lines.staled: ", ["'staled'", "did you mean stalled?"]),
        (f"{HEAD}mood: {{start: 300}}\n", "mine.yaml:3: mood.start: ", ["100"]),
        (f"{HEAD}asked_afterwards: {{6: x}}\n", "mine.yaml:3: asked_afterwards[6]: ", ["5"]),
        (f"{HEAD}bands: [{{name: Sour, below: 101}}]\n", "mine.yaml:3: bands[0].name: ", ["'Sour'", "lower-case"]),
        (f"{HEAD}reactions:\n  - when: {{}}\n    delta: 1\n", "mine.yaml:4: reactions[0].because: ", ["missing"]),
        ("format: 2\nid: mine\n", "mine.yaml:1: format: ", ["not one of 1"]),
        ("format: 1\n", "mine.yaml:1: id: ", ["missing"]),
        ("format: 1\nid: yours\n", "mine.yaml:2: id: ", ["yours", "mine"]),
        ("- a\n", "mine.yaml:1: ", ["dictionary"]),
        ("", "mine.yaml: ", ["empty", "roleplay schema"]),
        ("# only a remark\n", "mine.yaml: ", ["empty"]),
        ("[" * 3000, "mine.yaml: ", ["nested too deeply"]),
        ("{a: " * 1000 + "}" * 1000, "mine.yaml: ", ["nested too deeply"]),
        ("a" * (1024 * 1024 + 1), "mine.yaml: ", ["1 MiB"]),
        (b"format: 1\nid: \xe9\n", "mine.yaml: ", ["not UTF-8", "byte 14", "Save it as UTF-8"]),
        ("format: 1\nid: mine\n".encode("utf-16"), "mine.yaml: ", ["not UTF-8", "byte 0"]),
        (f"{HEAD}what: a\x1b[31mb\n", "mine.yaml: ", ["character"]),
    ],
)
def test_a_slip_is_named_with_its_place_and_what_to_do(
    tmp_path: Path, content: str | bytes, place: str, words: list[str]
) -> None:
    message = refused(tmp_path, content)
    assert message.startswith(place)
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    "content",
    [
        f"{LIST}    - *sigh* Fine.\n",
        f"{LIST}    - &Co is cheaper.\n",
        f"{LIST}    - !!NO\n",
        f"{HEAD}what: !!int hi\n",
        f"{HEAD}what: !!timestamp hi\n",
        f"{HEAD}what: !!python/object:os.system hi\n",
    ],
)
def test_text_that_yaml_reads_as_a_sign_is_told_to_be_quoted(tmp_path: Path, content: str) -> None:
    assert "quote" in refused(tmp_path, content)


@pytest.mark.parametrize(
    "content",
    [
        f'{HEAD}what: "\\U99999999"\n',
        f"{HEAD}mood: {{start: {'9' * 4301}}}\n",
    ],
)
def test_a_number_beyond_all_bounds_is_a_bad_file(tmp_path: Path, content: str) -> None:
    assert refused(tmp_path, content).startswith(("mine.yaml:3: ", "mine.yaml: an escape"))


def test_a_missing_file_and_a_folder_are_bad_files(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    for name in ("none.yaml", "folder.yaml"):
        with pytest.raises(BadFile, match="cannot be read"):
            read_value(tmp_path / name, Temperament)


def test_words_that_older_yaml_turned_into_something_else_stay_words(tmp_path: Path) -> None:
    plain = ["No", "Yes", "on", "Off", "NULL", "True", "2026-11-01", "12:30", "1_000", "0x10", "1e3", ".inf", "=", "<<"]
    listed = "".join(f"    - {word}\n" for word in plain)
    value = read(tmp_path, f"{HEAD}lines:\n  stalled:\n{listed}")
    assert value.lines["stalled"]["any"] == tuple(plain)


def test_quotes_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    value = read(tmp_path, b"\xef\xbb\xbf" + b'format: 1\nid: mine\nlines:\n  stalled: ["So: what?", "12", "true"]\n')
    assert value.lines["stalled"]["any"] == ("So: what?", "12", "true")


def test_escapes_and_direction_marks_do_not_survive_reading(tmp_path: Path) -> None:
    value = read(tmp_path, f'{HEAD}what: "a\\e[31mb\\u202Ec\\uD800"\n')
    assert value.what == "abc\ufffd"


def test_all_problems_come_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    slips = ["wat: x", "mood: {start: 300, strt: 1}", "lines:", "  stalled:", "    - So: what", "    - 7", "bandz: []"]
    content = HEAD + "\n".join([*slips, "id: mine"])
    lines = refused(tmp_path, content).splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        ["mine.yaml:3", "wat"],
        ["mine.yaml:4", "mood.start"],
        ["mine.yaml:4", "mood.strt"],
        ["mine.yaml:7", "lines.stalled[0]"],
        ["mine.yaml:8", "lines.stalled[1]"],
        ["mine.yaml:9", "bandz"],
        ["mine.yaml:10", "id"],
    ]


def yaml_like() -> st.SearchStrategy[str]:
    """Text made of what YAML files are made of, so that it goes deep."""
    words = [
        "format: 1\n",
        "id: mine\n",
        "what: ",
        "lines:\n",
        "  stalled:\n",
        "    - ",
        "mood: {",
        "}",
        "start: ",
        "[",
        "]",
    ]
    signs = [
        "- ",
        ": ",
        "? ",
        "& ",
        "&a ",
        "*a",
        "!x ",
        "| ",
        ">\n ",
        "'",
        '"',
        "#",
        "%",
        "@",
        "\t",
        "\n",
        "  ",
        ",",
        "~",
        "-1",
    ]
    return st.lists(st.one_of(st.sampled_from([*words, *signs]), st.text(max_size=6)), max_size=30).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.text(), yaml_like(), yaml_like().map(lambda tail: HEAD + tail)))
@example("? - a\n: b")
@example("{a, b: [c}")
def test_any_text_gives_a_value_or_a_bad_file(tmp_path: Path, content: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    try:
        said = read_value(file, Temperament)[0].id
    except BadFile as problem:
        said = problem.message.removeprefix(str(file))[:1]
    assert said in ("mine", ":")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_or_a_bad_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(content)
    with pytest.raises(BadFile):
        read_value(file, Temperament)
