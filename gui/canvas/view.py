"""The view of the network: follows the document, shows snapshots, and takes the user's hands."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip, QWidget

from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.canvas.gestures import Gestures
from gui.canvas.labels import column_name
from gui.canvas.layer_edits import LayerEdits
from gui.canvas.layer_menu import LayerMenu
from gui.canvas.look import Look
from gui.canvas.number_editor import NumberEditor
from gui.canvas.scene import NetworkScene
from gui.canvas.tips import tip
from gui.document import ExperimentDocument
from gui.theme import Theme

KEYS_HELP = (
    "Left and Right select a layer; Enter sets its neurons, Ctrl+Up and Ctrl+Down change them;"
    " Insert adds a layer, Delete removes it; the menu key has the rest."
)


class NetworkView(QGraphicsView):
    """Layers are counted from 0 as in ``architecture.layers``; columns from the input, 0."""

    layer_selected = Signal(object)  # int, or None: nothing or the input
    refused = Signal(str)

    def __init__(
        self, document: ExperimentDocument, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._theme = theme
        self._selected_id: str | None = None
        self._late: Snapshot | None = None
        self.network = NetworkScene(document.experiment.architecture, theme, self)
        self.edits = LayerEdits(document, self)
        self._gestures = Gestures(self.network, self.edits, self)
        self._set_up()
        self.editor = NumberEditor(self.viewport())
        self.menu: LayerMenu | None = None
        self.edits.refused.connect(self.refused)
        self.editor.refused.connect(self._on_number_refused)
        self.editor.neurons_set.connect(self._gestures.set_neurons)
        self.editor.finished.connect(self._on_editor_finished)
        self._gestures.column_picked.connect(self._on_column_picked)
        self._gestures.edit_wanted.connect(self._on_edit_wanted)
        self._gestures.menu_wanted.connect(self._on_menu_wanted)
        document.experiment_changed.connect(self._on_experiment_changed)
        self.set_theme(theme)

    def _set_up(self) -> None:
        self.setObjectName("network")
        self.setAccessibleName("Network")
        self.setAccessibleDescription(KEYS_HELP)
        self.setScene(self.network)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 300)

    # -- what is shown ---------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what the run tells; up to 60 times a second. Hidden, the newest is kept."""
        if self.isVisible():
            self.network.show_snapshot(snapshot)
        else:
            if snapshot.weights is not None:
                self.network.show_snapshot(snapshot)
            self._late = snapshot

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.network.set_look(Look(theme, self.font()))

    @property
    def selected_layer(self) -> int | None:
        """The selected layer; None if there is none, or the input is selected."""
        column = self.network.selected
        return column - 1 if column else None

    @Slot(object)
    def select_layer(self, index: int | None) -> None:
        """Select layer ``index``, or nothing; whoever shows the selection is told."""
        self._on_column_picked(None if index is None else index + 1)

    @Slot(object)
    def _on_column_picked(self, column: int | None) -> None:
        before = self.selected_layer
        self._select(column)
        if self.selected_layer != before:
            self.layer_selected.emit(self.selected_layer)

    def _select(self, column: int | None) -> None:
        architecture = self._document.experiment.architecture
        if column is not None and not 0 <= column <= len(architecture.layers):
            column = None
        self._selected_id = architecture.layers[column - 1].id if column else None
        self.network.select(column)
        text = KEYS_HELP
        if column is not None:
            name = column_name(architecture, column)
            text = f"{name}: {architecture.sizes[column]} neurons. {KEYS_HELP}"
            at = self.network.layout.columns[column].x
            self.ensureVisible(QRectF(at - 4, 0, 8, 8), 24, 0)
        self.setAccessibleDescription(text)

    @Slot(object)
    def _on_experiment_changed(self, experiment: Experiment) -> None:
        before = self.selected_layer
        self.network.show_architecture(experiment.architecture)
        ids = [layer.id for layer in experiment.architecture.layers]
        if self._selected_id in ids:
            self._select(ids.index(self._selected_id) + 1)
        elif self._selected_id is not None:
            self._select(None)
        if self.selected_layer != before:
            self.layer_selected.emit(self.selected_layer)
        self._follow_with_editor(ids)

    # -- the field on the header -----------------------------------------------------------

    @Slot(int)
    def _on_edit_wanted(self, column: int) -> None:
        neurons = self._document.experiment.architecture.sizes[column]
        self._on_column_picked(column)
        self.editor.open(column, neurons, self._header(column), self.network.look.scale)

    def _header(self, column: int) -> QRectF:
        layout = self.network.layout
        at = self.mapFromScene(QPointF(layout.columns[column].x, layout.bands.number))
        return QRectF(at.x(), at.y(), 0, 0)

    def _follow_with_editor(self, ids: list[str]) -> None:
        column = self.editor.column
        if column < 0:
            return
        if self._selected_id is None or column >= len(ids) or ids[column - 1] != self._selected_id:
            self.editor.give_up()
        else:
            self.editor.show_over(self._header(column))

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
            self.menu.deleteLater()
        self.menu = LayerMenu(self._document.experiment, column, self)
        self.menu.triggered.connect(self._on_menu_triggered)
        self.menu.popup(self.viewport().mapToGlobal(self.mapFromScene(at)))

    @Slot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        column = self.network.selected
        if column is None:
            return
        verb, field, key, text = action.data()
        if verb == "choose":
            self.edits.choose(column, field, key, text)
        else:
            self._gestures.carry_out(verb, column)

    # -- events ----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._gestures.press(self._at(event))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.viewport().setCursor(self._gestures.move(self._at(event)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._gestures.release()
            self._gestures.move(self._at(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._gestures.double_click(self._at(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._gestures.leave()
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._gestures.context_menu_of_selected()
        else:
            self._gestures.context_menu(self.mapToScene(event.pos()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._gestures.key(event):
            event.accept()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        tab = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in tab and self.network.selected is None:
            self._on_column_picked(1)
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
            self.network.show_snapshot(late)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.font() != self.network.look.font:
            self.network.set_look(Look(self._theme, self.font()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event.pos(), event.globalPos())
            return True
        return super().viewportEvent(event)

    def _show_tip(self, at: QPoint, on_screen: QPoint) -> None:
        target = self._gestures.target(self.mapToScene(at))
        network = self.network
        QToolTip.showText(
            on_screen, tip(target, network.architecture, network.snapshot), self.viewport()
        )

    def _at(self, event: QMouseEvent) -> QPointF:
        return self.mapToScene(event.position().toPoint())
