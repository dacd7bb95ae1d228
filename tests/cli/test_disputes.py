"""`/dispute` and `/praise` in a call, and `roleplay rubric disputes` after it, as scripts and trainers see them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from roleplay.library.folder import builtin_folder
from tests.cli.conftest import Roleplay, environment
from tests.session.builders import timeless

CALL = ("practice", "moving-house", "--plain", "--seed", "5")
REPLIES = "Good morning.\nThat is not my department.\n"
DISPUTED = "/dispute 1 greets_and_asks because I did greet her\n/praise 1 it was warm name: Ana Kovač\n"
PTY_SECONDS = 60

pytestmark = pytest.mark.usefixtures("warm")


def disputed(roleplay: Roleplay) -> str:
    """A call with one dispute (1) and one line to be proud of (2); gives its id."""
    assert roleplay(*CALL, typed=f"{REPLIES}{DISPUTED}/end\n").code == 0
    return roleplay("history").out.split()[0]


def listed(roleplay: Roleplay, *more: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(roleplay("rubric", "disputes", "--json", *more).out)["disputes"]
    return found


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A house library with a copy of the bundled rubric."""
    folder = tmp_path / "house" / "rubrics"
    folder.mkdir(parents=True)
    for ending in ("yaml", "npz"):
        shutil.copy(builtin_folder() / "rubrics" / f"customer-care.{ending}", folder)
    return folder.parent


def test_a_dispute_in_a_call_is_noted_and_changes_no_word_no_score_and_no_turn(
    roleplay: Roleplay, tmp_path: Path
) -> None:
    plain = roleplay(*CALL, "--report", tmp_path / "a.json", typed=f"{REPLIES}/end\n")
    ran = roleplay(*CALL, "--report", tmp_path / "b.json", typed=f"{REPLIES}/DISPUTE\n{DISPUTED}/end\n")
    assert (ran.code, ran.tidy) == (0, True)
    assert "Noted for your trainer, of your reply 2:" in ran.err
    assert "Your score stays as it is" in ran.err
    assert "With your name: Ana Kovač." in ran.err
    reports = [timeless(json.loads((tmp_path / name).read_text(encoding="utf-8"))) for name in ("a.json", "b.json")]
    assert reports[0] == reports[1]
    assert ran.out.startswith(plain.out.rstrip())
    assert "What you told your trainer" in ran.out
    assert "What you told your trainer" not in plain.out


def test_in_a_pipe_nothing_is_waited_for_after_the_end(roleplay: Roleplay) -> None:
    ran = roleplay(*CALL, typed=f"{REPLIES}/end\n/dispute 1 owns_it\n")
    assert ran.code == 0
    assert listed(roleplay) == []


def test_help_names_both(roleplay: Roleplay) -> None:
    said = roleplay(*CALL, typed="/help\n/end\n").err
    assert "/dispute [N] [CRITERION] [WHY]" in said
    assert "/praise [N]" in said


def test_in_a_pipe_the_trainer_is_shown_all_and_asked_nothing(roleplay: Roleplay) -> None:
    disputed(roleplay)
    ran = roleplay("rubric", "disputes", typed="a\na\n")
    assert (ran.code, ran.tidy) == (0, True)
    for words in (
        "1  greets_and_asks should be shown",
        "   customer: Good morning, Halina",
        "   trainee:  Good morning.",
        "   seen:     not shown (-",
        "nearest counterexample: “",
        "   why:      I did greet her",
        "2  proud of this line",
        "   name:     Ana Kovač",
    ):
        assert words in ran.out
    assert "--accept NUMBER" in ran.err
    assert [one["answer"] for one in listed(roleplay)] == [None, None]


def test_nothing_open_is_exit_0_with_an_empty_stdout(roleplay: Roleplay) -> None:
    ran = roleplay("rubric", "disputes")
    assert (ran.code, ran.out) == (0, "")
    assert "Nothing is open" in ran.err


def test_an_accepted_dispute_is_a_case_that_runs_and_fails_until_the_rubric_is_mended(
    roleplay: Roleplay, tmp_path: Path
) -> None:
    disputed(roleplay)
    file = tmp_path / "cases" / "disputes.yaml"
    ran = roleplay("rubric", "disputes", "--accept", "1", "--to", file)
    assert (ran.code, ran.out) == (0, "")
    assert "fails until the rubric is mended" in ran.err
    tested = roleplay("test", file)
    assert tested.code == 1
    assert "wanted shown, got not shown" in tested.out
    assert roleplay("rubric", "disputes", "--accept", "1", "--to", file).code == 2
    assert [one["number"] for one in listed(roleplay)] == [2]
    assert [one["number"] for one in listed(roleplay, "--all")] == [1, 2]


def test_the_trainer_may_say_which_verdict_is_right_and_that_it_is_known_to_fail(
    roleplay: Roleplay, tmp_path: Path
) -> None:
    disputed(roleplay)
    file = tmp_path / "disputes.yaml"
    assert roleplay("rubric", "disputes", "--accept", "1", "--verdict", "not_shown", "--to", file).code == 0
    assert roleplay("test", file).code == 0
    disputed(roleplay)
    assert roleplay("rubric", "disputes", "--accept", "3", "--known-failure", "in May", "--to", file).code == 0
    tested = roleplay("test", file)
    assert tested.code == 0
    assert "1 known to fail" in tested.out


def test_a_decline_wants_a_reason_and_the_trainee_reads_it(roleplay: Roleplay, tmp_path: Path) -> None:
    call = disputed(roleplay)
    assert roleplay("rubric", "disputes", "--decline", "1").code == 2
    assert roleplay("rubric", "disputes", "--decline", "1", "--reason", "A greeting also asks.").code == 0
    roleplay("rubric", "disputes", "--accept", "2", "--to", tmp_path / "none.yaml")
    told = roleplay("history")
    assert f"Your trainer has answered: roleplay history {call}" in told.err
    one = roleplay("history", call)
    assert one.code == 0
    assert "declined: A greeting also asks." in " ".join(one.out.split())
    assert "noted for your trainer" in one.out
    assert "has answered" not in roleplay("history").err


def test_an_accepted_line_is_an_example_of_the_house_rubric_with_its_name(roleplay: Roleplay, own: Path) -> None:
    call = disputed(roleplay)
    command = ("--library", own, "rubric", "disputes", "--accept", "2")
    assert roleplay(*command).code == 2  # it names no criterion
    ran = roleplay(*command, "--criterion", "greets_and_asks", "--line", "Good morning, what brings you here?")
    assert ran.code == 0
    text = (own / "rubrics" / "customer-care.yaml").read_text(encoding="utf-8")
    assert '      - "Good morning, what brings you here?"  # said by Ana Kovač\n' in text
    assert roleplay("--library", own, "rubric", "check", "customer-care").code == 0
    assert "accepted: an example now" in roleplay("history", call).out


def test_what_cannot_be_accepted_is_exit_2_and_stays_open(roleplay: Roleplay, own: Path, tmp_path: Path) -> None:
    disputed(roleplay)
    rubric = own / "rubrics" / "customer-care.yaml"
    broken = tmp_path / "broken.yaml"
    broken.write_text("cases: [\n", encoding="utf-8")
    for words in (
        ("--accept", "1"),
        ("--accept", "7", "--to", tmp_path / "x.yaml"),
        ("--accept", "1", "--to", rubric),
        ("--accept", "1", "--to", broken),
        ("--accept", "1", "--criterion", "owns_it", "--to", tmp_path / "x.yaml"),
        ("--accept", "2", "--to", tmp_path / "x.yaml"),
        ("--accept", "2", "--verdict", "shown", "--to", rubric),
        ("--accept", "2", "--criterion", "owns_it", "--to", builtin_folder() / "rubrics" / "customer-care.yaml"),
        ("--accept", "1", "--decline", "1"),
    ):
        ran = roleplay("rubric", "disputes", *words)
        assert (ran.code, ran.tidy, ran.out) == (2, True, ""), words
    assert not (tmp_path / "x.yaml").exists()
    assert broken.read_text(encoding="utf-8") == "cases: [\n"
    assert [one["answer"] for one in listed(roleplay)] == [None, None]


def test_a_place_that_cannot_be_written_is_exit_3_and_the_dispute_stays_open(
    roleplay: Roleplay, tmp_path: Path
) -> None:
    disputed(roleplay)
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = roleplay("rubric", "disputes", "--accept", "1", "--to", tmp_path / "file" / "x.yaml")
    assert (ran.code, ran.tidy) == (3, True)
    assert len(listed(roleplay)) == 2


def test_erase_takes_the_disputes_along(roleplay: Roleplay, warm: Path) -> None:
    disputed(roleplay)
    (warm / "cache").unlink()  # a link to the shared one
    assert roleplay("erase", "--yes").code == 0
    assert listed(roleplay) == []


# On a terminal


class Terminal:
    """The command in a terminal of its own; nothing waits longer than a minute."""

    def __init__(self, *words: str | Path) -> None:
        import pty  # noqa: PLC0415 - not on Windows

        self._seen = ""
        self._until = time.monotonic() + PTY_SECONDS
        self._pid, self._screen = pty.fork()
        if self._pid == 0:
            os.execve(  # noqa: S606 - no shell
                sys.executable,
                [sys.executable, "-m", "roleplay", *map(str, words)],
                environment(TERM="dumb", COLUMNS="200"),
            )

    def wait_for(self, text: str) -> str:
        """Reads until `text` is there; gives what came before it."""
        while text not in self._seen:
            self._read()
        before, self._seen = self._seen.split(text, 1)
        return before

    def type(self, line: str) -> None:
        os.write(self._screen, f"{line}\n".encode())

    def end(self) -> int:
        """The exit code."""
        try:
            while True:
                self._read()
        except OSError:  # the other end is gone
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def kill(self) -> None:
        try:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self._screen)

    def _read(self) -> None:
        import select  # noqa: PLC0415 - as above

        ready, _, _ = select.select([self._screen], [], [], max(self._until - time.monotonic(), 0))
        assert ready, f"nothing came any more after: {self._seen[-300:]}"
        data = os.read(self._screen, 4096)
        if not data:
            raise OSError
        self._seen += data.decode("utf-8", "replace").replace("\r\n", "\n")


ON_UNIX = pytest.mark.skipif(sys.platform == "win32", reason="no pty there")


@ON_UNIX
@pytest.mark.slow
def test_on_a_terminal_the_trainer_decides_on_each(roleplay: Roleplay, own: Path, tmp_path: Path) -> None:
    call = disputed(roleplay)
    roleplay(*CALL, typed=f"{REPLIES}/dispute 2 no_dead_end\n/dispute 1 owns_it\n/end\n")
    file = tmp_path / "cases.yaml"
    terminal = Terminal("--library", own, "rubric", "disputes", "--to", file)
    try:
        terminal.wait_for("greets_and_asks should be shown")
        terminal.wait_for("stop (q)? ")
        terminal.type("d")
        terminal.wait_for("(the trainee reads it)? ")
        terminal.type("")  # no reason: asked again
        terminal.wait_for("declined with a reason")
        terminal.wait_for("stop (q)? ")
        terminal.type("d")
        terminal.wait_for("(the trainee reads it)? ")
        terminal.type("A greeting also asks.")
        terminal.wait_for("proud of this line")
        terminal.wait_for("stop (q)? ")
        terminal.type("a")  # names no criterion: said, and asked again
        terminal.wait_for("names no criterion")
        terminal.wait_for("stop (q)? ")
        terminal.type("")
        terminal.wait_for("no_dead_end should be shown")
        terminal.wait_for("stop (q)? ")
        terminal.type("a")
        terminal.wait_for("Accepted 3")
        terminal.wait_for("owns_it should be")
        terminal.wait_for("stop (q)? ")
        terminal.type("q")
        assert terminal.end() == 0
    finally:
        terminal.kill()
    assert [one["number"] for one in listed(roleplay)] == [2, 4]
    assert "no_dead_end: shown" in file.read_text(encoding="utf-8")
    assert "A greeting also asks." in " ".join(roleplay("history", call).out.split())


@ON_UNIX
@pytest.mark.slow
def test_ctrl_c_at_a_question_is_exit_130_and_what_was_decided_stays(roleplay: Roleplay) -> None:
    disputed(roleplay)
    terminal = Terminal("rubric", "disputes")
    try:
        terminal.wait_for("stop (q)? ")
        terminal.type("d")
        terminal.wait_for("(the trainee reads it)? ")
        terminal.type("No.")
        terminal.wait_for("proud of this line")
        terminal.wait_for("stop (q)? ")
        terminal.type("\x03")
        assert terminal.end() == 130
    finally:
        terminal.kill()
    assert [one["number"] for one in listed(roleplay)] == [2]


@ON_UNIX
@pytest.mark.slow
def test_on_a_terminal_the_debrief_can_be_answered_and_an_empty_line_leaves(roleplay: Roleplay) -> None:
    terminal = Terminal(*CALL)
    try:
        terminal.wait_for("Halina Nowak: ")
        terminal.type("Good morning.")
        terminal.wait_for("Halina Nowak: ")
        terminal.type("/end")
        terminal.wait_for("What went well?")
        terminal.type("The greeting.")
        terminal.wait_for("What would you say differently?")
        terminal.type("")
        terminal.wait_for("What went well, you said: The greeting.")
        terminal.wait_for("An empty line leaves.")
        terminal.type("/dispute 1 greets_and_asks I did")
        terminal.wait_for("Noted for your trainer")
        terminal.type("what now")
        terminal.wait_for("An empty line leaves.")
        terminal.type("")
        assert terminal.end() == 0
    finally:
        terminal.kill()
    assert [one["why"] for one in listed(roleplay)] == ["I did"]
