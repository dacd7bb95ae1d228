"""`persona new` and `rubric new`, through the real command: with a terminal and without."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

with contextlib.suppress(ImportError):  # Windows
    import pty

from roleplay.library.folder import Library
from tests.cli.conftest import Ran, Roleplay, environment

ANSWERS = (
    *("Gym!", "gym-cancel", "Denise Okonkwo", "Harbour Street Gym", "gym", "phone"),
    *("You've charged me again: I cancelled.", ""),
    *("99", "furious"),
    *("Denise Okonkwo, member since 2021.", "", ""),
    *("Says that it was the gym's fault.", "You cancelled and we didn't act.", "That's our mistake.", ""),
    *("You need to fill in the form.", "", "", "Did you get my letter?", ""),
    *("",),
    *("It's Okonkwo, member 20931.", "1"),
    *("",),
    *("Thank you. Bye.", "", "own it first", ""),
)
"""What a trainer types, with two slips, in the order of the questions; one step, no facts."""


def written(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.*") if file.is_file()}


def play_as_printed(roleplay: Roleplay, ran: Ran) -> Ran:
    """Runs the command that was printed last."""
    command = ran.out.splitlines()[-1].split()
    assert command[0] == "roleplay"
    return roleplay(*command[1:], typed="Hello.\n/end\n")


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("words", [(), ("--blank",)])
def test_without_a_terminal_a_worked_example_is_written_that_can_be_played(
    roleplay: Roleplay, tmp_path: Path, words: tuple[str, ...]
) -> None:
    house = tmp_path / "house"
    ran = roleplay("persona", "new", "--to", house, *words)
    assert (ran.code, ran.tidy) == (0, True)
    assert ran.out.splitlines()[0] == str(house)
    assert roleplay("--library", house, "persona", "check", "late-bike").out.startswith("late-bike: ok\n")
    text = (house / "personas" / "late-bike.yaml").read_text(encoding="utf-8")
    assert len([line for line in text.splitlines() if "# " in line]) > 20
    played = play_as_printed(roleplay, ran)
    assert (played.code, played.out.startswith("Owen Price: ")) == (0, True)


def test_nothing_is_ever_overwritten(roleplay: Roleplay, tmp_path: Path) -> None:
    house = tmp_path / "house"
    roleplay("persona", "new", "--to", house)
    roleplay("rubric", "new", "--to", house)
    before = written(house)
    for words in (("persona", "new"), ("persona", "new", "--from", "no-thanks", "late-bike"), ("rubric", "new")):
        ran = roleplay(*words, "--to", house)
        assert (ran.code, ran.out, ran.tidy) == (2, "", True), words
        assert "Choose another name" in ran.err
    assert written(house) == before
    assert roleplay("persona", "new", "second-bike", "--to", house).code == 0


def test_the_house_named_before_the_command_is_the_one_written_to(roleplay: Roleplay, tmp_path: Path) -> None:
    ran = roleplay("--library", tmp_path / "our house", "persona", "new", "tyre")
    assert (ran.code, ran.out.splitlines()[0]) == (0, str(tmp_path / "our house"))
    assert f"'{tmp_path / 'our house'}'" in ran.out or f'"{tmp_path / "our house"}"' in ran.out


def test_a_bundled_customer_is_copied_with_their_rehearsal(roleplay: Roleplay, tmp_path: Path) -> None:
    ran = roleplay("persona", "new", "tram", "--from", "season-ticket", "--name", "Ana O'Hara", "--to", tmp_path)
    assert (ran.code, ran.tidy) == (0, True)
    library = Library.open(tmp_path)
    assert library.persona("tram").name == "Ana O'Hara"
    assert library.rehearsal("tram") is not None
    assert roleplay("--library", tmp_path, "persona", "check", "tram").out.startswith("tram: ok\n")


def test_a_rubric_is_written_or_copied_and_can_be_checked(roleplay: Roleplay, tmp_path: Path) -> None:
    assert roleplay("rubric", "new", "ours", "--to", tmp_path).code == 0
    copied = roleplay("rubric", "new", "mine", "--from", "customer-care", "--to", tmp_path)
    assert (copied.code, "rubric fit" in copied.err) == (0, True)
    checked = roleplay("--library", tmp_path, "rubric", "check", "ours", "mine")
    assert (checked.code, checked.out) == (0, "ours: ok\nmine: ok\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("persona", "new", "Late Bike"), "such as late-bike"),
        (("persona", "new", "moving-house"), "built-in"),
        (("persona", "new", "--from", "moving-hose"), "did you mean moving-house"),
        (("persona", "new", "--from", "moving-house", "--blank"), "Give one of them"),
        (("persona", "new", "--from", "moving-house", "--name", "# x: y"), "letters"),
        (("persona", "new", "--draft", "nothing.yaml"), "terminal"),
        (("rubric", "new", "customer-care"), "built-in"),
        (("rubric", "new", "--from", "customer-car"), "did you mean customer-care"),
    ],
)
def test_what_cannot_be_done_is_exit_2_with_the_reason(
    roleplay: Roleplay, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    ran = roleplay(*words, "--to", tmp_path / "house")
    assert (ran.code, ran.out, ran.tidy) == (2, "", True)
    assert said in ran.err
    assert not (tmp_path / "house").exists()


def test_a_file_in_the_place_of_the_folder_is_exit_2(roleplay: Roleplay, tmp_path: Path) -> None:
    (tmp_path / "house").write_text("not a folder")
    ran = roleplay("persona", "new", "--to", tmp_path / "house")
    assert (ran.code, ran.tidy) == (2, True)
    assert "--to DIR" in ran.err


def test_a_folder_that_cannot_be_made_is_exit_3(roleplay: Roleplay, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    ran = roleplay("persona", "new", "--to", tmp_path / "file" / "house")
    assert (ran.code, ran.out, ran.tidy) == (3, "", True)
    assert "--to DIR" in ran.err


ON_ITS_TERMINAL = """
import fcntl, runpy, signal, termios
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests may ignore it
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # ctrl+c comes from here
runpy.run_module("roleplay", run_name="__main__")
"""


class Terminal:
    """The command at a terminal of its own, typed to line by line, each line when it asks."""

    def __init__(self, *words: str | Path) -> None:
        self._ours, theirs = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", ON_ITS_TERMINAL, *map(str, words)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(TERM="dumb"),
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""

    def type(self, lines: Iterable[str]) -> None:
        """Types each line when the prompt stands there."""
        for line in lines:
            self._wait_for_prompt()
            os.write(self._ours, f"{line}\n".encode())

    def press(self, key: bytes) -> None:
        """Presses a key when the prompt stands there; again, as a person would, if nothing comes of it.

        A signal that comes between the prompt and the wait for keys is lost on a busy machine.
        """
        self._wait_for_prompt()
        for _ in range(5):
            begin = len(self.seen)
            os.write(self._ours, key)
            until = time.monotonic() + 5
            while len(self.seen) == begin and time.monotonic() < until:
                if not self._read():
                    return
            if len(self.seen) > begin:
                return

    def code(self) -> int:
        """Waits for the end; the exit code."""
        until = time.monotonic() + 60
        while self._read():
            if time.monotonic() > until:
                self._process.kill()
                raise AssertionError(self.seen)
        os.close(self._ours)
        return self._process.wait(timeout=60)

    def _wait_for_prompt(self) -> None:
        begin = len(self.seen)
        until = time.monotonic() + 60
        while not self.seen[begin:].endswith("> "):
            assert self._read(), self.seen
            assert time.monotonic() < until, self.seen

    def _read(self) -> bool:
        """Takes what has been written; False at the end."""
        try:
            if select.select([self._ours], [], [], 1)[0]:
                text = os.read(self._ours, 65536)
                self.seen += text.decode(errors="replace").replace("\r", "")
                return bool(text)
        except OSError:  # Linux says so when the other end is closed
            return False
        return True


posix = pytest.mark.skipif(sys.platform == "win32", reason="no such terminals there")


@posix
@pytest.mark.usefixtures("warm")
def test_on_a_terminal_a_customer_is_made_by_questions(roleplay: Roleplay, tmp_path: Path) -> None:
    house = tmp_path / "house"
    terminal = Terminal("persona", "new", "--to", house)
    terminal.type(ANSWERS)
    assert terminal.code() == 0, terminal.seen
    assert "such as gym" in terminal.seen
    assert "a number from 1 to" in terminal.seen
    persona = Library.open(house).persona("gym-cancel")
    assert (persona.name, persona.channel, persona.temperament) == ("Denise Okonkwo", "phone", "furious")
    assert [step.what for step in persona.steps] == ["Says that it was the gym's fault."]
    assert [fact.id for fact in persona.facts] == ["who_they_are"]
    assert not list((house / "drafts").iterdir())
    assert terminal.seen.rstrip().endswith(f"roleplay --library {house} practice gym-cancel")
    simulated = json.loads(roleplay("--library", house, "persona", "simulate", "gym-cancel", "--json").out)
    won = {run["trainee"]: run["won"] for run in simulated["runs"]}
    assert won["competent"] == 1
    assert won["lazy"] == 0


@posix
@pytest.mark.parametrize("key", [b"\x03", b"\x04"])
def test_leaving_half_way_is_130_and_the_printed_command_goes_on(tmp_path: Path, key: bytes) -> None:
    house = tmp_path / "house"
    terminal = Terminal("persona", "new", "--to", house)
    terminal.type(ANSWERS[:10])
    terminal.press(key)
    assert terminal.code() == 130
    assert "Traceback" not in terminal.seen
    assert not (house / "personas").exists()
    command = next(line for line in terminal.seen.splitlines() if "--draft" in line).split()
    again = Terminal(*command[1:])
    again.type(ANSWERS[10:])
    assert again.code() == 0, again.seen
    assert Library.open(house).persona("gym-cancel").lines["opening"]["any"] == (ANSWERS[6],)


@posix
def test_leaving_before_the_first_answer_leaves_nothing_behind(tmp_path: Path) -> None:
    terminal = Terminal("persona", "new", "--to", tmp_path / "house")
    terminal.press(b"\x03")
    assert terminal.code() == 130
    assert "kept" not in terminal.seen.split("> ")[-1]
    assert not (tmp_path / "house").exists()


@posix
def test_a_rubric_asks_for_its_name_and_title(tmp_path: Path) -> None:
    terminal = Terminal("rubric", "new", "--to", tmp_path)
    terminal.type(["ours", "How we talk"])
    assert terminal.code() == 0, terminal.seen
    assert Library.open(tmp_path).rubric("ours").title == "How we talk"
