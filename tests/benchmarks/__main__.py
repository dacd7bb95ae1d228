"""`python -m tests.benchmarks HOME`: what is quick, and how quick beside the barest program that does the same."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median

from roleplay.embedding.minilm import OnnxMiniLM, minilm_folder
from roleplay.embedding.prepare import prepare
from roleplay.library.folder import Library
from roleplay.scoring.sense import Sense
from roleplay.scoring.sentences import sentences, windows
from tests.benchmarks import programme, recorded, records, suite, terminal
from tests.benchmarks.sidebyside import alone, code, side_by_side

PERSONA = "water-bill"
HELLO_WORLD = """
import os
from textual.app import App, ComposeResult
from textual.widgets import Label
class Hello(App):
    def compose(self) -> ComposeResult:
        yield Label("Hello, world")
    def on_ready(self) -> None:
        self.call_after_refresh(os._exit, 0)
Hello().run(headless=True)
"""
FIRST_FRAME = """
import os
from functools import partial
from roleplay import premises
from roleplay.tui.app import RoleplayApp
RoleplayApp.on_ready = lambda self: self.call_after_refresh(os._exit, 0)
RoleplayApp(partial(premises.open_switchboard, None)).run(headless=True)
"""
ONE_CALL = """
import subprocess, sys
from pathlib import Path
from roleplay.library.folder import Library
lines = Library.open().rehearsal({persona!r}).plainest("competent")
sys.stdin = open({replies!r}, "w+", encoding="utf-8")
sys.stdin.write(chr(10).join(lines) + chr(10))
sys.stdin.seek(0)
sys.argv = ["roleplay", "practice", {persona!r}, "--plain", "--seed", "1"]
from roleplay.cli import cli
cli.main(standalone_mode=False)
heavy = sorted({{"torch", "sentence_transformers", "onnxruntime"}} & set(sys.modules))
Path({report!r}).write_text(", ".join(heavy) or "none")
"""


def main() -> None:
    """Prints a line for each figure."""
    home = Path(sys.argv[1])
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the program's own start sets it, before numpy is loaded
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}")
    print(", ".join(f"{name} {version(name)}" for name in ("roleplay", "textual", "click", "onnxruntime", "numpy")))
    _help()
    _first_frame(home)
    _calls(home)
    _scoring(home)
    recorded.report(home)
    suite.report(home)
    terminal.report(home)
    records.report(home)
    programme.report(home)


def _help() -> None:
    ours, bare = side_by_side([sys.executable, "-m", "roleplay", "--help"], code("import click"), {})
    print(
        f"roleplay --help            {ours.middle:.3f} s, {ours.middle / bare.middle:.2f} times `import click` (goal 2)"
    )


def _first_frame(home: Path) -> None:
    ours, bare = side_by_side(code(FIRST_FRAME), code(HELLO_WORLD), {"ROLEPLAY_HOME": str(home)})
    print(
        f"first frame                {ours.middle:.3f} s, {ours.middle / bare.middle:.2f} times hello-world (goal 1.5)"
    )


def _calls(home: Path) -> None:
    """A whole call: with new texts, and again with every text cached."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "home"
        (fresh / "cache").mkdir(parents=True)
        for file in (home / "cache").glob("all-minilm*"):
            (fresh / "cache" / file.name).symlink_to(file)
        report = Path(folder) / "heavy.txt"
        program = code(ONE_CALL.format(persona=PERSONA, replies=str(Path(folder) / "in.txt"), report=str(report)))
        for name, runs in (("first call, nothing cached", 1), ("call, all texts cached", 3)):
            side = alone(program, {"ROLEPLAY_HOME": str(fresh)}, runs)
            loaded = report.read_text(encoding="utf-8")
            print(f"{name:26} {side.middle:.2f} s, {side.peak_mib:.0f} MiB (goal 300), loaded: {loaded}")


def _scoring(home: Path) -> None:
    """Reading a reply beside the bare embedding of the same texts, in one process, with nothing cached."""
    library = Library.open()
    persona = library.persona(PERSONA)
    rubric = library.rubric(persona.rubric)
    model = OnnxMiniLM(prepare(home / "cache", print), minilm_folder())
    sense = Sense.for_call(persona, rubric, model)
    lines = library.rehearsal(PERSONA)
    assert lines is not None
    replies = [line for run in lines.runs for line in lines.everything(run) if not line.startswith("/")]
    sense.read(replies[0], customer_name=persona.name)
    read, bare, alone_seconds = [], [], []
    for _ in range(3):
        for reply in replies:
            pieces = sentences(reply, "en")
            read.append(_seconds(partial(sense.read, reply, customer_name=persona.name)))
            bare.append(_seconds(partial(model.embed, (*pieces, *windows(pieces)))))
            alone_seconds.append(_seconds(partial(model.embed, pieces)))
    print(
        f"reading a reply            {1000 * median(read):.1f} ms, {sum(read) / sum(bare):.2f} times the bare "
        f"embedding of its texts (goal 1.3), {sum(read) / sum(alone_seconds):.2f} times its sentences alone (goal 3)"
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
