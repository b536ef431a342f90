"""What the run says, shown in the picture of a network: neurons, bars, edges, speeds, legend."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QSizeF, Signal, Slot
from PySide6.QtWidgets import QGraphicsScene

from engine.architecture import BIAS, ArchitectureSpec
from engine.arrays import Floats
from engine.inspection import Inspection
from engine.measures import KEYS
from engine.snapshot import Snapshot, Weights
from gui.canvas.items import fills
from gui.canvas.items.bars import BarScale, Heights
from gui.canvas.items.captions import LegendItem, SpeedsItem
from gui.canvas.items.column_item import ColumnItem
from gui.canvas.items.edges import EdgesItem
from gui.canvas.items.input_image import InputImageItem
from gui.canvas.items.receptive_fields import fields
from gui.canvas.items.scores import ScoresItem
from gui.canvas.layout import Layout
from gui.canvas.look import Look
from gui.canvas.viewing import Viewing, examples_text
from gui.canvas.words.legend_text import BATCH, LONGEST, Shown, legend_lines
from gui.common.throttle import Throttle

TEXT_MS, EDGES_MS = 250, 200
SPEED = KEYS.index("bias_gradient")


class LivePicture(QObject):
    """Feeds snapshots to the items of a scene; the scene says which items there are, and where."""

    placed = Signal()  # laid out anew
    inspection_shown = Signal(object)  # Inspection; a few times a second

    def __init__(self, scene: QGraphicsScene) -> None:
        super().__init__(scene)
        self.speeds, self.legend = SpeedsItem(), LegendItem()
        self.scores, self.input_image = ScoresItem(), InputImageItem()
        for item in (self.speeds, self.legend, self.scores, self.input_image):
            scene.addItem(item)
        self._scene = scene
        self.viewing = Viewing()
        self.image: tuple[int, int] | None = None
        self._pass_scale: BarScale | None = None
        self._snapshot: Snapshot | None = None
        self._inspection: Inspection | None = None
        self._weights: Weights | None = None
        self._bar_scale = BarScale()
        self._texts_due = Throttle(self, TEXT_MS)
        self._texts_due.due.connect(self._on_texts_due)
        self._edges_due = Throttle(self, EDGES_MS)
        self._edges_due.due.connect(self._on_edges_due)

    @property
    def snapshot(self) -> Snapshot | None:
        """What is shown; None before the run of this architecture has begun."""
        return self._snapshot

    @property
    def inspection(self) -> Inspection | None:
        """The newest of the examples that are to be shown."""
        return self._inspection

    @property
    def weights(self) -> Weights | None:
        return self._weights

    @property
    def held(self) -> bool:
        """Whether a pass is played, to which neurons and bars belong."""
        return self._pass_scale is not None

    @property
    def full_bar(self) -> float | None:
        """|∂C/∂b| of a bar of full length."""
        return self._shown_scale.full

    @property
    def _shown_scale(self) -> BarScale:
        return self._pass_scale or self._bar_scale

    def legend_lines(self, architecture: ArchitectureSpec, look: Look, width: float) -> int:
        """How many lines the legend may need in a view so wide."""
        shown = replace(LONGEST, frozen=len(frozen_places(architecture)))
        return len(legend_lines(architecture, shown, width, look.measure))

    # -- where, and of what ----------------------------------------------------------------

    def place(
        self, architecture: ArchitectureSpec, layout: Layout, look: Look, size: QSizeF,
        columns: Sequence[ColumnItem], edges: Sequence[EdgesItem],
    ) -> None:  # fmt: skip
        """The picture was laid out anew: show the newest numbers there."""
        self.architecture, self.layout, self.look, self._size = architecture, layout, look, size
        self.columns, self.edges = columns, edges
        self.speeds.place(layout, look)
        self.legend.place(layout, look, size.width())
        self.scores.place(layout, look)
        self.input_image.place(layout, look)
        self._mark_frozen()
        self._show_again()
        self.placed.emit()

    def _show_again(self) -> None:
        self._heights = Heights(self.layout.columns[1:], self.layout.radius, self._bar_scale)
        self._texts_due.reset()
        self._edges_due.reset()
        if self._weights is not None:
            self._edges_due.request()
        self._show_inspection()
        self._show_bars()
        self._texts_due.request()

    def _mark_frozen(self) -> None:
        places = frozen_places(self.architecture)
        for l, (edges, column) in enumerate(zip(self.edges, self.columns[1:], strict=True)):
            column.neurons.show_frozen([n for at, n, s in places if at == l and s == BIAS])
            edges.marks.show_frozen([(n, s) for at, n, s in places if at == l and s != BIAS])

    def set_viewing(self, viewing: Viewing, image: tuple[int, int] | None) -> None:
        """Show these examples on this scale; ``image`` is the shape of the inputs, if they are."""
        if viewing == self.viewing and image == self.image:
            return
        if viewing.log != self.viewing.log or viewing.source != self.viewing.source:
            self._bar_scale = BarScale(viewing.log)
        self.viewing, self.image = viewing, image
        if not viewing.is_of(self._inspection):
            self._inspection = None
        self._show_again()

    def forget(self) -> None:
        """What comes next is of another network."""
        self._snapshot = self._weights = self._inspection = None
        self._bar_scale.forget()

    # -- what the run says -----------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Bars now, texts and edges a few times a second; a snapshot of other sizes is ignored."""
        sizes = self.architecture.sizes
        if tuple(map(len, snapshot.delta)) != sizes[1:]:
            return
        if self._snapshot is None or snapshot.step < self._snapshot.step:
            self._begin_run()
        self._snapshot = snapshot
        weights = snapshot.weights
        if weights is not None and weights.W[0].shape[1] == sizes[0]:
            self._weights = weights
        news = self._take_inspection(snapshot.inspection)
        if weights is not None or news:
            self._edges_due.request()
        if self.viewing.source == "batch":
            self._show_bars()
        self._texts_due.request()

    def _begin_run(self) -> None:
        self._inspection = None
        self._bar_scale.forget()
        self.speeds.forget()
        self._texts_due.reset()
        self._edges_due.reset()

    def _take_inspection(self, inspection: Inspection | None) -> bool:
        """Whether it is another one, of what is to be shown."""
        if inspection is None or inspection is self._inspection:
            return False
        if not self.viewing.is_of(inspection) or len(inspection.input) != self.architecture.inputs:
            return False
        if self._inspection is None:
            self._edges_due.reset()
            self._texts_due.reset()
        self._inspection = inspection
        self._show_inspection()
        if self.viewing.source != "batch":
            self._show_bars()
        self.inspection_shown.emit(inspection)
        return True

    def hold(self, scale: BarScale) -> None:
        """A pass is played: neurons and bars are its own now, on its scale; the speeds go."""
        self._pass_scale = scale
        self._texts_due.at_once()
        self.speeds.clear()
        self.columns[1].neurons.show_pictures(None)
        self.columns[1].bars.show()

    def scene_items(self) -> QGraphicsScene:
        """Where items that show more of the run belong."""
        return self._scene

    def release(self) -> None:
        """A pass has ended: show the run again."""
        self._pass_scale = None
        self._heights.forget()
        self._show_again()

    def _deltas(self) -> Sequence[Floats] | None:
        if self.viewing.source != "batch":
            return self._inspection.delta if self._inspection else None
        return self._snapshot.delta if self._snapshot else None

    def _show_bars(self) -> None:
        if self.held:
            return
        if (deltas := self._deltas()) is None:
            for column in self.columns:
                column.bars.clear()
            return
        _, moved = self._heights.take(deltas)
        for layer in moved.tolist():
            self.columns[layer + 1].bars.show_heights(self._heights.of_layer(layer))

    def _show_inspection(self) -> None:
        if self.held:
            return
        inspection = self._inspection
        shown = [None] * len(self.columns) if inspection is None else self.shades(inspection)
        for column, levels in zip(self.columns, shown, strict=True):
            column.neurons.show_levels(levels)
        self.input_image.show_input(inspection, self.image)
        self._show_fields()

    def shades(self, inspection: Inspection) -> list[list[int]]:
        """The levels of all neurons drawn, the input's first."""
        keys = ["linear", *(layer.activation for layer in self.architecture.layers)]
        arrays = (inspection.input, *inspection.a)
        return [
            fills.levels(a[column.shown], *fills.bounds(key, a))
            for key, a, column in zip(keys, arrays, self.layout.columns, strict=True)
        ]

    def _show_fields(self) -> None:
        pictures = None
        if self.viewing.fields and self.image is not None and self._weights is not None:
            shown = self.layout.columns[1].shown
            pictures = fields(self._weights.W[0][shown], self.image, self.look.theme)
        self.columns[1].neurons.show_pictures(pictures)
        self.columns[1].bars.setVisible(pictures is None)

    # -- a few times a second --------------------------------------------------------------

    @Slot()
    def _on_edges_due(self) -> None:
        if self._weights is None:
            return
        gradients = self._inspection.dC_dW if self._inspection else (None,) * len(self.edges)
        greatest = max(
            (e.greatest_gradient(g) for e, g in zip(self.edges, gradients, strict=True)
             if g is not None), default=0.0,
        )  # fmt: skip
        for edges, W, dC_dW in zip(self.edges, self._weights.W, gradients, strict=True):
            edges.show_weights(W, dC_dW, greatest)
        if not self.held:
            self._show_fields()

    @Slot()
    def _on_texts_due(self) -> None:
        if not self.held:
            self.speeds.show_speeds(self._speeds()[:-1])
            self.scores.show_scores(self._inspection)
        lines = legend_lines(
            self.architecture, self._shown(), self._size.width(), self.look.measure
        )
        self.legend.show_lines(lines)

    def _shown(self) -> Shown:
        inspection = self._inspection
        fills_of = "" if inspection is None else examples_text(inspection)
        bars_of = BATCH if self.viewing.source == "batch" and not self.held else fills_of
        return Shown(
            sum(edges.count for edges in self.edges), sum(edges.possible for edges in self.edges),
            self.full_bar, self._shown_scale.decades if self.viewing.log else None,
            bars_of, fills_of, len(frozen_places(self.architecture)),
        )  # fmt: skip

    def _speeds(self) -> list[float]:
        """‖δ‖ of every layer; of a mini-batch as recorded last, else of what is looked at."""
        recorded = None if self._snapshot is None else self._snapshot.measure(SPEED)
        if self.viewing.source == "batch" and recorded is not None and len(recorded):
            return list(recorded[-1].tolist())
        return [float(np.linalg.norm(delta.astype(float))) for delta in self._deltas() or ()]


def frozen_places(architecture: ArchitectureSpec) -> list[tuple[int, int, int]]:
    """Layer (from 0), neuron and source of every weight and bias that stays as it is."""
    at = architecture.columns
    return [
        (at[given.layer] - 1, given.neuron, given.source)
        for given in architecture.given
        if given.frozen
    ]
