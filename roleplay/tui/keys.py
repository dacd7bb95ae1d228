"""Keys by the names of what they do, so that a trainee can choose others in `config.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.keys import Keys

from roleplay.errors import BadFile

if TYPE_CHECKING:
    from textual.screen import Screen

LOOK = "Look at `keys:` in config.yaml."
SHARED_ON_PURPOSE = frozenset(
    {frozenset({"call.hold", "call.take-back"}), frozenset({"call.stop-waiting", "call.leave"})}
)
"""Of these two only one is there at a time."""
_NAMED = {str(key.value) for key in Keys} | {"space", "enter", "escape", "tab", "backspace", "delete", "slash"}


@cache
def default_keys() -> dict[str, str]:
    """By the id of what is done (`call.hint`), the key as it ships."""
    from roleplay.tui.framed import FramedApp
    from roleplay.tui.screens.brief import BriefScreen
    from roleplay.tui.screens.call import CallScreen
    from roleplay.tui.screens.debrief import DebriefScreen
    from roleplay.tui.screens.history import HistoryScreen
    from roleplay.tui.screens.home import HomeScreen
    from roleplay.tui.widgets.shelf_list import ShelfList

    places = (FramedApp, HomeScreen, ShelfList, BriefScreen, CallScreen, DebriefScreen, HistoryScreen)
    found = [one for place in places for one in place.__dict__["BINDINGS"] if isinstance(one, Binding)]
    return {one.id: one.key for one in found if one.id}


def checked(chosen: Mapping[str, str]) -> dict[str, str]:
    """The keys by id. Raises BadFile for an id that is not there, a key that is none, or one key for two things."""
    known = default_keys()
    for name, key in chosen.items():
        if name not in known:
            raise BadFile(f"config.yaml: keys: nothing is named {name}", f"There are: {', '.join(sorted(known))}.")
        if not _is_key(key):
            raise BadFile(f"config.yaml: keys: {name}: {key} is no key", "For example f4, ctrl+t, or a letter.")
    whole = known | dict(chosen)
    for name in chosen:
        for other, key in whole.items():
            if other != name and key == whole[name] and _meet(name, other):
                raise BadFile(f"config.yaml: keys: {key} would be both {name} and {other}", LOOK)
    return dict(chosen)


def key_of(screen: Screen[Any], name: str) -> str:
    """How the key for something is called now, short: `f9`."""
    keymap = getattr(screen.app, "keymap", {})
    return short(keymap.get(name) or default_keys().get(name, ""))


def short(key: str) -> str:
    """`esc` for `escape`, `/` for `slash`."""
    return {"escape": "esc", "slash": "/"}.get(key, key)


def _meet(name: str, other: str) -> bool:
    """Whether both can be pressed on one screen and do different things."""
    rooms, actions = zip(name.split("."), other.split("."), strict=True)
    if len(set(actions)) == 1:
        return False
    return (len(set(rooms)) == 1 or "app" in rooms) and frozenset({name, other}) not in SHARED_ON_PURPOSE


def _is_key(key: str) -> bool:
    last = key.rpartition("+")[2]
    return (
        bool(key)
        and (len(last) == 1 or last in _NAMED)
        and all(part in ("ctrl", "shift", "alt") for part in key.split("+")[:-1])
    )
