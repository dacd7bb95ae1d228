"""The server: textual-serve behind a door. One process of the app a visitor, each with a home of its own."""

from __future__ import annotations

import asyncio
import os
import shlex
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

import aiohttp_jinja2
from aiohttp import WSCloseCode, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from roleplay.errors import UsageProblem
from roleplay.serve.guard import Guard
from roleplay.serve.visitor import Visitor, visitor

TEMPLATES, PAGE = (Path(__file__).parent / name for name in ("templates", "static"))
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
NOT_FROM_HERE = "This address is not one of ours. Open the address that roleplay printed when it started."
NO_TOKEN = "The address is not complete: it ends in a token. Open the whole address that you were given."  # noqa: S105 - a sentence
OPEN_PATHS = ("/static/", "/page/", "/download/")
"""Styles and scripts tell nobody anything; a download's own name is drawn at random."""
HEADERS = {
    "Referrer-Policy": "no-referrer",  # the address holds the token
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    # Nothing is fetched from anywhere else; the terminal sets its sizes as inline styles.
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; img-src 'self' data:; "
        "frame-ancestors 'none'; form-action 'self'"
    ),
}


LEAVING_SECONDS = 5
"""An app that does not leave by then is ended; its calls are on disk."""


class VisitorsApp(AppService):
    """One visitor's process of the app."""

    def __init__(self, command: str, home: Path, shared: Path, **more: object) -> None:
        """`home`: where this visitor's records are; `shared`: where the sentence model and `config.yaml` are."""
        super().__init__(command, **more)  # type: ignore[arg-type] # as textual-serve passes them
        self._homes = {"ROLEPLAY_HOME": str(home), "ROLEPLAY_SHARED": str(shared)}

    async def stop(self) -> None:
        """Asks the app to leave, and waits until it has."""
        process = self._process
        if process is None:
            return
        try:
            await asyncio.wait_for(super().stop(), LEAVING_SECONDS)
        except TimeoutError:
            process.kill()
        self.stdin.close()
        await process.wait()
        self._process = None

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return super()._build_environment(width, height) | self._homes


class Door(Server):
    """Asks for a name, then leads to the app."""

    def __init__(
        self, command: Sequence[str], guard: Guard, port: int, house: Path, say: Callable[[str], None]
    ) -> None:
        """`house`: the home of who serves; `say` gets a line for who started the server."""
        super().__init__(
            as_one_line(command),
            guard.host,
            port,
            title="roleplay",
            public_url=guard.public_url or None,
            templates_path=TEMPLATES,
        )
        self._guard = guard
        self._house = house
        self._say = say
        self._open: set[web.WebSocketResponse] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        """Apps that were asked to leave; this outlives the page, which may be gone at once."""
        self.was_interrupted = False

    def initialize_logging(self) -> None:
        """Nothing: we say what there is to say."""

    def request_exit(self) -> None:
        """Ends the server."""
        self.was_interrupted = True
        super().request_exit()

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002 - textual-serve's signature
        """Says where it is."""
        address = f"{self.public_url}/" + (f"?{urlencode({'token': self._guard.token})}" if self._guard.token else "")
        self._say(f"Open {address} in a browser. Ctrl+C ends it.")

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002 - textual-serve's signature
        """Closes every page's line, and waits until each app has left."""
        for websocket in tuple(self._open):
            await websocket.close(code=WSCloseCode.GOING_AWAY)
        await asyncio.gather(*self._leaving)

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._at_the_door)
        app.router.add_static("/page", PAGE)
        app.router.add_get("/app/{token}/{name}", self.handle_websocket)
        return app

    @web.middleware
    async def _at_the_door(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Turns away what comes from elsewhere; the page's own styles and scripts tell nobody anything."""
        if not self._guard.knows_host(request.host) or not self._guard.knows_origin(
            request.headers.get("Origin", ""), request.host
        ):
            return web.Response(status=403, text=NOT_FROM_HERE, headers=HEADERS)
        token = request.match_info.get("token", request.query.get("token", ""))
        if not request.path.startswith(OPEN_PATHS) and not self._guard.lets_in(token):
            return web.Response(status=403, text=NO_TOKEN, headers=HEADERS)
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The door, or the app of who has given a name."""
        typed = request.query.get("name")
        if typed is None:
            return self._door(request)
        try:
            who = visitor(typed)
        except UsageProblem as problem:
            return self._door(request, f"{problem.message} {problem.next_step}")
        page = {
            "name": who.name,
            "websocket": f"{self._base(request)}/app/{quote(self._guard.token or '-')}/{quote(who.name, safe='')}",
        }
        return aiohttp_jinja2.render_template("app_index.html", request, page)

    def _base(self, request: web.Request) -> str:
        """Where the page reaches us for what is said both ways."""
        shown = self._guard.public_url.rstrip("/") or f"{request.scheme}://{request.host}"
        return shown.replace("http", "ws", 1)

    def _door(self, request: web.Request, problem: str = "") -> web.StreamResponse:
        page = {"problem": problem, "token": self._guard.token, "house": str(self._house)}
        return aiohttp_jinja2.render_template("door.html", request, page, status=400 if problem else 200)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """The app of one visitor, as long as their page is open."""
        try:
            who = visitor(request.match_info.get("name", ""))
        except UsageProblem as problem:
            raise web.HTTPNotFound(text=problem.message) from problem
        websocket = web.WebSocketResponse(heartbeat=15)
        await websocket.prepare(request)
        self._open.add(websocket)
        app = self._app_of(who, websocket)
        try:
            await app.start(_cells(request, "width", 80), _cells(request, "height", 24))
            await self._process_messages(websocket, app)
        finally:
            self._open.discard(websocket)
            leaving = asyncio.create_task(app.stop())
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
            await asyncio.shield(leaving)
        return websocket

    def _app_of(self, who: Visitor, websocket: web.WebSocketResponse) -> VisitorsApp:
        return VisitorsApp(
            self.command,
            who.home(self._house),
            self._house,
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=websocket.close,
            download_manager=self.download_manager,
        )


MOST_CELLS = 1000


def _cells(request: web.Request, name: str, default: int) -> int:
    text = request.query.get(name, "")
    return min(max(int(text), 1), MOST_CELLS) if text.isdecimal() else default


def as_one_line(command: Sequence[str]) -> str:
    """A command for a shell, which textual-serve starts it with."""
    return subprocess.list2cmdline(command) if os.name == "nt" else shlex.join(command)


def app_command(library: Path | None) -> list[str]:
    """How the app is started for a visitor."""
    named = ["--library", str(library.resolve())] if library else []
    return [sys.executable, "-m", "roleplay", *named]
