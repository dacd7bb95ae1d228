"""Other keys in place of those that ship, by the names of what they do: from `keys:` in `config.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.keys import Keys

from roleplay.errors import BadFile

if TYPE_CHECKING:
    from textual.app import App

LOOK = "Look at `keys:` in config.yaml."
SHARED_ON_PURPOSE = frozenset(
    {frozenset({"call.hold", "call.take-back"}), frozenset({"call.stop-waiting", "call.leave"})}
)
"""Of these two only one is there at a time."""
_NAMED = {str(key.value) for key in Keys} | {"space", "enter", "escape", "tab", "backspace", "delete", "slash"}


def default_keys(app: type[App[Any]]) -> dict[str, str]:
    """By the id of what is done (`call.hint`), the key as it ships: of `app` itself and of its screens."""
    from roleplay.tui.screens.brief import BriefScreen
    from roleplay.tui.screens.call import CallScreen
    from roleplay.tui.screens.debrief import DebriefScreen
    from roleplay.tui.screens.history import HistoryScreen
    from roleplay.tui.screens.home import HomeScreen
    from roleplay.tui.widgets.shelf_list import ShelfList

    places = (app, HomeScreen, ShelfList, BriefScreen, CallScreen, DebriefScreen, HistoryScreen)
    return {one.id: one.key for place in places for one in place.BINDINGS if isinstance(one, Binding) and one.id}


def checked(chosen: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The keys by id; `known`: those that ship.

    Raises BadFile for an id that is not there, a key that is none, or one key for two things.
    """
    for name, key in chosen.items():
        if name not in known:
            raise BadFile(f"config.yaml: keys: nothing is named {name}", f"There are: {', '.join(sorted(known))}.")
        if not _is_key(key):
            raise BadFile(f"config.yaml: keys: {name}: {key} is no key", "For example f4, ctrl+t, or a letter.")
    whole = {**known, **chosen}
    for name in chosen:
        for other, key in whole.items():
            if other != name and key == whole[name] and _meet(name, other):
                raise BadFile(f"config.yaml: keys: {key} would be both {name} and {other}", LOOK)
    return dict(chosen)


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
