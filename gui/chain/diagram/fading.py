"""What has just moved stands out for a moment, and fades in a few steps."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.chain.spec import ChainSpec
from gui.chain.diagram.keys import INPUT, TARGET, Key
from gui.common.motion import less_motion

STEPS, PACE = 6, 100  # ms from one to the next
FOLLOWS = 0.4  # of the strength of what was moved: what changed with it


class Fading(QObject):
    """``strengths`` are 1 for what was moved now, and less the longer ago; nothing when over."""

    faded = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.strengths: dict[Key, float] = {}
        self._start: dict[Key, float] = {}
        self._left = 0
        self._timer = QTimer(self, interval=PACE)
        self._timer.timeout.connect(self._on_step)

    @property
    def is_over(self) -> bool:
        return not self._timer.isActive()

    def start(self, moved: Iterable[Key], followed: Iterable[Key]) -> None:
        """Not at all where the user has asked the system for less motion."""
        if less_motion():
            return
        self._start = {**dict.fromkeys(followed, FOLLOWS), **dict.fromkeys(moved, 1.0)}
        if self._start:
            self._left = STEPS
            self._show()
            self._timer.start()

    def stop(self) -> None:
        self._left = 0
        self._show()

    @Slot()
    def _on_step(self) -> None:
        self._left -= 1
        self._show()
        self.faded.emit()

    def _show(self) -> None:
        share = self._left / STEPS
        self.strengths = {key: share * size for key, size in self._start.items()} if share else {}
        if not share:
            self._timer.stop()


def moved(before: ChainSpec, now: ChainSpec) -> list[Key]:
    """The values that a user has changed; a tied chain has one of each."""
    keys: list[Key] = []
    for kind, old, new in (("weight", before.w, now.w), ("bias", before.b, now.b)):
        changed = (j for j, pair in enumerate(zip(old, new, strict=False), 1) if pair[0] != pair[1])
        keys += [(kind, j) for j in changed]
    keys += [INPUT] * (before.x != now.x) + [TARGET] * (before.y != now.y)
    return keys
