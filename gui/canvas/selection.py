"""What of a network is selected: layers, one of them the current one, or a skip connection; no Qt.

Everything is known by its id, so that a selection follows its layers through every edit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.architecture import INPUT, ArchitectureSpec, SkipSpec


@dataclass(frozen=True, slots=True)
class Selection:
    """``ids`` may hold ``INPUT``; keys act on ``current``, a range begins at ``anchor``.

    ``neuron`` is one of the current layer's. A selected ``skip`` stands alone.
    """

    ids: frozenset[str] = frozenset()
    current: str | None = None
    anchor: str | None = None
    neuron: int | None = None
    skip: SkipSpec | None = None

    @classmethod
    def of(
        cls, architecture: ArchitectureSpec, column: int, neuron: int | None = None
    ) -> "Selection":
        key = _id(architecture, column)
        return cls(frozenset({key}), key, key, neuron)

    @classmethod
    def all_of(cls, architecture: ArchitectureSpec, columns: Iterable[int]) -> "Selection":
        """These columns; the last is the current one."""
        keys = [_id(architecture, column) for column in columns]
        return cls(frozenset(keys), keys[-1], keys[0]) if keys else NONE

    def toggled(self, architecture: ArchitectureSpec, column: int) -> "Selection":
        """With this layer, or without it."""
        key = _id(architecture, column)
        if key in self.ids:
            rest = self.ids - {key}
            current = next((k for k in architecture.columns if k in rest), None)
            return Selection(rest, current, current)
        return Selection(self.ids | {key}, key, key)

    def extended(self, architecture: ArchitectureSpec, column: int) -> "Selection":
        """All from the anchor to this column."""
        order = list(architecture.columns)
        start = order.index(self.anchor) if self.anchor in order else column
        first, last = sorted((start, column))
        return Selection(frozenset(order[first : last + 1]), order[column], order[start])

    def with_neuron(self, neuron: int | None) -> "Selection":
        return replace(self, neuron=neuron)

    def within(self, architecture: ArchitectureSpec) -> "Selection":
        """What of it is there in this network."""
        at = architecture.columns
        ids = self.ids & at.keys()
        current = self.current if self.current in ids else None
        if current is None and ids:
            current = max(ids, key=lambda key: at[key])
        fits = (
            current is not None
            and self.neuron is not None
            and self.neuron < architecture.sizes[at[current]]
        )
        return Selection(
            ids, current, self.anchor if self.anchor in ids else current,
            self.neuron if fits else None,
            self.skip if self.skip in architecture.skips else None,
        )  # fmt: skip

    def column(self, architecture: ArchitectureSpec) -> int | None:
        """The current one."""
        return None if self.current is None else architecture.columns.get(self.current)

    def columns(self, architecture: ArchitectureSpec) -> tuple[int, ...]:
        """All, from the input on."""
        return tuple(k for key, k in architecture.columns.items() if key in self.ids)

    def hidden(self, architecture: ArchitectureSpec) -> tuple[int, ...]:
        """The selected hidden layers, counted from 0."""
        last = len(architecture.layers)
        return tuple(k - 1 for k in self.columns(architecture) if 0 < k < last)


NONE = Selection()


def _id(architecture: ArchitectureSpec, column: int) -> str:
    return INPUT if column == 0 else architecture.layers[column - 1].id
