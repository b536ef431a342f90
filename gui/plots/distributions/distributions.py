"""How the values of every layer are spread, one small histogram a layer over a shared axis."""

from PySide6.QtCore import Slot

from engine.look import Wish
from engine.readings.distributions import QUANTITIES, DistributionsReading, DistributionsWish
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.tables import Table
from gui.common.card import Chip, FlatCombo
from gui.common.table_combo import Choice
from gui.common.throttle import Throttle
from gui.plots.card import PlotCard
from gui.plots.distributions.layer_rows import LayerRows
from gui.plots.distributions.layer_rows_words import (
    COLUMNS,
    DRAWN,
    JUDGED,
    row_words,
    table,
    verdict,
)
from gui.plots.parts.raised import plain
from gui.theme import CARD, Theme

CHOICES = {key: Choice(q.label, q.definition) for key, q in QUANTITIES.items()}


class Distributions(PlotCard):
    """Asks for one quantity at a time, over the probe set."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.quantity = FlatCombo("quantity", CHOICES, "What is counted in every layer")
        self.chip = Chip()
        self.rows = LayerRows(theme)
        self.add_title_row(self.quantity, self.chip)
        self.column.addWidget(self.rows, 1)
        self._reading: DistributionsReading | None = None
        self._news = Throttle(self)
        self._news.due.connect(self._on_news_due)
        self.quantity.currentIndexChanged.connect(self._on_quantity_changed)
        self.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        self._forget()

    def wishes(self) -> frozenset[Wish[object]]:
        return frozenset({self._wish})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        reading = None if snapshot.inspection is None else snapshot.inspection.answer(self._wish)
        if reading is not None and reading is not self._reading:
            self._reading = reading
            self._news.request()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.quantity.set_type(self, CARD, bold=True)
        self.rows.set_theme(theme)

    def reset(self) -> None:
        self.quantity.setCurrentIndex(0)

    def table(self) -> Table:
        shown = self.rows.shown
        return Table(("layer",), ()) if shown is None else table(shown)

    @property
    def _wish(self) -> DistributionsWish:
        return DistributionsWish(self.quantity.key)

    def _forget(self) -> None:
        self._reading = None
        self._news.reset()
        self._on_news_due()

    @Slot(int)
    def _on_quantity_changed(self, _index: int) -> None:
        self._forget()
        self.wishes_changed.emit()

    @Slot()
    def _on_news_due(self) -> None:
        shown, quantity = self._reading, QUANTITIES[self.quantity.key]
        self.rows.show_distributions(shown)
        self.rows.setToolTip(f"{quantity.definition}.\n{DRAWN}\n{COLUMNS}")
        if shown is None:
            self.chip.tell("unknown", "", "")
            self.rows.setAccessibleDescription("not looked at yet")
            return
        kind, words, brief = verdict(shown)
        self.chip.tell(kind, words, JUDGED, brief)
        layers = range(len(shown.counts))
        spoken = (", ".join(row_words(shown, l)) for l in layers)
        self.rows.setAccessibleDescription(plain("; ".join(spoken)))
