"""A pyqtgraph view with two axes, a grid and the look of the theme."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsScene

from gui.common.axis import HEIGHT, WIDTH, Grid, TickAxis
from gui.common.scale import LinearScale, Range, Scale
from gui.common.typeface import typeface
from gui.theme import CAPTION, Theme

X_SPACING = 72  # pixels between two labels of the x axis, at least


class AxesView(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """A view box with axes made by hand. Keep it until the program ends: hide it instead."""

    def __init__(self, theme: Theme, name: str, y: Scale, x: Scale | None = None) -> None:
        super().__init__(None, background=theme.panel)
        self.setAccessibleName(name)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing behind it
        self._theme = theme
        self.left_axis = TickAxis("left", y)
        self.bottom_axis = TickAxis("bottom", x or LinearScale(), X_SPACING)
        self.view = pg.ViewBox(enableMenu=False, defaultPadding=0.0)
        self.grid = Grid(self.view)
        self._lay_out()

    def set_range(self, x: Range, y: Range | None = None) -> None:
        """Positions on the axes, after ``forward`` of their scales."""
        self.view.setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)

    def place_grid(self) -> None:
        """Lines at the ticks of the left axis; for the range that is shown now."""
        rect = self.view.boundingRect()
        low, high = self.view.viewRange()[1]
        ticks = self.left_axis.lines(low, high, rect.height())
        rows = [rect.height() * (high - tick) / (high - low) for tick in ticks]
        self.grid.place(rect, rows, rect.width())

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        caption = typeface(self, CAPTION)
        share = caption.pixelSize() / CAPTION
        self.setBackground(theme.panel)
        self.grid.set_colour(theme.line)
        for axis in (self.left_axis, self.bottom_axis):
            axis.set_type(theme, caption)
        half = caption.pixelSize() // 2 + 1  # of the labels at the ends of the y axis
        height = self._bottom_height(share)
        self.centralWidget.layout().setContentsMargins(0, half, 0, 0 if height else half)
        self.left_axis.setWidth(self._left_width(share))
        self.bottom_axis.setHeight(height)

    def _left_width(self, share: float) -> int:
        """Pixels for the labels of y, at ``share`` times the usual size of type."""
        return round(WIDTH * share)

    def _bottom_height(self, share: float) -> int:
        """Pixels for the labels of x, at ``share`` times the usual size of type."""
        return round(HEIGHT * share)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "grid"):
            self.set_theme(self._theme)

    def sizeHint(self) -> QSize:
        return QSize(360, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 60)

    def _lay_out(self) -> None:
        self.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        grid = QGraphicsGridLayout()
        grid.setSpacing(0)
        grid.addItem(self.left_axis, 0, 0)
        grid.addItem(self.view, 0, 1)
        grid.addItem(self.bottom_axis, 1, 1)
        grid.setRowStretchFactor(0, 1)
        grid.setColumnStretchFactor(1, 1)
        self.centralWidget.setLayout(grid)
        for axis in (self.left_axis, self.bottom_axis):
            axis.linkToView(self.view)
