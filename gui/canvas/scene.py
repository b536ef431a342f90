"""The picture of a network: a mirror of the document, and of what its run tells."""

from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QObject, QSizeF, Slot
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from engine.measures import KEYS
from engine.snapshot import Snapshot, Weights
from engine.spec import ArchitectureSpec
from gui.canvas.bars import BarScale, Heights
from gui.canvas.buttons import ButtonItem
from gui.canvas.captions import LegendItem, SpeedsItem
from gui.canvas.column_item import ColumnItem, State
from gui.canvas.edges import MOST_EDGES, EdgesItem
from gui.canvas.labels import SIGNS, bars_text, broken, column_texts, edges_text
from gui.canvas.layout import Layout, arrange
from gui.canvas.look import Look
from gui.canvas.targets import Target, remove_at
from gui.common.throttle import Throttle
from gui.theme import Theme

TEXT_MS, EDGES_MS = 250, 200
SPEED = KEYS.index("bias_gradient")
NOTHING = Target("nothing")
LONGEST_EDGES = "edges: 1,500 strongest of 50,000,000"

Item = TypeVar("Item", bound=QGraphicsItem)


class NetworkScene(QGraphicsScene):
    """Columns, gaps and captions of an architecture; columns are counted from the input, 0."""

    def __init__(self, architecture: ArchitectureSpec, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.architecture = architecture
        self.look = Look(theme, QFont())
        self.selected: int | None = None
        self.target = NOTHING
        self._focused = self._resizing = False
        self._size = QSizeF(700, 600)
        self._snapshot: Snapshot | None = None
        self._weights: Weights | None = None
        self._bar_scale = BarScale()
        self.edges: list[EdgesItem] = []
        self.columns: list[ColumnItem] = []
        self.inserts: list[ButtonItem] = []
        self.remove = self._added(ButtonItem(crossed=True))
        self.speeds = self._added(SpeedsItem())
        self.legend = self._added(LegendItem())
        self._texts_due = Throttle(self, TEXT_MS)
        self._texts_due.due.connect(self._on_texts_due)
        self._edges_due = Throttle(self, EDGES_MS)
        self._edges_due.due.connect(self._on_edges_due)
        self.rearrange()

    # -- what the document says ------------------------------------------------------------

    def show_architecture(self, architecture: ArchitectureSpec) -> None:
        if architecture.sizes != self.architecture.sizes:
            self._snapshot = self._weights = None
            self._bar_scale.forget()
        self.architecture = architecture
        self.rearrange()

    def fit(self, size: QSizeF) -> None:
        self._size = size
        self.rearrange()

    def set_look(self, look: Look) -> None:
        self.look = look
        self.rearrange()

    def rearrange(self) -> None:
        """Lay everything out anew, and show the newest numbers again."""
        texts = column_texts(self.architecture)
        look, size = self.look, self._size
        lines = len(self._legend_lines(LONGEST_EDGES, 1e-99))
        self.layout: Layout = arrange(
            texts, size.width(), size.height(), look.measure, look.scale, lines
        )
        layout = self.layout
        self.setBackgroundBrush(QColor(look.theme.background))
        self.setSceneRect(0, 0, layout.width, layout.height)
        self._keep(self.columns, len(texts), ColumnItem)
        self._join_columns()
        for index, column in enumerate(self.columns):
            column.place(index, texts[index], layout, look)
        self.speeds.place(layout, look)
        self.legend.place(layout, look, size.width())
        self._heights = Heights(layout.columns[1:-1], layout.radius, self._bar_scale)
        self._show_states()
        self._show_again()

    def _join_columns(self) -> None:
        layout, theme = self.layout, self.look.theme
        gaps = len(layout.columns) - 1
        self._keep(self.edges, gaps, EdgesItem)
        self._keep(self.inserts, gaps, ButtonItem)
        most = max(1, MOST_EDGES // gaps)
        for gap in range(gaps):
            left, right = layout.columns[gap : gap + 2]
            self.edges[gap].place(left, right, most, layout.radius, theme)
            x, y = layout.gap_x(gap), layout.bands.insert
            self.inserts[gap].place(x, y, layout.button, theme)

    def _show_again(self) -> None:
        self._texts_due.reset()
        self._edges_due.reset()
        if self._weights is not None:
            self._edges_due.request()
        if self._snapshot is not None:
            self._show_bars(self._snapshot)
        self._texts_due.request()

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
            self._edges_due.request()
        self._show_bars(snapshot)
        self._texts_due.request()

    def _begin_run(self) -> None:
        self._bar_scale.forget()
        self.speeds.forget()
        self._texts_due.reset()
        self._edges_due.reset()

    @property
    def snapshot(self) -> Snapshot | None:
        """What is shown; None before the run of this architecture has begun."""
        return self._snapshot

    @property
    def full_bar(self) -> float | None:
        """|∂C/∂b| of a bar of full length."""
        return self._bar_scale.full

    def _show_bars(self, snapshot: Snapshot) -> None:
        heights, moved = self._heights.take(snapshot.delta[:-1])
        starts = self._heights.starts.tolist()
        for layer in moved.tolist():
            end = starts[layer + 1] if layer + 1 < len(starts) else None
            self.columns[layer + 1].bars.show_heights(heights[starts[layer] : end].tolist())

    @Slot()
    def _on_edges_due(self) -> None:
        if self._weights is not None:
            for edges, W in zip(self.edges, self._weights.W, strict=True):
                edges.show_weights(W)

    @Slot()
    def _on_texts_due(self) -> None:
        if self._snapshot is not None:
            self.speeds.show_speeds(_speeds(self._snapshot)[:-1])
        drawn = sum(edges.count for edges in self.edges)
        possible = sum(edges.possible for edges in self.edges)
        sizes = self.architecture.sizes
        total = sum(i * o for i, o in pairwise(sizes))
        self.legend.show_lines(
            self._legend_lines(edges_text(drawn, possible, total), self.full_bar)
        )

    def _legend_lines(self, edges: str, full: float | None) -> list[str]:
        segments = [edges, SIGNS]
        if len(self.architecture.layers) > 1:
            segments.append(bars_text(full))
        return broken(
            segments, self._size.width() - 36, lambda text: self.look.measure(text, "caption")
        )

    # -- what the user does ----------------------------------------------------------------

    def select(self, column: int | None) -> None:
        self.selected = column
        self._show_states()

    def point_at(self, target: Target) -> None:
        """The mouse is there now."""
        if target != self.target:
            self.target = target
            self._show_states()

    def set_focused(self, focused: bool) -> None:
        self._focused = focused
        self._show_states()

    def set_resizing(self, resizing: bool) -> None:
        self._resizing = resizing
        self._show_states()

    def active(self) -> tuple[int, ...]:
        """The columns that show their handles."""
        pointed = self.target.column
        return tuple(k for k in (pointed, self.selected) if k is not None)

    def _show_states(self) -> None:
        pointed, selected = self.target.column, self.selected
        for k, column in enumerate(self.columns):
            chosen = k == selected
            headed = self.layout.headed(k, self.active())
            column.set_state(State(
                chosen, k == pointed, self._focused and chosen, self._resizing and chosen, headed
            ))  # fmt: skip
        for gap, button in enumerate(self.inserts):
            hot = self.target == Target("insert", gap)
            button.setVisible(self.layout.buttons_fit or hot)
            button.set_hot(hot)
        self._show_remove()

    def _show_remove(self) -> None:
        removable = [k for k in self.active() if 1 <= k < len(self.columns) - 1]
        self.remove.setVisible(bool(removable) and not self._resizing)
        if removable:
            x, y = remove_at(self.layout, removable[0])
            self.remove.place(x, y, 0.8 * self.layout.button, self.look.theme)
            self.remove.set_hot(self.target.kind == "remove")

    # -- items -----------------------------------------------------------------------------

    def _added(self, item: Item) -> Item:
        self.addItem(item)
        return item

    def _keep(self, items: list[Item], count: int, make: Callable[[], Item]) -> None:
        """As many items as ``count``: those there are, and new ones."""
        while len(items) > count:
            self.removeItem(items.pop())
        while len(items) < count:
            items.append(self._added(make()))


def _speeds(snapshot: Snapshot) -> list[float]:
    """‖δ‖ of every layer, as recorded last; before the first record that of the snapshot."""
    recorded = snapshot.measure(SPEED)
    if len(recorded):
        return list(recorded[-1].tolist())
    return [float(np.linalg.norm(delta.astype(float))) for delta in snapshot.delta]
