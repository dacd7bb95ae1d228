"""A thousand cases against the bundled rubric, as whole processes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from roleplay.library.folder import Library, builtin_folder
from tests.benchmarks.recorded import BARE_NUMPY, REPLIES, cold_beside_bare, fresh_home, spoken
from tests.benchmarks.sidebyside import code, side_by_side

HEAVY = """
import sys
sys.argv = ["roleplay", "test", {file!r}, "-q"]
from roleplay.cli import cli
cli.main(standalone_mode=False)
print(sorted({{"torch", "sentence_transformers", "onnxruntime", "tokenizers"}} & set(sys.modules)) or "none")
"""


def report(home: Path) -> None:
    """Prints a line for each figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = _cases()
        file, first = folder / "cases.jsonl", folder / "first.jsonl"
        file.write_text("".join(rows), encoding="utf-8")
        first.write_text(rows[0], encoding="utf-8")
        texts = sorted({text for row in rows for text in spoken(json.loads(row)["turns"][-1]["text"])})
        mine, ratio, peak = cold_beside_bare(folder, home, texts, _test(first), _test(file))
        criteria = len(json.loads(rows[0])["expect"]["criteria"])
        print(
            f"testing {REPLIES} replies cold   {mine:.1f} s, {ratio:.2f} times sentence-transformers on the same "
            f"{len(texts)} sentences (goal .4), {criteria} criteria each, {peak:.0f} MiB"
        )
        _warm(folder, home, file)


def _cases() -> list[str]:
    """A thousand different replies from the graded ones, each held against every criterion; all of them hold."""
    texts = []
    for file in sorted((builtin_folder() / "rubrics" / "graded").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            turns = json.loads(line)["turns"]
            if len(turns) == 2:
                texts.append((turns[0]["text"], turns[1]["text"]))
    criteria = [one.id for one in Library.open().rubric("customer-care").criteria]
    return [
        json.dumps(
            {
                "id": f"r{at}",
                "rubric": "customer-care",
                "turns": [{"speaker": "customer", "text": customer}, {"speaker": "trainee", "text": reply}],
                "expect": {"criteria": dict.fromkeys(criteria, "shown")},
                "known_failure": "nobody shows everything",
            }
        )
        + "\n"
        for at, (customer, reply) in enumerate(list(dict.fromkeys(texts))[:REPLIES])
    ]


def _test(file: Path) -> list[str]:
    return [sys.executable, "-m", "roleplay", "test", str(file), "-q"]


def _warm(folder: Path, home: Path, file: Path) -> None:
    fresh = {"ROLEPLAY_HOME": str(fresh_home(folder, home, "warm"))}
    bare = code(BARE_NUMPY.format(cache=str(folder / "warm" / "cache" / "vectors-1.sqlite")))
    loaded = subprocess.run(
        code(HEAVY.format(file=str(file))), env={**fresh}, capture_output=True, text=True, check=True
    )
    ours, theirs = side_by_side(_test(file), bare, fresh, 5)
    again = subprocess.run(
        code(HEAVY.format(file=str(file))), env={**fresh}, capture_output=True, text=True, check=True
    )
    print(
        f"the same from the cache        {ours.middle:.2f} s (goal 1), {ours.middle / theirs.middle:.1f} times a bare "
        f"numpy script over the vectors, {ours.peak_mib:.0f} MiB, loaded: {again.stdout.splitlines()[-1]} "
        f"(first: {loaded.stdout.splitlines()[-1]})"
    )
