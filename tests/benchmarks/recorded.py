"""Scoring recorded calls beside the barest programs that do part of the same work."""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from roleplay.library.folder import builtin_folder
from roleplay.scoring.sentences import sentences, without_filler
from tests.benchmarks.sidebyside import Side, alone, code, side_by_side

REPLIES = 1000
MANY = 100_000
BARE_MODEL = """
import json, sys
import torch
from sentence_transformers import SentenceTransformer
torch.set_num_threads({threads})
texts = json.load(open({texts!r}, encoding="utf-8"))
SentenceTransformer({folder!r}, device="cpu").encode(texts, batch_size=32, normalize_embeddings=True)
"""
BARE_NUMPY = """
import sqlite3
import numpy as np
rows = sqlite3.connect({cache!r}).execute("SELECT numbers FROM vector").fetchall()
vectors = np.frombuffer(b"".join(row[0] for row in rows), dtype="<f4").reshape(len(rows), -1)
(vectors @ vectors.T).max()
"""


def report(home: Path) -> None:
    """Prints a line for each figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        calls = folder / "calls.jsonl"
        rows = list(itertools.islice(_calls(), REPLIES))
        calls.write_text("".join(rows), encoding="utf-8")
        _cold(folder, home, calls, rows)
        _warm(folder, home, calls)
        _memory(folder, home, rows)


def _calls() -> Iterator[str]:
    """The graded replies as calls of one reply each, over and over, each time with another id."""
    files = sorted((builtin_folder() / "rubrics" / "graded").glob("*.jsonl"))
    kept = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    single = [one for one in kept if len(one["turns"]) == 2]
    for at in itertools.count():
        one = single[(at * 7) % len(single)]
        yield json.dumps({"id": f"{one['id']}-{at}", "turns": one["turns"]}, ensure_ascii=False) + "\n"


def fresh_home(folder: Path, home: Path, name: str) -> Path:
    """A home with the prepared model and no vectors."""
    fresh = folder / name
    (fresh / "cache").mkdir(parents=True)
    for file in (home / "cache").glob("all-minilm*"):
        (fresh / "cache" / file.name).symlink_to(file)
    return fresh


def _score(calls: Path) -> list[str]:
    return [sys.executable, "-m", "roleplay", "score", str(calls), "--format", "jsonl"]


def _cold(folder: Path, home: Path, calls: Path, rows: list[str]) -> None:
    """Nothing cached but the rubric's own lines; the bare script embeds the same distinct sentences of the calls."""
    texts = sorted({text for row in rows for turn in json.loads(row)["turns"] for text in spoken(turn["text"])})
    one = folder / "one.jsonl"
    one.write_text(rows[0], encoding="utf-8")
    mine, ratio, peak = cold_beside_bare(folder, home, texts, _score(one), _score(calls))
    print(
        f"scoring {REPLIES} replies cold   {mine:.1f} s, {ratio:.2f} times sentence-transformers on the same "
        f"{len(texts)} sentences (goal .4), {peak:.0f} MiB"
    )


def cold_beside_bare(
    folder: Path, home: Path, texts: list[str], first: list[str], command: list[str]
) -> tuple[float, float, float]:
    """Seconds of a command without cached vectors but those of `first`, times the bare embedding of `texts`, MiB."""
    from roleplay.embedding.minilm import default_threads, minilm_folder  # noqa: PLC0415 - the weights' place

    listed = folder / "texts.json"
    listed.write_text(json.dumps(texts), encoding="utf-8")
    bare = code(BARE_MODEL.format(threads=default_threads(), texts=str(listed), folder=str(minilm_folder())))
    ours, theirs = [], []
    for at in range(3):
        fresh = {"ROLEPLAY_HOME": str(fresh_home(folder, home, f"cold-{at}"))}
        alone(first, fresh, 1)
        ours.append(alone(command, fresh, 1))
        theirs.append(alone(bare, {}, 1))
    mine, bares = min(one.middle for one in ours), min(one.middle for one in theirs)
    return mine, mine / bares, max(one.peak_mib for one in ours)


def spoken(text: str) -> list[str]:
    """The sentences of a text as they are embedded."""
    return [without_filler(sentence) for sentence in sentences(text, "en")]


def _warm(folder: Path, home: Path, calls: Path) -> None:
    fresh = {"ROLEPLAY_HOME": str(fresh_home(folder, home, "warm"))}
    alone(_score(calls), fresh, 1)
    bare = code(BARE_NUMPY.format(cache=str(folder / "warm" / "cache" / "vectors-1.sqlite")))
    ours, theirs = side_by_side(_score(calls), bare, fresh, 5)
    print(
        f"the same from the cache        {ours.middle:.2f} s, {ours.middle / theirs.middle:.1f} times a bare numpy "
        f"script over the vectors (goal 4), {ours.peak_mib:.0f} MiB"
    )


def _memory(folder: Path, home: Path, rows: list[str]) -> None:
    fresh = {"ROLEPLAY_HOME": str(fresh_home(folder, home, "many"))}
    few, many = folder / "few.jsonl", folder / "many.jsonl"
    few.write_text("".join(rows), encoding="utf-8")
    with many.open("w", encoding="utf-8") as lines:
        lines.writelines(itertools.islice(_calls(), MANY))
    alone(_score(many), fresh, 1)  # so that no text is new to either
    sides: list[Side] = [alone(_score(file), fresh, 1) for file in (few, many)]
    print(
        f"memory for {REPLIES} and {MANY} calls  {sides[0].peak_mib:.0f} and {sides[1].peak_mib:.0f} MiB, "
        f"{MANY / sides[1].middle:.0f} calls a second"
    )
