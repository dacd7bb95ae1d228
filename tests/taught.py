"""What `rubrics/customer-care.yaml` learnt from the graded replies in `rubrics/graded/`.

python -m tests.taught HOME           learns anew, writes the array and prints the lines of the rubric's `fit:`
python -m tests.taught HOME --check   fails if the array that is there says something else

The replies were written and graded by this rubric's authors, so agreement with them is no agreement with graders.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from itertools import chain
from pathlib import Path

import numpy as np

from roleplay.embedding import Embedder, open_embedder
from roleplay.library.folder import Library, builtin_folder
from roleplay.library.transcripts import read_labelled
from roleplay.rubric import Rubric
from roleplay.scoring.graded.head import Shape, from_bytes, to_bytes
from roleplay.scoring.graded.learning import Learned, learn
from roleplay.scoring.graded.teaching import graded_calls
from roleplay.scoring.graded.views import REPLY_VIEWS
from roleplay.transcript import Transcript

RUBRIC = "customer-care"
SHAPE = Shape(REPLY_VIEWS, width=0.5, ridge=3.0, situation=0.5)
EXAMPLES = 400
CLOSE = 0.05
"""Points by which a sum may differ on another machine."""


def graded_replies(rubric: Rubric) -> list[Transcript]:
    """All of them, in the order of the files."""
    files = sorted((builtin_folder() / "rubrics" / "graded").glob("*.jsonl"))
    read = (read_labelled(file.open("rb"), file.name, rubric.measures) for file in files)
    return list(chain.from_iterable(read))


def taught(library: Library, embedder: Embedder) -> Learned:
    """Learns from the graded replies."""
    rubric = library.rubric(RUBRIC).plain
    calls = graded_calls(
        graded_replies(rubric), rubric, embedder, tuple(rubric.weights), customer=False, group=_context
    )
    return learn(
        calls.graded,
        [SHAPE],
        reads_customer=False,
        by_graders=False,
        examples=calls.examples(EXAMPLES),
    )


def _context(transcript: Transcript) -> str:
    """Replies to one context differ in the last letter of their id."""
    return transcript.id.rsplit("-", 1)[0] if transcript.id[-2:-1] == "-" else transcript.id


def main() -> None:
    """Learns, and writes or checks."""
    library = Library.open()
    embedder = open_embedder("all-minilm-l6-v2", Path(sys.argv[1]), print)
    learned = taught(library, embedder)
    file = builtin_folder() / "rubrics" / f"{RUBRIC}.npz"
    if "--check" in sys.argv:
        kept = from_bytes(file.read_bytes())[0]
        slopes = np.array([grade.slope for grade in kept.grades])
        ours = np.abs(learned.head.weights * [grade.slope for grade in learned.head.grades]).sum(0)
        theirs = np.abs(kept.weights * slopes).sum(0)
        same = kept.landmarks.shape == learned.head.landmarks.shape and np.abs(ours / theirs - 1).max() < CLOSE
        sys.exit(0 if same else "rubrics/customer-care.npz is out of date: run `python -m tests.taught HOME`")
    data = to_bytes([learned.head])
    file.write_bytes(data)
    print("fit:")
    print(f"  array: {file.name}")
    print(f"  sha256: {sha256(data).hexdigest()}")
    print(f"  embedder: {embedder.fingerprint}")
    print("  graded_by: authors")
    print(f"  calls: {len(learned.unseen)}")


if __name__ == "__main__":
    main()
