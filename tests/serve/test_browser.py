"""A whole call in a real browser: the door, home, brief, call, debrief, and the same calls there on coming back.

The terminal is drawn on a canvas, so what it shows is read from what the page was sent.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from roleplay.embedding import CACHE_FOLDER
from roleplay.store.records import Records

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs Debian's chromium and chromium-driver"),
    # selenium's own sockets; nothing of ours.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
REPOSITORY = Path(__file__).parents[2]
LISTEN = """
window.sent = "";
const Real = window.WebSocket;
window.WebSocket = function (...address) {
  const socket = new Real(...address);
  const reader = new TextDecoder();
  socket.addEventListener("message", (e) => {
    if (typeof e.data !== "string") window.sent += reader.decode(e.data, {stream: true});
  });
  return socket;
};
"""
_DRAWING = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][A-Z0-9]|.)")


@pytest.fixture
def address(home: Path, prepared: Path) -> Iterator[str]:
    """`roleplay serve` on a free port, with the sentence model at hand."""
    home.mkdir()
    (home / CACHE_FOLDER).symlink_to(prepared, target_is_directory=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "ROLEPLAY_HOME": str(home)}
    command = [sys.executable, "-m", "roleplay", "serve", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        assert f"http://127.0.0.1:{port}/" in server.stderr.readline()
        yield f"http://127.0.0.1:{port}/"
        server.send_signal(subprocess.signal.SIGINT)  # type: ignore[attr-defined] # re-exported
        assert server.wait(timeout=20) == 130
        assert server.stderr.read().strip() == ""


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chrome]:
    """Headless, with an empty profile."""
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService  # noqa: PLC0415 - only where there is a browser

    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    flags = "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking"
    for flag in (*flags.split(), "disable-component-update", "disable-sync", "window-size=1200,800"):
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={tmp_path / 'profile'}")
    opened = Chrome(options=options, service=ChromeService(str(DRIVER)))
    opened.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTEN})
    yield opened
    opened.quit()


class Visit:
    """Somebody at the page."""

    def __init__(self, browser: Chrome, address: str) -> None:
        self._browser = browser
        self._address = address

    def come_in(self, name: str) -> None:
        self._browser.get(self._address)
        box = self._browser.find_element("id", "name")
        box.send_keys(name)
        box.submit()

    def sees(self, text: str, seconds: float = 60) -> None:
        """Waits until the text is drawn."""
        until = time.monotonic() + seconds
        while text not in self._drawn():
            if time.monotonic() > until:
                raise AssertionError(f"{text!r} was never drawn, but {self._drawn()[-3000:]!r}")
            time.sleep(0.1)

    def forget(self) -> None:
        """Only what is drawn from now on counts."""
        self._browser.execute_script("window.sent = ''")

    def types(self, *keys: str) -> None:
        """Waits until the terminal has the focus: it is drawn a moment earlier."""
        from selenium.webdriver import ActionChains  # noqa: PLC0415 - only where there is a browser

        until = time.monotonic() + 20
        while self._browser.execute_script("return document.activeElement.tagName") != "TEXTAREA":
            assert time.monotonic() < until, "the terminal never had the focus"
            time.sleep(0.05)
        # To whatever has the focus: the terminal's text area is out of sight, and the driver refuses to type into that.
        ActionChains(self._browser).send_keys(*keys).perform()

    def _drawn(self) -> str:
        sent: Any = self._browser.execute_script("return window.sent")
        return " ".join(_DRAWING.sub(" ", sent).split())


def test_a_call_is_taken_in_a_browser_and_is_there_on_coming_back(browser: Chrome, address: str, home: Path) -> None:
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415 - only where there is a browser

    visit = Visit(browser, address)
    visit.come_in("Zoë Müller")
    visit.sees("practise customer conversations")
    visit.sees("Nowak")
    visit.types(Keys.ENTER)
    visit.sees("What you know")
    visit.types(Keys.ENTER)
    visit.sees("f1 help")
    visit.sees("0 replies")
    visit.types("Good morning, what happened?")
    visit.types(Keys.ENTER)
    visit.sees("1 reply")
    visit.types(Keys.F9, Keys.F9)
    visit.sees("the call is over")
    visit.types(Keys.ENTER)
    visit.sees("What went well?")
    visit.types(Keys.ESCAPE)
    visit.sees("Steps")
    browser.save_screenshot(str(home.parent / "debrief.png"))
    records = Records(home / "people" / "zoë-müller")
    held = records.calls()
    records.close()
    assert [(one.replies, one.result is not None) for one in held] == [(1, True)]
    assert not (home / "records.sqlite").exists()
    requests = [one["name"] for one in browser.execute_script("return performance.getEntriesByType('resource')")]
    assert requests
    assert all(one.startswith(address) for one in requests)

    visit.come_in("zoë müller")
    visit.sees("Nowak")
    visit.sees("best ")
