"""The view of the network: follows the document, shows snapshots, and takes the user's hands."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPixmapCache,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.canvas.hands.drops import Drops
from gui.canvas.hands.gestures import Gestures
from gui.canvas.hands.keys import HELP, Keys
from gui.canvas.hands.layer_commands import LayerCommands
from gui.canvas.hands.layer_edits import LayerEdits
from gui.canvas.hands.layer_menu import LayerMenu
from gui.canvas.hands.navigation import Navigation
from gui.canvas.hands.navigation_input import NavigationInput
from gui.canvas.hands.number_editor import NumberEditor
from gui.canvas.hands.tool_tips import ToolTips
from gui.canvas.look import Look
from gui.canvas.minimap import Minimap
from gui.canvas.scene import NetworkScene
from gui.canvas.selection import Selection
from gui.canvas.words.labels import selection_name
from gui.common.throttle import Throttle
from gui.document import ExperimentDocument
from gui.theme import Theme

HOVER_MS = 16  # the pointer moves more often than the picture is painted
PICTURES_KB = 256_000  # items are kept as pictures; with Qt's 10 MB, 50 layers thrash


class NetworkView(QGraphicsView):
    """Layers are counted from 0 as in ``architecture.layers``; columns from the input, 0."""

    layers_selected = Signal(object)  # tuple of int; without the input
    parameter_picked = Signal(object)  # layer, neuron, source
    refused = Signal(str)

    def __init__(
        self, document: ExperimentDocument, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._theme = theme
        self._late: Snapshot | None = None
        self.network = NetworkScene(document.experiment.architecture, theme, self)
        self.edits = LayerEdits(document, self)
        self.commands = LayerCommands(self.network, self.edits, self)
        self._gestures = Gestures(self.network, self.commands, self)
        self._keys = Keys(self.network, self.commands, self)
        self._drops = Drops(self.network, self.commands, self)
        self._tool_tips = ToolTips(self.network, self)
        self._pointer = QPointF()
        self._moved = Throttle(self, HOVER_MS)
        self._set_up()
        self.navigation = Navigation(self.network, self)
        self.navigation_input = NavigationInput(self.navigation, self)
        self.minimap = Minimap(self.navigation, self.network, self)
        self.editor = NumberEditor(self.viewport())
        self.menu: LayerMenu | None = None
        self._connect()
        self.set_theme(theme)

    def _connect(self) -> None:
        self.edits.refused.connect(self.refused)
        self.editor.refused.connect(self._on_number_refused)
        self.editor.neurons_set.connect(self.commands.resize)
        self.editor.finished.connect(self._on_editor_finished)
        self.commands.picked.connect(self._on_picked)
        self.commands.size_wanted.connect(self._on_size_wanted)
        self._gestures.menu_wanted.connect(self._on_menu_wanted)
        self._gestures.parameter_picked.connect(self.parameter_picked)
        self._keys.parameter_picked.connect(self.parameter_picked)
        self._moved.due.connect(self._on_pointer_moved)
        self._document.changed.connect(self._on_experiment_changed)

    def _set_up(self) -> None:
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), PICTURES_KB))
        self.setObjectName("network")
        self.setAccessibleName("Network")
        self.setAccessibleDescription(HELP)
        self.setScene(self.network)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 300)

    # -- what is shown ---------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what the run tells; up to 60 times a second. Hidden, the newest is kept."""
        if self.isVisible():
            self.network.live.show_snapshot(snapshot)
        else:
            if snapshot.weights is not None:
                self.network.live.show_snapshot(snapshot)
            self._late = snapshot

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.network.set_look(Look(theme, self.font()))

    # -- what is selected ------------------------------------------------------------------

    @property
    def selected_layers(self) -> tuple[int, ...]:
        """Without the input."""
        network = self.network
        return tuple(k - 1 for k in network.selection.columns(network.architecture) if k > 0)

    @property
    def selected_layer(self) -> int | None:
        """The current one; None if there is none, or it is the input."""
        column = self.network.selected
        return column - 1 if column else None

    @Slot(object)
    def select_layers(self, layers: Sequence[int]) -> None:
        """Select these layers; whoever shows the selection is told."""
        there = range(len(self.network.architecture.layers))
        self.commands.pick(*(layer + 1 for layer in layers if layer in there))

    @Slot(object)
    def _on_picked(self, selection: Selection) -> None:
        before, current = self.selected_layers, self.network.selection.current
        self.network.select(selection)
        column = self.network.selected
        if column is not None and (selection.current, selection.neuron) != (current, None):
            self.navigation.reveal(column, selection.neuron)
        self._say_selection()
        if self.selected_layers != before:
            self.layers_selected.emit(self.selected_layers)

    def _say_selection(self) -> None:
        """To a screen reader."""
        said = selection_name(self.network.architecture, self.network.selection)
        self.setAccessibleDescription(f"{said}. {HELP}" if said else HELP)
        column = self.network.selected
        if column is not None and self.hasFocus() and QAccessible.isActive():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(column)
            QAccessible.updateAccessibility(event)

    @Slot(object)
    def _on_experiment_changed(self, experiment: Experiment) -> None:
        before, ids = self.selected_layers, self.network.selection.ids
        self.network.show_architecture(experiment.architecture)
        if self.selected_layers != before or self.network.selection.ids != ids:
            self.layers_selected.emit(self.selected_layers)
        self._say_selection()
        self._follow_with_editor()

    def zoom_in(self) -> None:
        self.navigation.zoom_in()

    def zoom_out(self) -> None:
        self.navigation.zoom_out()

    def zoom_to_fit(self) -> None:
        self.navigation.zoom_to_fit()

    def zoom_to_selection(self) -> None:
        self.navigation.zoom_to_selection()

    # -- the field on the header -----------------------------------------------------------

    @Slot(int)
    def _on_size_wanted(self, column: int) -> None:
        architecture = self._document.experiment.architecture
        if column not in self.commands.columns:
            self.commands.pick(column)
        self._edited = architecture.layers[column - 1].id
        neurons = architecture.sizes[column]
        self.editor.open(column, neurons, self._header(column), self.network.look.scale)

    def _header(self, column: int) -> QRectF:
        layout = self.network.layout
        at = self.mapFromScene(QPointF(layout.columns[column].x, layout.bands.number))
        return QRectF(at.x(), at.y(), 0, 0)

    def _follow_with_editor(self) -> None:
        if self.editor.column < 0:
            return
        at = self._document.experiment.architecture.columns
        if at.get(self._edited) != self.editor.column:
            self.editor.give_up()
        else:
            self.editor.show_over(self._header(self.editor.column))

    @Slot()
    def _on_editor_finished(self) -> None:
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(str)
    def _on_number_refused(self, reason: str) -> None:
        self.refused.emit(f"{reason[:1].upper()}{reason[1:]}.")

    # -- the menu --------------------------------------------------------------------------

    @Slot(int, QPointF)
    def _on_menu_wanted(self, column: int, at: QPointF) -> None:
        if self.menu is not None:
            self.menu.close()
            self.menu.deleteLater()
        self.menu = LayerMenu(self._document.experiment, column, self.commands.columns, self)
        self.menu.triggered.connect(self._on_menu_triggered)
        self.menu.popup(self.viewport().mapToGlobal(self.mapFromScene(at)))

    @Slot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        commands, (verb, first, second, text) = self.commands, action.data()
        column = self.network.selected
        match verb:
            case "choose":
                commands.choose(text, **{first: second})
            case "skip":
                commands.add_skip(first, second)
            case "unskip":
                self.edits.remove_skip(first)
            case "edit" if column is not None:
                commands.edit_size(column)
            case "insert_before":
                commands.insert(min(commands.columns) - 1)
            case "insert_after":
                commands.insert_after_selected()
            case "cut" | "copy" | "paste" | "duplicate" | "remove":
                getattr(commands, verb)()

    # -- what menus and other regions ask for ----------------------------------------------

    def copy_layers(self) -> None:
        self.commands.copy()

    def cut_layers(self) -> None:
        self.commands.cut()

    def paste_layers(self) -> None:
        self.commands.paste()

    def duplicate_layers(self) -> None:
        self.commands.duplicate()

    def remove_layers(self) -> None:
        self.commands.remove()

    def select_all(self) -> None:
        self.commands.select_all()

    @Slot(str)
    def add_layer(self, kind: str) -> None:
        """An activation, or the residual block, after the selected layer."""
        self.commands.insert_after_selected(kind)

    # -- events ----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._gestures.press(self._at(event), event.modifiers())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = self._at(event)
        self._moved.request()

    @Slot()
    def _on_pointer_moved(self) -> None:
        self.viewport().setCursor(self._gestures.move(self._pointer))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            at = self._at(event)
            self._moved.reset()
            if self._gestures.is_dragging:
                self._gestures.move(at)
            self._gestures.release(at)
            self.viewport().setCursor(self._gestures.move(at))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._gestures.double_click(self._at(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._moved.reset()
        self._gestures.leave()
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._gestures.context_menu_of_selected()
        else:
            self._gestures.context_menu(self.mapToScene(event.pos()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        escapes = event.key() == Qt.Key.Key_Escape and self._gestures.cancel()
        if escapes or self._keys.press(event):
            event.accept()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        tab = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in tab and self.network.selected is None:
            self.commands.pick(1)
        self.network.set_focused(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.network.set_focused(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.network.fit(QSizeF(self.viewport().size()))
        if self.editor.column >= 0:
            self.editor.show_over(self._header(self.editor.column))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._late is not None:
            late, self._late = self._late, None
            self.network.live.show_snapshot(late)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.font() != self.network.look.font:
            self.network.set_look(Look(self._theme, self.font()))

    def _at(self, event: QMouseEvent) -> QPointF:
        return self.mapToScene(event.position().toPoint())
