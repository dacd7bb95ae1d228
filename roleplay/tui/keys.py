"""How the key for something is called now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding

if TYPE_CHECKING:
    from textual.screen import Screen


def key_of(screen: Screen[Any], name: str) -> str:
    """Of what a screen's binding with that id does, short: `f9`, or the key that was chosen in its place."""
    ships = next((one.key for one in screen.BINDINGS if isinstance(one, Binding) and one.id == name), "")
    chosen: dict[str, str] = getattr(screen.app, "keymap", {})
    return short(chosen.get(name, ships))


def short(key: str) -> str:
    """`esc` for `escape`, `/` for `slash`."""
    return {"escape": "esc", "slash": "/"}.get(key, key)
