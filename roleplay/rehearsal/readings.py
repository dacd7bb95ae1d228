"""Readings shared between calls: trainees of a kind say the same things, and what a reply shows depends on it alone."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from roleplay.embedding import Embedder
from roleplay.move import Move, Value
from roleplay.score import Reading
from roleplay.scoring.sense import Sense, is_repeated


class SharedReadings(Sense):
    """A sense that reads each reply once. Whether it repeats an earlier one is asked anew in each call."""

    def __init__(
        self,
        families: Sequence[Sequence[Move]],
        embedder: Embedder,
        language: str,
        values: dict[str, Value] | None = None,
    ) -> None:
        super().__init__(families, embedder, language, values)
        self._known: dict[tuple[str, str], Reading] = {}
        self._left_out: dict[str, AbstractSet[str]] = {}

    def leave_out(self, lines: AbstractSet[str], reply: str) -> None:
        """From now on `reply`, made of `lines`, is read as if nobody had written those."""
        self._left_out[reply] = lines

    def read(self, reply: str, *, earlier: Sequence[str] = (), customer_name: str = "") -> Reading:
        """As `Sense.read`."""
        if (reply, customer_name) not in self._known:
            self._known[reply, customer_name] = self._read_once(reply, customer_name)
        return replace(self._known[reply, customer_name], repeated=is_repeated(reply, earlier))

    def _read_once(self, reply: str, customer_name: str) -> Reading:
        left_out = self._left_out.get(reply)
        if left_out:
            return self.without(left_out).read(reply, customer_name=customer_name)
        return super().read(reply, customer_name=customer_name)
