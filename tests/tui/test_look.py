"""Themes, motion and keys: chosen, kept, and said where they cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.color import Color

from roleplay.premises import home as home_folder
from roleplay.tui.app import RoleplayApp
from roleplay.tui.framed import FramedApp
from roleplay.tui.keymap import checked, default_keys
from roleplay.tui.screens.page import PageScreen
from roleplay.tui.theme import CALM, CONTRAST, DAYLIGHT, THEMES
from tests.tui.conftest import text_of, until
from tests.tui.playing import to_call, to_home

if TYPE_CHECKING:
    from textual.theme import Theme

READABLE, HIGH = 4.5, 7.0
"""Contrast ratios for text: WCAG 2.2, success criteria 1.4.3 (AA) and 1.4.6 (AAA)."""
TEXT = ("primary", "secondary", "accent", "foreground", "success", "warning", "error")


def luminance(colour: Color) -> float:
    """Relative, 0..1, as WCAG 2.2 defines it."""
    parts = [part / 255 for part in colour.rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "least"), [(CALM, READABLE), (DAYLIGHT, READABLE), (CONTRAST, HIGH)])
def test_text_can_be_read_on_every_ground(theme: Theme, least: float) -> None:
    inks = {name: getattr(theme, name) for name in TEXT} | {"quiet": theme.variables["quiet"]}
    grounds = [theme.background, theme.surface, theme.variables["block-cursor-background"]]
    poor = {
        (name, ground): round(ratio(ink, ground), 2)
        for name, ink in inks.items()
        for ground in grounds
        if ground and ratio(ink, ground) < (least if ground != grounds[2] else READABLE)
    }
    assert poor == {}


def config(text: str) -> None:
    home_folder().mkdir(parents=True, exist_ok=True)
    (home_folder() / "config.yaml").write_text(text, encoding="utf-8")


async def test_a_theme_is_chosen_kept_and_worn_next_time(app: RoleplayApp, home: Path) -> None:
    config("theme: daylight\nanimation: off\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_home(app, pilot)
        assert (app.theme, app.animation_level) == ("daylight", "none")
        app.theme = CONTRAST.name
        await until(pilot, (home / "theme").exists)
    again = RoleplayApp(lambda _: app.switchboard)  # type: ignore[arg-type, return-value] # opened above
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: again.theme == CONTRAST.name)


@pytest.mark.parametrize("theme", [one.name for one in THEMES])
async def test_every_theme_draws_every_part_of_a_call(app: RoleplayApp, theme: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        app.theme = theme
        await to_call(app, pilot)
        assert "Halina Nowak" in text_of(app)


async def test_no_color_takes_all_colour_away(app: RoleplayApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    plain = RoleplayApp(app._open_switchboard)  # noqa: SLF001 - the same library
    async with plain.run_test(size=(80, 24)) as pilot:
        await to_home(plain, pilot)
        for filter_ in plain._filters:  # noqa: SLF001 - Textual's own way to say it
            assert "Monochrome" in type(filter_).__name__ or "ANSI" in type(filter_).__name__.upper()
        assert plain.no_color


async def test_other_keys_do_the_same_and_help_names_them(app: RoleplayApp) -> None:
    config("keys: {call.hint: ctrl+t, call.help: f12}\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_call(app, pilot)
        await pilot.press("f4")
        await pilot.pause()
        assert "Hint 1" not in text_of(app)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "Hint 1" in text_of(app))
        assert "f12 help" in text_of(app)
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        assert "ctrl+t" in " ".join(str(one.render()) for one in app.screen.query("Static"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("theme: purple\n", "there is no theme purple"),
        ("animation: perhaps\n", "animation should be on or off"),
        ("keys: [a]\n", "keys should hold"),
        ("keys: {call.hintt: f4}\n", "nothing is named call.hintt"),
        ("keys: {call.hint: f5}\n", "f5 would be both call.hint and call.hold"),
        ("keys: {call.hint: ctrl+q}\n", "ctrl+q would be both call.hint and app.quit"),
        ("keys: {call.hint: banana}\n", "banana is no key"),
    ],
)
async def test_what_cannot_be_is_said_in_one_message(app: RoleplayApp, text: str, says: str) -> None:
    config(text)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.failure is not None)
    assert says in str(app.failure)
    assert app.failure is not None
    assert app.failure.exit_code == 2


def test_no_two_keys_that_ship_collide() -> None:
    names = default_keys(FramedApp)
    assert len(names) > 35
    assert checked(names, names) == names
