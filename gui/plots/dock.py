"""The dock around an instrument: its card is made when it is first shown."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDockWidget, QWidget

from gui.common.enclosure import Enclosure
from gui.common.focus_ring import ring_all
from gui.plots.card import PlotCard
from gui.plots.table import Plot
from gui.theme import Theme

FEATURES = (
    QDockWidget.DockWidgetFeature.DockWidgetMovable
    | QDockWidget.DockWidgetFeature.DockWidgetFloatable
    | QDockWidget.DockWidgetFeature.DockWidgetClosable
)
SIDE, TOP = 14, 8  # pixels around the header


class PlotDock(QDockWidget):
    """``is_seen`` tells whether it is in front: docks may stand behind one another as tabs."""

    seen_changed = Signal()
    card_made = Signal(object)  # PlotCard

    def __init__(self, plot: Plot, theme: Theme) -> None:
        super().__init__(plot.title)
        self.setObjectName(plot.key)
        self.setFeatures(FEATURES)
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        self.plot, self._theme = plot, theme
        self._card: PlotCard | None = None
        self.is_seen = False
        self.setTitleBarWidget(QWidget())
        self.visibilityChanged.connect(self._on_visibility_changed)

    @property
    def made(self) -> PlotCard | None:
        """The card, if it has ever been shown."""
        return self._card

    @property
    def card(self) -> PlotCard:
        return self.make()

    def make(self) -> PlotCard:
        """The card; made now, if it has never been needed."""
        if self._card is None:
            self._card = self._new_card()
            self.card_made.emit(self._card)
        return self._card

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._card is not None:
            self._card.set_theme(theme)

    def _new_card(self) -> PlotCard:
        card = self.plot.make()(self._theme)
        card.setObjectName(self.plot.key)
        card.setAccessibleName(self.plot.title)
        card.setAccessibleDescription(self.plot.definition)
        card.setProperty("role", "plot-body")
        margins = card.column.contentsMargins()
        margins.setTop(0)
        card.column.setContentsMargins(margins)
        card.header.row.setContentsMargins(SIDE, TOP, TOP, 0)
        before = self.titleBarWidget()
        self.setTitleBarWidget(Enclosure(card.header))
        before.deleteLater()
        self.setWidget(Enclosure(card))
        ring_all(card)
        card.set_theme(self._theme)  # once more, in the type that it has here
        return card

    @Slot(bool)
    def _on_visibility_changed(self, visible: bool) -> None:
        if visible:
            self.make()
        if visible != self.is_seen:
            self.is_seen = visible
            self.seen_changed.emit()
