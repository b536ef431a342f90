"""The base of instruments of one picture under one line of words."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.common.fitting_label import FittingLabel
from gui.common.throttle import Throttle
from gui.plots.card import PlotCard
from gui.plots.parts.pointed_plane import PointedPlane
from gui.plots.parts.spare_row import SpareRow
from gui.theme import Theme

LEAST_LINES = 6.0  # lines of text that the picture has: else the words give way


class CaptionedCard(PlotCard):
    """``draw`` is called once in ``picture_ms`` at most, ``tell`` four times a second.

    ``tell`` is also called whenever another place is pointed at.
    """

    def __init__(self, theme: Theme, picture: PointedPlane, picture_ms: int) -> None:
        super().__init__(theme)
        self.picture = picture
        self.words = FittingLabel()
        self.words.setProperty("role", "caption")
        self.row = SpareRow()
        self.pictures, self.texts = Throttle(self, picture_ms), Throttle(self)
        self.pictures.due.connect(self._on_pictures_due)
        self.texts.due.connect(self._on_texts_due)
        picture.pointed_changed.connect(self._on_pointed_changed)
        self._layers = 1
        self._snapshot: Snapshot | None = None

    # What an instrument overrides

    def draw(self) -> None:
        """Show the newest snapshot in the picture."""
        raise NotImplementedError

    def tell(self) -> None:
        """Set ``words``, and what else is to be read."""
        raise NotImplementedError

    def tell_pointed(self) -> None:
        """Set ``words`` to what the place says that is pointed at."""
        raise NotImplementedError

    # What the panel calls

    def set_experiment(self, experiment: Experiment) -> None:
        self._layers, self._snapshot = len(experiment.architecture.layers), None
        self.pictures.reset()
        self.texts.at_once()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.layers == self._layers:
            self._snapshot = snapshot
            self.pictures.request()
            self.texts.request()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.picture.set_theme(theme)

    # Where it stands

    def lay_out(self, *beside: QWidget) -> None:
        """The words, with these at their right, over the picture."""
        self.row.add(self.words, stretches=True)
        for widget in beside:
            self.row.add(widget)
        self.column.addWidget(self.row)
        self.column.addWidget(self.picture, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        frame = self.height() - self.contentsRect().height()
        room = self.body_height - frame - self.column.contentsMargins().bottom()
        needed = LEAST_LINES * self.picture.metrics.height() + self.row.sizeHint().height()
        self.row.setVisible(room >= needed)

    @Slot()
    def _on_pictures_due(self) -> None:
        self.draw()

    @Slot()
    def _on_texts_due(self) -> None:
        self.tell()
        if self.picture.pointed is not None:
            self.tell_pointed()

    @Slot()
    def _on_pointed_changed(self) -> None:
        if self.picture.pointed is not None:
            self.tell_pointed()
        else:
            self.tell()
