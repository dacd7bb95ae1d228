"""The app in a real terminal: a call, its debrief, and going on with one whose program was killed."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from roleplay.embedding import CACHE_FOLDER

REPOSITORY = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux"),
]


class Terminal:
    """One window of a tmux server of its own."""

    def __init__(self, socket: Path, environment: dict[str, str]) -> None:
        self._tmux = ["tmux", "-S", str(socket)]
        self._environment = environment

    def opens(self, *command: str) -> None:
        size = ["-x", "120", "-y", "36"]
        self._run("new-session", "-d", *size, shlex.join(command), env=self._environment)

    def keys(self, *keys: str) -> None:
        self._run("send-keys", *keys)

    def types(self, text: str) -> None:
        self._run("send-keys", "-l", text)

    def sees(self, text: str, seconds: float = 90) -> None:
        until = time.monotonic() + seconds
        while text not in (shown := self.shown()):
            if time.monotonic() > until:
                raise AssertionError(f"{text!r} was never shown, but:\n{shown}")
            time.sleep(0.1)

    def shown(self) -> str:
        return " ".join(self._run("capture-pane", "-p").split())

    def killed(self) -> None:
        """As by a power cut: the program has no chance to say goodbye."""
        process = self._run("display-message", "-p", "#{pane_pid}").strip()
        os.kill(int(process), 9)
        self.closed()

    def closed(self) -> None:
        """Waits until the server is gone: a window that is opened too soon would die with it."""
        until = time.monotonic() + 20
        while subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True).returncode == 0:
            assert time.monotonic() < until, "tmux does not go"
            time.sleep(0.05)

    def _run(self, *words: str, env: dict[str, str] | None = None) -> str:
        done = subprocess.run([*self._tmux, *words], check=True, capture_output=True, text=True, env=env, timeout=20)
        return done.stdout


@pytest.fixture
def terminal(home: Path, prepared: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A terminal of 120 by 36 cells, with the sentence model at hand."""
    home.mkdir()
    (home / CACHE_FOLDER).symlink_to(prepared, target_is_directory=True)
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "ROLEPLAY_HOME": str(home), "TERM": "xterm-256color"}
    opened = Terminal(tmp_path / "tmux", environment | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"})
    yield opened
    opened.closed()


def test_a_call_survives_the_death_of_the_program_and_ends_in_a_debrief(terminal: Terminal) -> None:
    app = (sys.executable, "-m", "roleplay")
    terminal.opens(*app)
    terminal.sees("Halina Nowak")
    terminal.keys("Enter")
    terminal.sees("What you know")
    terminal.keys("Enter")
    terminal.sees("0 replies")
    terminal.types("Good morning, what happened?")
    terminal.keys("Enter")
    terminal.sees("1 reply")
    terminal.killed()

    terminal.opens(*app)
    terminal.sees("unfinished call")
    terminal.keys("Enter")
    terminal.sees("Good morning, what happened?")
    terminal.sees("1 reply")
    terminal.keys("F9", "F9")
    terminal.sees("the call is over")
    terminal.keys("Enter")
    terminal.sees("What went well?")
    terminal.types("I asked what happened.")
    terminal.sees("I asked what happened.")
    terminal.keys("Enter", "Enter")
    terminal.sees("Solved at first contact")
    terminal.sees("I asked what happened.")
    terminal.keys("Escape")
    terminal.sees("practise customer conversations")
    terminal.keys("C-q")


def test_history_lists_what_was_held_in_the_terminal(terminal: Terminal) -> None:
    terminal.opens(sys.executable, "-m", "roleplay", "practice", "moving-house")
    terminal.sees("What you know")
    terminal.keys("Enter")
    terminal.sees("0 replies")
    terminal.keys("F9", "F9")
    terminal.sees("the call is over")
    terminal.closed()
    terminal.opens("sh", "-c", f"{shlex.quote(sys.executable)} -m roleplay history; sleep 60")
    terminal.sees("moving-house")
    terminal.sees("unresolved")
