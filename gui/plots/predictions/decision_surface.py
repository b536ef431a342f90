"""What the network says everywhere in the plane of two-dimensional data."""

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent

from engine.arrays import Floats
from engine.look import Wish
from engine.readings.surface import PlanarDecision, SurfaceWish
from engine.spec import Experiment
from engine.tables import Table
from gui.common.card import caption, card_title
from gui.common.fitting_label import FittingLabel
from gui.plots.parts.reading_card import ReadingCard
from gui.plots.predictions.decision_plane import ALONE, DecisionPlane
from gui.theme import Theme

DEFINITION = (
    "Which class wins where: the one with the greatest output a. The colour is the stronger the"
    " further it leads the next. Points are training examples, the first 1,000, in the colour of"
    " their own class; ringed in ink where another one wins."
)
ROOMY = 150.0  # pixels of height, from which on there is room for words


class DecisionSurface(ReadingCard[PlanarDecision]):
    """Asks for nothing where the data are not two-dimensional, and says so."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.plane, self.summary, self.words = DecisionPlane(theme), caption(), FittingLabel()
        self.words.setProperty("role", "caption")
        self.add_title_row(card_title("Decision surface"), self.summary, stretch_after=2)
        self.column.addWidget(self.plane, 1)
        self.column.addWidget(self.words)
        self._is_planar = False
        self.plane.setToolTip(DEFINITION)
        self.plane.pointed_changed.connect(self._on_pointed_changed)
        self.write()

    @property
    def wish(self) -> SurfaceWish:
        return SurfaceWish()

    def set_experiment(self, experiment: Experiment) -> None:
        before, self._is_planar = self._is_planar, experiment.architecture.inputs == 2
        self.forget()
        if before != self._is_planar:
            self.wishes_changed.emit()

    def wishes(self) -> frozenset[Wish[object]]:
        return super().wishes() if self._is_planar else frozenset()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.plane.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.words.setVisible(self.height() >= ROOMY * self.plane.share)

    def table(self) -> Table:
        """A row for every cell, from below."""
        shown = self.plane.shown
        if shown is None:
            return Table(("x1", "x2"), ())
        surface, side = shown.surface, shown.surface.scores.shape[1]
        x0, x1, y0, y1 = surface.extent
        x, y = np.meshgrid(np.linspace(x0, x1, side), np.linspace(y0, y1, side))
        scores: Floats = surface.scores.reshape(len(surface.scores), -1)
        rows = np.column_stack((x.ravel(), y.ravel(), *scores)).tolist()
        return Table(("x1", "x2", *(f"a of class {k}" for k in range(len(scores)))), rows)

    def write(self) -> None:
        shown = self.reading
        self.plane.show_decision(shown, "not looked at yet" if self._is_planar else ALONE)
        self.summary.setText("" if shown is None else _summary(shown))
        self._on_pointed_changed()

    @Slot()
    def _on_pointed_changed(self) -> None:
        shown, pointed = self.plane.shown, self.plane.pointed
        if shown is None:
            words = self.plane.message
        elif pointed is None or max(pointed) >= self.plane.side:
            words = _shares(shown)
        else:
            words = _at(shown, (int(pointed[0]), pointed[1]), self.plane.where(pointed))
        self.words.set_texts(words if shown is not None else "")
        self.plane.setAccessibleDescription(words)


def _summary(shown: PlanarDecision) -> str:
    points, wrong = len(shown.said), len(shown.wrong)
    return f"{wrong:,} of {points:,} points on the wrong side"


def _shares(shown: PlanarDecision) -> str:
    """How much of the square each class wins."""
    scores = shown.surface.scores
    unknown = np.isnan(scores).any(axis=0)
    winner = scores.argmax(axis=0) if len(scores) > 1 else (scores[0] > 0.5).astype(int)
    words = []
    if unknown.any():
        words.append(f"{_percent(float(unknown.mean()))} of the plane: no numbers")
    for k in range(max(2, len(scores))):
        share = float(((winner == k) & ~unknown).mean())
        words.append(f"class {_name(shown, k)}: {_percent(share)} of the plane")
    return " · ".join(words)


def _at(shown: PlanarDecision, cell: tuple[int, int], where: tuple[float, float]) -> str:
    scores = shown.surface.scores[:, cell[1], cell[0]].astype(float)
    place = f"x₁ = {where[0]:.2f}, x₂ = {where[1]:.2f}"
    if np.isnan(scores).any():
        return f"{place}: the outputs are no numbers".replace("-", "−")
    outputs = ", ".join(f"{a:.2f}" for a in scores[:8].tolist())
    winner = int(scores.argmax()) if len(scores) > 1 else int(scores[0] > 0.5)
    return f"{place}: class {_name(shown, winner)}, a = {outputs}".replace("-", "−")


def _name(shown: PlanarDecision, k: int) -> str:
    return shown.class_names[k] if k < len(shown.class_names) else str(k)


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")
