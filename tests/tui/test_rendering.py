"""Whatever a text holds, it is shown as text and breaks no layout: on every screen, from every source."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from roleplay.embedding import CACHE_FOLDER
from roleplay.library.folder import Library
from roleplay.session.clock import real_surroundings
from roleplay.session.opening import Choices, Switchboard
from roleplay.store.records import Records
from roleplay.tui.app import RoleplayApp
from tests.tui.conftest import SIZES, WordHash, text_of, until
from tests.tui.playing import say, to_brief, to_call, to_debrief, to_home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

REPOSITORY = Path(__file__).parents[2]
HOSTILE = {
    "escape": ("\\e[2J\\e[31;7;42mred\\e]0;PWNED\\a now", "red now"),
    "c1": ("a\\x9b31mb\\x85c", "ab"),
    "markup": ("[/x] [bold red]b[/] [@click=app.quit]c", "[/x] [bold red]b[/] [@click=app.quit]c"),
    "right_to_left": ("שלום עולם abc \\u202egnp.exe", "שלום"),
    "emoji": ("👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 ok", "ok"),
    "cjk": ("我的包裹在哪里 ok", "我的包裹在哪里"),
    "zero_width": ("ze\\u200bro\\u2060wi\\ufeffdth", "zerowidth"),
    "combining": ("Z̸̢̛a̷l̶g̵o̴ ok", "ok"),
    "tabs": ("a\\tb ok", "a b ok"),
    "long_word": ("x" * 300, "xxxxx"),
    "surrogate": ("\\U0001F9D1\\u200D\\U0001F4BB ok", "ok"),
}
"""By name, the text as YAML between double quotes writes it, and what must be readable of it."""
PERSONA = "moving-house"


def spoiled(house: Path, text: str) -> None:
    """Puts the text into every place of a persona file that is shown."""
    file = house / "personas" / f"{PERSONA}.yaml"
    content = file.read_text(encoding="utf-8")
    short = text if len(text) < 60 else text[:40]
    for pattern, line in (
        (r"^name: .*\n", f'name: "Ana {short}"\n'),
        (r"^company: .*\n", f'company: "Co {short}"\n'),
        (r"^brief: .*\n(?:[ \t]+.*\n|\n)*", f'brief: "Brief {text}"\n'),
    ):
        content, count = re.subn(pattern, lambda _, line=line: line, content, count=1, flags=re.MULTILINE)  # type: ignore[misc]
        assert count == 1, pattern
    file.write_text(content, encoding="utf-8")


def whole(app: RoleplayApp) -> str:
    """The screen, after making sure that every row is as wide as the terminal and holds no control character."""
    for strip in app.screen._compositor.render_strips():  # noqa: SLF001 - as in `text_of`
        assert strip.cell_length == app.size.width, strip.text
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", strip.text), repr(strip.text)
    return text_of(app)


@pytest.fixture(params=HOSTILE, ids=str)
def hostile(request: pytest.FixtureRequest, house: Path, tmp_path: Path) -> tuple[RoleplayApp, str, str]:
    """An app whose customer, and whose trainee, use that text; the text as it is typed; what must be seen of it."""
    written, readable = HOSTILE[request.param]
    spoiled(house, written)
    home = tmp_path / "home"
    board = Switchboard(Library((house,)), Records(home), home, real_surroundings(), print, lambda *_: WordHash())
    typed = str(yaml.safe_load(f'"{written}"'))
    app = RoleplayApp(lambda _: board, lambda persona: Choices(persona, seed=1))
    return app, typed, readable


@pytest.mark.parametrize("size", SIZES[:2])
async def test_every_screen_shows_it_as_text(hostile: tuple[RoleplayApp, str, str], size: tuple[int, int]) -> None:
    app, typed, readable = hostile
    async with app.run_test(size=size) as pilot:
        await to_home(app, pilot)
        whole(app)
        await to_brief(app, pilot, PERSONA)
        await pilot.pause(0.1)
        shown = whole(app)
        assert readable.split()[0][:5] in shown, "in the brief"
        await _through_the_call(app, pilot, typed)


async def _through_the_call(app: RoleplayApp, pilot: Pilot[None], typed: str) -> None:
    await pilot.press("enter")
    await say(app, pilot, f"Good morning, {typed}")
    await pilot.pause(0.1)
    whole(app)
    for key in ("f2", "f3", "f4", "f6"):
        await pilot.press(key)
        await pilot.pause()
        whole(app)
        await pilot.press("escape") if key != "f4" else await pilot.pause()
    await to_debrief(app, pilot)
    whole(app)
    await pilot.press("b")
    await pilot.pause()
    whole(app)
    await pilot.press("escape", "escape")
    await until(pilot, lambda: len(app.screen_stack) == 1)
    await pilot.press("h")
    await until(pilot, lambda: len(app.screen_stack) == 2)
    await pilot.pause(0.1)
    whole(app)


async def test_a_resize_at_any_moment_keeps_the_words_and_the_layout(app: RoleplayApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_home(app, pilot)
        await _resized(app, pilot)
        await to_call(app, pilot)
        app.screen.query_one("#reply").text = "half a reply"  # type: ignore[attr-defined] # a text area
        await _resized(app, pilot)
        assert app.screen.query_one("#reply").text == "half a reply"  # type: ignore[attr-defined] # as above
        await to_debrief(app, pilot)
        await _resized(app, pilot)


async def _resized(app: RoleplayApp, pilot: Pilot[None]) -> None:
    for size in ((40, 10), (80, 24), (20, 5), (200, 60), (120, 36)):
        await pilot.resize_terminal(*size)
        await until(pilot, lambda size=size: (app.size.width, app.size.height) == size)  # type: ignore[misc]
        await pilot.pause(0.05)
        whole(app)


@pytest.fixture
def raw(house: Path, home: Path, prepared: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The app in a terminal whose bytes we read, with a customer who is full of escape sequences."""
    spoiled(house, HOSTILE["escape"][0])
    home.mkdir(exist_ok=True)
    (home / CACHE_FOLDER).symlink_to(prepared, target_is_directory=True)
    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "ROLEPLAY_HOME": str(home), "TERM": "xterm-256color"}
    process = subprocess.Popen(
        [sys.executable, "-m", "roleplay", "--library", str(house), "practice", PERSONA],
        stdin=theirs, stdout=theirs, stderr=theirs, env=environment | {"LINES": "24", "COLUMNS": "80"},
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    yield ours, process
    process.send_signal(signal.SIGKILL)
    process.wait()
    os.close(ours)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pty there")
def test_no_escape_sequence_of_a_file_or_a_paste_reaches_the_terminal(
    raw: tuple[int, subprocess.Popen[bytes]],
) -> None:
    screen, _ = raw
    seen = _read_until(screen, b"", b"Brief")
    os.write(screen, b"\r")
    seen = _read_until(screen, seen, b"replies")
    os.write(screen, b"\x1b[200~pasted \x1b]0;PWNED\x07\x1b[31;7;42mthing\x1b[201~")
    seen = _read_until(screen, seen, b"thing")
    os.write(screen, b"\r")
    seen = _read_until(screen, seen, b"You \xe2\x96\xb8")
    assert b"\x1b]0;PWNED" not in seen, "as letters in the box it may stand, as an order to the terminal not"
    assert b"\x1b[31;7;42m" not in seen
    assert b"red" in seen, "the text itself is shown"


def _read_until(screen: int, seen: bytes, wanted: bytes) -> bytes:
    until_then = time.monotonic() + 60
    while wanted not in seen:
        ready, _, _ = select.select([screen], [], [], max(until_then - time.monotonic(), 0))
        assert ready, f"{wanted!r} never came, but {seen[-600:]!r}"
        seen += os.read(screen, 65_536)
    return seen
