"""Recorded calls from JSON lines: what is read, and how a bad line is named."""

from __future__ import annotations

import json

import pytest

from roleplay.errors import BadFile
from roleplay.library.transcripts import BadLine, read_labelled, read_transcripts
from roleplay.transcript import Speaker

GOOD = b'{"id": "a", "turns": [{"speaker": "customer", "text": "Hi"}, {"speaker": "trainee", "text": "Hello"}]}'
KNOWN = ("listening", "overall")


def test_a_call_is_read_with_its_line_and_cleaned() -> None:
    line = json.dumps({"id": 7, "turns": [{"speaker": "trainee", "text": "\x1b[31mRed\u202e", "at": 3}], "more": 1})
    number, call = next(iter(read_transcripts([b"\n", line.encode()])))  # type: ignore[misc] # it is a call
    assert (number, call.id) == (2, "7")
    assert [(turn.speaker, turn.text) for turn in call.turns] == [(Speaker.TRAINEE, "Red")]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "a list; put each call on a line of its own"),
        (b"7", "not an object"),
        (b'{"turns": []}', "id: is missing"),
        (b'{"id": "", "turns": []}', "id: is missing"),
        (b'{"id": "a"}', "turns: is missing"),
        (b'{"id": "a", "turns": [1]}', "turns[0]: not an object"),
        (b'{"id": "a", "turns": [{"speaker": "agent", "text": "x"}]}', '"agent" is neither customer nor trainee'),
        (b'{"id": "a", "turns": [{"speaker": "trainee", "text": 1}]}', "turns[0].text: should be text"),
        (b'{"id": "a", "turns": [], "labels": 1}', "labels: should be numbers by dimension"),
        (b'{"id": "a", "turns": [], "labels": {"listening": NaN}}', "labels.listening: should be a number"),
        (b'{"id": "a", "turns": [], "labels": {"listening": 1' + b"0" * 400 + b"}}", "labels.listening: should be"),
        (b'{"id": "\\u0000", "turns": []}', "id: is missing"),
        (b'{"id": "a", "turns": [], "labels": {"listening": "high"}}', "labels.listening: should be a number"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(line: bytes, what: str) -> None:
    found = list(read_transcripts([GOOD, line, GOOD]))
    bad = found[1]
    assert isinstance(bad, BadLine)
    assert bad.number == 2
    assert what in bad.what
    assert len(found) == 3


def test_several_graders_and_none() -> None:
    line = json.dumps({"id": "a", "turns": [], "labels": {"listening": [0, 0.5, 1], "overall": None}}).encode()
    call = read_labelled([line], "x.jsonl", KNOWN)[0]
    assert call.labels == {"listening": (0.0, 0.5, 1.0)}
    assert call.label("listening") == 0.5
    assert call.label("overall") is None


def test_every_bad_label_is_named_at_once_with_its_line() -> None:
    lines = [
        json.dumps({"id": "a", "turns": [], "labels": {"listning": 0.5}}).encode(),
        GOOD,
        json.dumps({"id": "b", "turns": [], "labels": {"overall": 1.5}}).encode(),
        b"{",
    ]
    with pytest.raises(BadFile) as caught:
        read_labelled(lines, "x.jsonl", KNOWN)
    said = str(caught.value)
    assert "x.jsonl:1: labels: listning is no dimension of this rubric (did you mean listening?)" in said
    assert "x.jsonl:3: labels: overall is 1.5; labels run from 0 to 1" in said
    assert "x.jsonl:4: not JSON" in said


def test_what_is_wrong_is_said_once_and_without_control_characters() -> None:
    line = json.dumps({"id": "a", "turns": [], "labels": {"lis\x1b[31m": 3, "lis\u202e": 3}}).encode()
    with pytest.raises(BadFile) as caught:
        read_labelled([line], "x.jsonl", KNOWN)
    assert str(caught.value).splitlines() == [
        "x.jsonl:1: labels: lis is no dimension of this rubric; there are listening, overall",
        "Mend these lines and try again.",
    ]
