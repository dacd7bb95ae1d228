"""The door: who is let in, under which folder, and what a page of another site cannot do."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st

from roleplay.errors import UsageProblem
from roleplay.serve.guard import Guard, is_local
from roleplay.serve.server import Door, as_one_line
from roleplay.serve.visitor import LONGEST_NAME, visitor

ECHO_SCRIPT = """
import os, struct, sys
out = sys.stdout.buffer
said = "|".join(os.environ[name] for name in ("ROLEPLAY_HOME", "ROLEPLAY_SHARED", "COLUMNS")).encode()
out.write(b"__GANGLION__\\n" + b"D" + struct.pack(">I", len(said)) + said)
out.flush()
sys.stdin.buffer.read(1)
"""
ECHO = [sys.executable, "-c", ECHO_SCRIPT]
"""An app that tells where its records would be."""


@asynccontextmanager
async def opened(house: Path, guard: Guard, command: list[str] = ECHO) -> AsyncIterator[TestClient]:  # type: ignore[type-arg]
    said: list[str] = []
    door = Door(command, guard, 8000, house, said.append)
    async with TestClient(TestServer(await door._make_app(), host="127.0.0.1")) as client:  # noqa: SLF001 - textual-serve's
        assert said, "it says where it is"
        yield client


def here(token: str = "") -> Guard:
    return Guard("127.0.0.1", token)


async def test_the_door_asks_for_a_name_and_says_what_it_is_for(tmp_path: Path) -> None:
    async with opened(tmp_path, here()) as client:
        page = await (await client.get("/")).text()
        assert "Your name" in page
        assert "whoever types the same name sees the same calls" in " ".join(page.split())


async def test_nothing_on_the_pages_comes_from_elsewhere(tmp_path: Path) -> None:
    async with opened(tmp_path, here()) as client:
        for path in ("/", "/?name=Alex"):
            answer = await client.get(path)
            page = await answer.text()
            assert not re.findall(r"(?:src|href)=\"https?:", page)
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


async def test_a_name_that_is_markup_is_text(tmp_path: Path) -> None:
    async with opened(tmp_path, here()) as client:
        page = await (await client.get("/", params={"name": "<script>alert(1)</script>x"})).text()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("name", ["", "   ", "...", "🙂", "x" * (LONGEST_NAME + 1)])
async def test_what_is_no_name_is_asked_again(tmp_path: Path, name: str) -> None:
    async with opened(tmp_path, here()) as client:
        answer = await client.get("/", params={"name": name})
        assert answer.status == 400
        assert 'role="alert"' in await answer.text()


async def test_each_name_has_a_home_and_all_share_the_model(tmp_path: Path) -> None:
    async with opened(tmp_path, here()) as client, client.ws_connect("/app/-/Zoë Müller?width=90&height=30") as socket:
        message = await socket.receive(timeout=20)
        assert message.type is WSMsgType.BINARY
        home, shared, columns = message.data.decode().split("|")
        assert (Path(home), Path(shared), columns) == (tmp_path / "people" / "zoë-müller", tmp_path, "90")


async def test_a_page_of_another_site_is_turned_away(tmp_path: Path) -> None:
    async with opened(tmp_path, here()) as client:
        with pytest.raises(WSServerHandshakeError, match="403"):
            await client.ws_connect("/app/-/Alex", origin="https://elsewhere.example")
        assert (await client.get("/", headers={"Host": "elsewhere.example"})).status == 403


@pytest.mark.parametrize("path", ["/", "/?token=", "/?token=wrong", "/?name=Alex", "/app/wrong/Alex", "/ws"])
async def test_without_the_token_nobody_comes_in_where_others_can_reach_us(tmp_path: Path, path: str) -> None:
    async with opened(tmp_path, Guard("0.0.0.0", "right")) as client:  # noqa: S104 - that is what is tested
        assert (await client.get(path)).status == 403


async def test_with_the_token_the_door_opens_and_passes_it_on(tmp_path: Path) -> None:
    async with opened(tmp_path, Guard("0.0.0.0", "right")) as client:  # noqa: S104 - as above
        assert 'name="token" value="right"' in await (await client.get("/?token=right")).text()
        assert "/app/right/Alex" in await (await client.get("/?token=right&name=Alex")).text()
        async with client.ws_connect("/app/right/Alex") as socket:
            assert (await socket.receive(timeout=20)).type is WSMsgType.BINARY


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("0.0.0.0", False),  # noqa: S104 - that is what is tested
        ("192.168.1.4", False),
        ("pc", False),
    ],
)
def test_only_loopback_is_here(host: str, *, local: bool) -> None:
    assert is_local(host) is local


@given(st.text())
def test_every_name_is_one_plain_folder_or_no_name(typed: str) -> None:
    house = Path("house")
    try:
        home = visitor(typed).home(house)
    except UsageProblem:
        return
    assert home.parent == house / "people"
    assert home.name not in ("", ".", "..")
    assert not set(home.name) & set('/\\:*?"<>|\0')
    assert visitor(typed.upper()).folder == visitor(typed.upper().lower()).folder


@pytest.mark.parametrize("name", ["con", "NUL", "com1"])
def test_names_that_windows_keeps_for_itself_are_folders_all_the_same(name: str) -> None:
    assert visitor(name).folder == f"{name.lower()}-"


def test_the_same_name_is_the_same_person_however_it_is_typed() -> None:
    assert visitor("Zoë  Müller").folder == visitor(" zoë müller ").folder != visitor("Zoe Muller").folder


@pytest.mark.skipif(sys.platform == "win32", reason="the quoting of a POSIX shell")
def test_a_command_with_blanks_reaches_the_shell_whole() -> None:
    assert as_one_line(["/a b/python", "--library", "it's"]) == "'/a b/python' --library 'it'\"'\"'s'"
