"""From the chain to matrices: the row of factors of the window's network (equation 124)."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from engine.chain.row_verdict import check_row, judge_row
from engine.chain.trace import ChainTrace
from engine.hyper import Hyper
from engine.inspection import Inspection, Subject
from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.chain.studies.matrix_plots import FactorsPlot, NormsPlot, RunningPlot
from gui.chain.studies.matrix_row import MatrixRowView
from gui.chain.studies.matrix_words import (
    NOTHING,
    QUESTION,
    TITLES,
    WAITING,
    checked,
    comparison,
    judged,
    spoken,
)
from gui.chain.studies.matrix_work import MatrixWork, NetworkRow
from gui.chain.study import Study
from gui.common.card import Card, Chip, caption, card_title
from gui.common.fitting_label import FittingLabel
from gui.common.number_field import NumberField
from gui.common.typeface import typeface
from gui.document import ChainDocument
from gui.theme import Theme

MARGIN, BETWEEN = 14, 12
ROOMY = 900  # pixels, before the user's scale: with less, the chip is one word
COMPARED, CHECKED, PLOTTED = 470, 410, 330  # high: with less, these are left out
PATIENCE = 3  # snapshots with another example, until it is clear that there are no more
EXAMPLE = Hyper(
    "example", "example", 1, 1, 10_000, False, "which example of the probe set is sent through"
)
CHIP_TIP = (
    "The geometric mean of ‖δˡ‖ / ‖δˡ⁺¹‖ over the layers. Below 0.9 δ vanishes, above 1.1 it"
    " explodes, between it is balanced: the same thresholds as for the chain."
)
FACTORS_TIP = (
    "The largest singular value: by how much a factor lengthens the vector that it lengthens most."
    " That of Σ′ is its greatest |σ′|. Bars of weights are pale; they go up from the line 1 where"
    " the factor can lengthen, down where it shrinks every vector."
)
MOMENT_TIP = "The step of the run that the weights are of. [ and ]: a moment back, or on."
RUNNING_TIP = (
    "From the output, at the right, back to the first layer: ‖δ‖ itself, and the largest singular"
    " value of the product of the matrices, which is what δ could become at most for another"
    " example with a ∇C of length 1."
)


class MatricesStudy(Study):
    """Asks the window for one example of its network, and shows its row when it comes."""

    follows_run = True

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__(document, theme)
        self.row: NetworkRow | None = None
        self._trace: ChainTrace | None = None
        self._wanted = 0  # an example, from 0
        self._asked = False
        self._others = 0  # snapshots with another example since it was asked for
        self.work = MatrixWork(self)
        self.title, self.question = FittingLabel(), FittingLabel()
        self.field, self.of, self.chip = NumberField(EXAMPLE), caption(), Chip()
        self.view, self.cards = MatrixRowView(theme), QWidget()
        self.key = caption()
        self.factors_plot, self.running_plot = FactorsPlot(theme), RunningPlot(theme)
        self.verdict, self.comparison, self.check = FittingLabel(), FittingLabel(), FittingLabel()
        self._lay_out()
        self.key.setText(self.running_plot.key())
        self.field.number_changed.connect(self._on_example_entered)
        self.field.refused.connect(self.refused)
        self.work.found.connect(self._on_found)
        self._say_nothing(NOTHING)

    def _lay_out(self) -> None:
        self.title.setProperty("role", "title")
        self.title.set_texts(*TITLES)
        self.question.setProperty("role", "dim")
        self.question.set_texts(*QUESTION)
        self.verdict.setProperty("role", "title")
        self.comparison.setProperty("role", "dim")
        self.check.setProperty("role", "dim")
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(MARGIN, 10, MARGIN, 10)
        column.setSpacing(6)
        column.addLayout(self._header())
        column.addWidget(self.view, 5)
        for label in (self.verdict, self.comparison, self.check):
            column.addWidget(label)
        cards = QHBoxLayout(self.cards)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(BETWEEN)
        cards.addWidget(_card("Size of each factor", caption("largest singular value, log"),
                              FACTORS_TIP, self.factors_plot), 1)  # fmt: skip
        cards.addWidget(_card("From the output back", self.key, RUNNING_TIP, self.running_plot), 1)
        column.addWidget(self.cards, 5)
        column.addStretch(0)

    def _header(self) -> QHBoxLayout:
        header = QHBoxLayout()
        header.setSpacing(BETWEEN)
        header.addWidget(self.title, 5)
        header.addWidget(self.question, 6)
        label = QLabel("&Example")
        label.setBuddy(self.field)
        for widget in (label, self.field, self.of, self.chip):
            header.addWidget(widget)
        return header

    # -- what is shown ---------------------------------------------------------------------

    def show_trace(self, t: ChainTrace) -> None:
        self._trace = t
        self._compare()

    def show_network(self, experiment: Experiment, snapshot: Snapshot) -> None:
        weights, inspection = snapshot.weights, snapshot.inspection
        if weights is None or len(weights.W) != len(experiment.architecture.layers):
            return
        if inspection is None or not self._is_wanted(inspection):
            self._ask()
            if self.row is None:
                self._say_nothing(WAITING)
            return
        self.work.want(NetworkRow(experiment, weights, inspection, snapshot.step))

    def _is_wanted(self, inspection: Inspection) -> bool:
        example = inspection.subject.example
        if example is None:
            return False
        self._others = 0 if example == self._wanted else self._others + 1
        if self._others >= PATIENCE and example < self._wanted:
            self._want(example)  # the last that there is
        return example == self._wanted

    @Slot(object)
    def _on_found(self, row: NetworkRow) -> None:
        self.row = row
        verdict = judge_row(row.factors)
        self._fit()
        self.view.show_row(row)
        self.factors_plot.show_row(row)
        self.running_plot.show_row(row)
        self.verdict.set_texts(*judged(verdict))
        self.chip.tell(verdict.kind, verdict.words, CHIP_TIP, verdict.kind)
        self.check.set_texts(*checked(row, check_row(row.factors, row.inspection.delta[0])))
        self.of.setText(f"class {row.inspection.label} · step {row.step:,}")
        self.of.setToolTip(MOMENT_TIP)
        self.view.setAccessibleDescription(spoken(row))
        self._compare()

    def _compare(self) -> None:
        if self.row is not None:
            self.comparison.set_texts(*comparison(judge_row(self.row.factors), self._trace))

    def _say_nothing(self, why: str) -> None:
        self.verdict.set_texts(why)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.view.set_theme(theme)
        self.factors_plot.set_theme(theme)
        self.running_plot.set_theme(theme)
        self.key.setText(self.running_plot.key())

    # -- the example -----------------------------------------------------------------------

    @Slot(str, object)
    def _on_example_entered(self, _name: str, number: int) -> None:
        self._want(number - 1)
        self._ask()

    def _want(self, example: int) -> None:
        self._wanted, self._asked, self._others = example, False, 0
        self.field.set_number(example + 1)

    def _ask(self) -> None:
        """Once: the answer may take some frames."""
        if not self._asked:
            self._asked = True
            self.subject_wanted.emit(Subject(example=self._wanted))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._asked = False  # another view may have asked for something else
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "chip"):
            self._fit()

    def _fit(self) -> None:
        """What there is no room for goes, the least needed first."""
        scale = typeface(self, 100).pixelSize() / 100
        roomy = self.width() >= ROOMY * scale
        self.chip.set_brief(not roomy)
        self.question.setVisible(roomy)
        known, height = self.row is not None, self.height() / scale
        leasts = {self.comparison: COMPARED, self.check: CHECKED, self.cards: PLOTTED}
        for widget, least in leasts.items():
            widget.setVisible(known and height >= least)
        self.view.setVisible(known)
        side = Qt.AlignmentFlag.AlignLeft if known else Qt.AlignmentFlag.AlignHCenter
        self.verdict.setAlignment(side)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.work.stop()


def _card(title: str, words: QLabel, tip: str, plot: NormsPlot) -> QWidget:
    card, head = Card(), card_title(title)
    head.setToolTip(tip)
    card.add_row(head, words, stretch_after=2)
    card.column.addWidget(plot, 1)
    return card
