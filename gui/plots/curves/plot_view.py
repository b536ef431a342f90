"""Axes, grid and theme of a plot, and whose range it is: its own, or the user's."""

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton

from gui.common.axes_view import AxesView
from gui.common.scale import Range, Scale
from gui.common.typeface import typeface
from gui.plots.curves.crosshair import Reading
from gui.plots.curves.end_labels import EndLabels
from gui.theme import CAPTION, Theme

ZOOM, PAN = 1.25, 0.1  # what a key does
HINT = (
    "Point at a record for its values; a click or Enter keeps them there, arrow keys move on.\n"
    "Wheel zooms, drag moves; double-click or Home shows the whole run."
)
_PANS = {
    Qt.Key.Key_Left: (-PAN, 0.0), Qt.Key.Key_Right: (PAN, 0.0),
    Qt.Key.Key_Up: (0.0, PAN), Qt.Key.Key_Down: (0.0, -PAN),
}  # fmt: skip
_ZOOMS = {Qt.Key.Key_Plus: 1 / ZOOM, Qt.Key.Key_Equal: 1 / ZOOM, Qt.Key.Key_Minus: ZOOM}
OTHER = ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)


class PlotView(AxesView):
    """A plot over a run, whose range is its own until the user takes it.

    Of two plots that share x, one may go without labels of x, and without the button that resets
    both.
    """

    range_taken = Signal(float, float)  # of x, by the user
    run_shown = Signal()  # the range is the plot's own again

    def __init__(
        self, theme: Theme, scale: Scale, name: str, x_labels: bool = True, resets: bool = True
    ) -> None:
        super().__init__(theme, name, scale)
        self.setToolTip(HINT)
        self.axis_width = 0  # pixels for the labels of y at the usual size of type; 0: the usual
        self._x_labels, self._resets = x_labels, resets
        self._follows, self._moving = True, False
        self.bottom_axis.ending = "epochs"
        self.labels = EndLabels(self.view)
        self.reset_button = self._make_reset_button()
        self.view.sigRangeChanged.connect(self._on_range_changed)
        self.view.sigRangeChangedManually.connect(self._on_range_taken)
        self.view.sigResized.connect(self._on_resized)

    # What a plot makes of it

    def follow(self, anew: bool = False) -> None:
        """Choose the range for what there is, if it is the plot's own."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw all that there is, in the range that is shown."""
        raise NotImplementedError

    def read(self, x: float) -> Reading | None:
        """What stands at the record nearest to the position ``x``; None where there is none."""
        raise NotImplementedError

    def beyond(self, x: float, distance: float) -> float:
        """Where the next record is that is at least so far from ``x``; else the last one."""
        raise NotImplementedError

    # Whose range it is

    @property
    def follows(self) -> bool:
        """Whether the range is the plot's own; false since the user has zoomed or moved it."""
        return self._follows

    @Slot()
    def show_all(self) -> None:
        """The whole run, from now on too."""
        if not self._follows:
            self._follows = True
            self.run_shown.emit()
        self.reset_button.hide()
        self.follow(anew=True)

    @Slot(float, float)
    def take_x(self, left: float, right: float) -> None:
        """Show this part of the run, as another plot does."""
        self._hold()
        self.move((left, right))
        self.redraw()

    def share_x(self, other: "PlotView") -> None:
        """Two plots move along x together."""
        for one, two in ((self, other), (other, self)):
            one.range_taken.connect(two.take_x)
            one.run_shown.connect(two.show_all)

    def move(self, x: Range, y: Range | None = None) -> None:
        self._moving = True
        self.set_range(x, y)
        self._moving = False

    def _hold(self) -> None:
        self._follows = False
        self.bottom_axis.end = float("inf")
        self.bottom_axis.refresh()
        self.reset_button.setVisible(self._resets)

    # Signals and events

    @Slot(object, object, object)
    def _on_range_changed(self, *_changed: object) -> None:
        if not self._moving:
            self.redraw()

    @Slot(object)
    def _on_range_taken(self, _mask: object) -> None:
        self._hold()
        left, right = self.view.viewRange()[0]
        self.range_taken.emit(left, right)

    @Slot(object)
    def _on_resized(self, _view: object) -> None:
        if self._follows:
            self.follow(anew=True)
        else:
            self.redraw()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.show_all()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & OTHER:
            event.ignore()
        elif key == Qt.Key.Key_Home:
            self.show_all()
        elif key in _PANS:
            (left, right), (low, high) = self.view.viewRange()
            across, up = _PANS[key]
            self.view.translateBy(x=across * (right - left), y=up * (high - low))
            self._on_range_taken(None)
        elif key in _ZOOMS:
            self.view.scaleBy((_ZOOMS[key], _ZOOMS[key]))
            self._on_range_taken(None)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if hasattr(self, "reset_button"):  # GraphicsView resizes while it is being made
            self._put_reset_button()

    # Looks

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        if hasattr(self, "reset_button"):  # the font may change while it is being made
            self.labels.set_look(theme, typeface(self, CAPTION, bold=True))
            self._put_reset_button()
            self.follow(anew=True)

    def set_x_labels(self, shown: bool) -> None:
        if shown != self._x_labels:
            self._x_labels = shown
            self.set_theme(self._theme)

    def in_view(self, point: QPointF) -> QPointF:
        """From the pixels of the widget to those of the view box."""
        inside: QPointF = self.view.mapFromScene(self.mapToScene(point.toPoint()))
        return inside

    def _left_width(self, share: float) -> int:
        return round(self.axis_width * share) if self.axis_width else super()._left_width(share)

    def _bottom_height(self, share: float) -> int:
        return super()._bottom_height(share) if self._x_labels else 0

    def _make_reset_button(self) -> QPushButton:
        button = QPushButton("whole run", self)
        button.setProperty("role", "link")
        button.setToolTip("Follow the run again (Home)")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(self.show_all)
        button.hide()
        return button

    def _put_reset_button(self) -> None:
        size = self.reset_button.sizeHint()
        left = self.width() - size.width() - 4
        self.reset_button.setGeometry(left, 0, size.width(), size.height())
