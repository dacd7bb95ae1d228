"""Everything that can go wrong for a user, in one tree.

    RoleplayError               exit 1   a check failed
    ├── UsageProblem            exit 2   wrong words on the command line, or a call that cannot be done
    │   ├── BadFile             exit 2   a YAML, JSON or report file with problems, all listed at once
    │   ├── NewerStore          exit 2   records written by a newer program
    │   └── CallInUse           exit 2   another window has this very call open
    ├── ServiceUnavailable      exit 3   a model, the disk or another service is not there
    └── NothingToTest           exit 5   a test run that found no case

A message says what failed and where; `next_step` says what to do about it. Only the edges (cli, tui) print.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a script may rely on."""

    OK = 0
    CHECK_FAILED = 1
    USAGE = 2
    UNAVAILABLE = 3
    NOTHING_TO_TEST = 5
    INTERRUPTED = 130


class RoleplayError(Exception):
    """Anything this program says to a user instead of a traceback."""

    exit_code = ExitCode.CHECK_FAILED

    def __init__(self, message: str, next_step: str = "") -> None:
        """Keep what failed (`message`, with its place) apart from what to do next (`next_step`)."""
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        """Both parts, the next step on its own line."""
        return f"{self.message}\n{self.next_step}" if self.next_step else self.message


class UsageProblem(RoleplayError):
    """The request cannot be understood or carried out as given."""

    exit_code = ExitCode.USAGE


class BadFile(UsageProblem):
    """A file with problems; the message lists all of them, one a line, as `file:line: path: what is wrong`."""


class NewerStore(UsageProblem):
    """The records were written by a newer roleplay."""


class CallInUse(UsageProblem):
    """Another process has this very call open."""


class ServiceUnavailable(RoleplayError):
    """A model, the disk or another service cannot be used now."""

    exit_code = ExitCode.UNAVAILABLE


class NothingToTest(RoleplayError):
    """A test run found no case."""

    exit_code = ExitCode.NOTHING_TO_TEST
