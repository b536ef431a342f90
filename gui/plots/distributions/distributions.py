"""How the values of every layer are spread, one small histogram a layer over a shared axis."""

from PySide6.QtCore import Slot

from engine.readings.distributions import QUANTITIES, DistributionsReading, DistributionsWish
from engine.spec import Experiment
from engine.tables import Table
from gui.common.card import Chip, FlatCombo
from gui.common.table_combo import Choice
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
from gui.plots.parts.reading_card import ReadingCard
from gui.theme import CARD, Theme

CHOICES = {key: Choice(q.label, q.definition) for key, q in QUANTITIES.items()}


class Distributions(ReadingCard[DistributionsReading]):
    """Asks for one quantity at a time, over the probe set."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.quantity = FlatCombo("quantity", CHOICES, "What is counted in every layer")
        self.chip = Chip()
        self.rows = LayerRows(theme)
        self.add_title_row(self.quantity, self.chip)
        self.column.addWidget(self.rows, 1)
        self.quantity.currentIndexChanged.connect(self._on_quantity_changed)
        self.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        self.forget()

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
    def wish(self) -> DistributionsWish:
        return DistributionsWish(self.quantity.key)

    @Slot(int)
    def _on_quantity_changed(self, _index: int) -> None:
        self.forget()
        self.wishes_changed.emit()

    def write(self) -> None:
        shown, quantity = self.reading, QUANTITIES[self.quantity.key]
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
