"""The picture of a network: a mirror of the document, and of what its run tells."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Signal, Slot
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from engine.architecture import ArchitectureSpec
from gui.canvas.items.buttons import ButtonItem
from gui.canvas.items.column_item import ColumnItem, State
from gui.canvas.items.edges import MOST_EDGES, EdgesItem
from gui.canvas.items.overlays import BandItem, GhostItem, NoteItem
from gui.canvas.items.skips import DraggedSkip, SkipItem, arcs_of, height_of, skip_at
from gui.canvas.layout import MAP_LINES, WHOLE, Layout, Viewpoint, arrange, map_width
from gui.canvas.live_picture import LivePicture
from gui.canvas.look import Look
from gui.canvas.motion import Motion
from gui.canvas.selection import NONE, Selection
from gui.canvas.targets import Target, port_at, remove_at, target_at
from gui.canvas.words.labels import column_texts
from gui.theme import Theme

NOTHING = Target("nothing")

Item = TypeVar("Item", bound=QGraphicsItem)


class NetworkScene(QGraphicsScene):
    """Columns, gaps and captions of an architecture; columns are counted from the input, 0."""

    pointed = Signal(object)  # Target: what the mouse is on now

    def __init__(self, architecture: ArchitectureSpec, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.architecture = architecture
        self.look = Look(theme, QFont())
        self.selection = NONE
        self.target = NOTHING
        self._focused = self._resizing = False
        self._size = QSizeF(700, 600)
        self.viewpoint = WHOLE
        self.edges: list[EdgesItem] = []
        self.columns: list[ColumnItem] = []
        self.inserts: list[ButtonItem] = []
        self.skips: list[SkipItem] = []
        self.remove = self._added(ButtonItem(crossed=True))
        self.band, self.note = self._added(BandItem()), self._added(NoteItem())
        self.dragged_skip, self.ghost = self._added(DraggedSkip()), self._added(GhostItem())
        self._was_at_rest = True
        self._skip_drag: tuple[int, int | None] | None = None  # source, and target if allowed
        self.motion = Motion(self)
        self.motion.moved.connect(self._on_moved)
        self.live = LivePicture(self)
        self.rearrange()

    # -- what the document says ------------------------------------------------------------

    def show_architecture(self, architecture: ArchitectureSpec) -> None:
        if architecture.sizes != self.architecture.sizes:
            self.live.forget()
        sizes = sorted((len(architecture.sizes), len(self.architecture.sizes)))
        if 2 * sizes[0] < sizes[1]:
            self.viewpoint = WHOLE  # another network
        before = self._places()
        self.architecture = architecture
        self.selection = self.selection.within(architecture)
        self.rearrange()
        if list(before) != list(self._places()):
            self.motion.arrive(before, list(self._places().items()))

    def _places(self) -> dict[str, float]:
        """Where the columns stand, by their ids."""
        return {key: self.layout.columns[k].x for key, k in self.architecture.columns.items()}

    def fit(self, size: QSizeF) -> None:
        self._size = size
        self.rearrange()

    def set_look(self, look: Look) -> None:
        self.look = look
        self.rearrange()

    def look_from(self, viewpoint: Viewpoint) -> None:
        """Zoom, or look further up or down."""
        if viewpoint != self.viewpoint:
            self.viewpoint = viewpoint
            self.rearrange()

    def arranged(self, viewpoint: Viewpoint) -> Layout:
        """Where everything would stand; a zoomed picture leaves room for a map of the whole."""
        look, lines = self.look, 0
        legend = self._legend_size(viewpoint)
        if viewpoint.zoom > 1:
            lines = MAP_LINES
        lines = max(lines, self.live.legend_lines(self.architecture, look, legend.width()))
        return arrange(
            column_texts(self.architecture), self._size.width(), self._size.height(),
            look.measure, look.scale, lines, viewpoint, height_of(self.architecture, look.scale),
        )  # fmt: skip

    def _legend_size(self, viewpoint: Viewpoint) -> QSizeF:
        taken = map_width(self._size.width(), self.look.scale) if viewpoint.zoom > 1 else 0.0
        return QSizeF(self._size.width() - taken, self._size.height())

    def rearrange(self) -> None:
        """Lay everything out anew, and show the newest numbers again."""
        texts = column_texts(self.architecture)
        look, size = self.look, self._legend_size(self.viewpoint)
        layout = self.layout = self.arranged(self.viewpoint)
        self.viewpoint = layout.viewpoint
        self.setBackgroundBrush(QColor(look.theme.background))
        self.setSceneRect(0, 0, layout.width, layout.height)
        self._keep(self.columns, len(texts), ColumnItem)
        self._join_columns()
        for index, column in enumerate(self.columns):
            column.place(index, texts[index], layout, look)
        arcs = arcs_of(self.architecture)
        self._keep(self.skips, len(arcs), SkipItem)
        for item, arc in zip(self.skips, arcs, strict=True):
            item.place(arc, layout, look)
        self.ghost.hide()
        self.motion.settle(len(texts))
        self._show_states()
        self.live.place(self.architecture, layout, look, size, self.columns, self.edges)

    def _join_columns(self) -> None:
        layout, theme = self.layout, self.look.theme
        gaps = len(layout.columns) - 1
        self._keep(self.edges, gaps, EdgesItem)
        self._keep(self.inserts, gaps, ButtonItem)
        in_sight = min(gaps, int(self._size.width() / layout.pitch) + 1)
        most = max(1, MOST_EDGES // in_sight)
        for gap in range(gaps):
            left, right = layout.columns[gap : gap + 2]
            self.edges[gap].place(left, right, most, layout.radius, theme)
            x, y = layout.gap_x(gap), layout.bands.insert
            self.inserts[gap].place(x, y, layout.button, theme)

    # -- what the user does ----------------------------------------------------------------

    @property
    def selected(self) -> int | None:
        """The current column."""
        return self.selection.column(self.architecture)

    def select(self, selection: Selection) -> None:
        self.selection = selection
        self._show_states()

    def target_at(self, at: QPointF) -> Target:
        """What is there; small things win over those that they stand on."""
        target = target_at(self.layout, at.x(), at.y(), self.active())
        if target.kind not in ("nothing", "column", "header"):
            return target
        if (skip := skip_at(self.skips, at)) is not None:
            return Target("skip", skip)
        return target if target.kind != "nothing" else self._edge_at(at)

    def _edge_at(self, at: QPointF) -> Target:
        gap = self.layout.gap_at(at.x())
        edge = self.edges[gap].edge_at(at.x(), at.y()) if gap is not None else None
        if gap is None or edge is None:
            return NOTHING
        return Target("edge", gap, *edge)

    def neuron_beside(self, column: int, neuron: int | None, step: int) -> int:
        """The neuron above or below that is drawn; the first one to begin with."""
        neurons = self.architecture.sizes[column]
        shown = self.layout.columns[column].shown.tolist()
        if neuron is None:
            return int(shown[0] if step > 0 else shown[-1])
        if neuron in shown and 0 <= shown.index(neuron) + step < len(shown):
            return int(shown[shown.index(neuron) + step])
        return min(max(neuron + step, 0), neurons - 1)

    def point_at(self, target: Target) -> None:
        """The mouse is there now."""
        if target != self.target:
            self.target = target
            self._show_states()
            self.pointed.emit(target)

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
        chosen = self.selection.columns(self.architecture)
        current, active = self.selected, self.active()
        for k, column in enumerate(self.columns):
            column.set_state(State(
                selected=k in chosen,
                hovered=k == self.target.column,
                focused=self._focused and k == current,
                resizing=self._resizing and k in chosen,
                headed=self.layout.headed(k, active),
                port=k in active and port_at(self.layout, k) is not None,
                receives=self._skip_drag is not None and k == self._skip_drag[1],
                neuron=self.selection.neuron if k == current else None,
            ))  # fmt: skip
        for gap, button in enumerate(self.inserts):
            hot = self.target == Target("insert", gap)
            button.setVisible((self.layout.buttons_fit or hot) and self.motion.is_at_rest)
            button.set_hot(hot)
        for k, (skip, item) in enumerate(zip(self.architecture.skips, self.skips, strict=True)):
            item.set_state(skip == self.selection.skip, self.target == Target("skip", k))
        self._show_remove()

    def _show_remove(self) -> None:
        removable = [k for k in self.active() if 1 <= k < len(self.columns) - 1]
        shown = bool(removable) and not self._resizing and self.motion.is_at_rest
        self.remove.setVisible(shown)
        if removable:
            x, y = remove_at(self.layout, removable[0])
            self.remove.place(x, y, 0.8 * self.layout.button, self.look.theme)
            self.remove.set_hot(self.target.kind == "remove")

    # -- while something is dragged --------------------------------------------------------

    def show_gap(self, gap: int | None, text: str = "") -> None:
        """Open the place after column ``gap`` for what ``text`` names; None: close it."""
        self.ghost.setVisible(gap is not None)
        if gap is not None:
            self.ghost.show_in(gap, text, self.layout, self.look)
        self.motion.open_gap(gap, len(self.columns), self.layout.pitch)

    def show_note(self, text: str, at: QPointF, fault: bool = False) -> None:
        """A few words beside the pointer; none: hide them."""
        views = self.views()
        room = views[0].mapToScene(views[0].viewport().rect()).boundingRect()
        self.note.show_note(text, at, self.look, room, fault)

    def show_band(self, band: QRectF | None) -> None:
        self.band.setVisible(band is not None)
        if band is not None:
            self.band.show_band(band, self.look)

    def show_dragged_skip(self, source: int, at: QPointF, target: int | None, reason: str) -> None:
        """From the port of ``source`` to the pointer, or to the ``target`` that it may have."""
        frame = self.layout.bands.frame[0]
        end = at if target is None else QPointF(self.layout.columns[target].x, frame)
        start = QPointF(self.layout.columns[source].x, frame)
        self.dragged_skip.show_from(start, end, not reason, self.look)
        self.show_note(reason, at, fault=True)
        self._skip_drag = source, target
        self._show_states()

    def hide_dragged_skip(self) -> None:
        self._skip_drag = None
        self.dragged_skip.hide()
        self.show_note("", QPointF())
        self._show_states()

    @Slot()
    def _on_moved(self) -> None:
        """Columns are on their way: edges are shown between those that move together."""
        offsets, at_rest = self.motion.offsets, self.motion.is_at_rest
        for place, column, offset in zip(self.layout.columns, self.columns, offsets, strict=True):
            column.setX(place.x + offset)
        for k, edges in enumerate(self.edges):
            edges.setVisible(abs(offsets[k] - offsets[k + 1]) < 0.5)
            edges.setX(self.layout.columns[k].x + offsets[k])
        for item in (*self.skips, self.live.speeds):
            item.setVisible(at_rest)
        self.live.input_image.setX(offsets[0])
        self.live.scores.setX(offsets[-1])
        if at_rest != self._was_at_rest:
            self._was_at_rest = at_rest
            self._show_states()

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
