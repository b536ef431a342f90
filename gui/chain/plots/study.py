"""Three pictures of one product: σ′ at every neuron, the terms, and the gradients they leave."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from engine.chain.trace import ChainTrace
from gui.chain.plots.chart import Chart
from gui.chain.plots.derivative_chart import DerivativeChart
from gui.chain.plots.gradient_chart import GradientChart
from gui.chain.plots.plot_card import PlotCard
from gui.chain.plots.term_chart import TermChart
from gui.chain.study import Study
from gui.common.card import FlatCombo
from gui.common.table_combo import Choice
from gui.common.throttle import Throttle
from gui.document import ChainDocument
from gui.theme import CAPTION, Theme

MARGIN, SPACING = 14, 14
BIASES, WEIGHTS = "b", "w"
PARAMETERS = {
    BIASES: Choice("|∂C/∂b|", "∂C/∂b_j = σ′(z_j) w_{j+1} ∂C/∂b_{j+1} (BP2, BP3)"),
    WEIGHTS: Choice("|∂C/∂w|", "∂C/∂w_j = a_{j−1} ∂C/∂b_j (BP4)"),
}
BIAS_TITLES = "Gradient of every bias", "Biases"
WEIGHT_TITLES = "Gradient of every weight", "Weights"
DERIVATIVE_TIP = (
    "σ and its derivative σ′ against the weighted input z. Each dot is a neuron at its"
    " z<sub>j</sub> = w<sub>j</sub> a<sub>j−1</sub> + b<sub>j</sub>: on σ′ the factor that it puts"
    " into the gradient, paler on σ its activation a<sub>j</sub>. The dashed line is the greatest"
    " value that σ′ has anywhere; for the sigmoid 1/4, at z = 0."
)
TERM_TIP = (
    "∂C/∂b<sub>1</sub> = σ′(z<sub>1</sub>) · w<sub>2</sub>σ′(z<sub>2</sub>) · … ·"
    " w<sub>N</sub>σ′(z<sub>N</sub>) · ∂C/∂a<sub>N</sub> (equation 121): the size of each term, on"
    " a logarithmic axis. A bar below the line 1 makes the gradient smaller, one above it larger;"
    " the lengths of the bars add up, downwards as minus, to log<sub>10</sub>|∂C/∂b<sub>1</sub>|."
)
GRADIENT_TIP = (
    "∂C/∂b<sub>j</sub> = σ′(z<sub>j</sub>) w<sub>j+1</sub> ∂C/∂b<sub>j+1</sub> (BP2, BP3): without"
    " its sign, on a logarithmic axis, from the first neuron to the last. Computed term by term, so"
    " that it is right also where no float is so small. What is exactly 0, infinite or not a number"
    " stands at the edge."
)


class PlotsStudy(Study):
    """Three cards side by side; in little room they keep their place and lose words."""

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__(document, theme)
        self.derivative = DerivativeChart(theme)
        self.terms = TermChart(theme)
        self.gradients = GradientChart(theme)
        self.parameter = FlatCombo("gradient of", PARAMETERS, "What the gradient is taken by")
        self.cards = self._make_cards()
        self._trace: ChainTrace | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, MARGIN // 2, MARGIN, MARGIN)
        row.setSpacing(SPACING)
        for card in self.cards:
            row.addWidget(card, 1)
        for chart in self.charts:
            chart.neuron_chosen.connect(self.neuron_chosen)
        self.parameter.currentIndexChanged.connect(self._on_parameter_changed)
        self.texts = Throttle(self)
        self.texts.due.connect(self._on_texts_due)
        self.parameter.set_type(self, CAPTION)

    def _make_cards(self) -> tuple[PlotCard, PlotCard, PlotCard]:
        return (
            PlotCard(
                "Derivative at each neuron", "Derivative", "σ, σ′ against z", DERIVATIVE_TIP,
                self.derivative,
            ),
            PlotCard(
                "Size of each term", "Terms", "log; below the line it shrinks", TERM_TIP, self.terms
            ),
            PlotCard(
                *BIAS_TITLES, "log", GRADIENT_TIP, self.gradients,
                self.parameter,
            ),
        )  # fmt: skip

    @property
    def charts(self) -> tuple[Chart, ...]:
        return self.derivative, self.terms, self.gradients

    def show_trace(self, t: ChainTrace) -> None:
        self._trace = t
        self.derivative.show_trace(t)
        self.terms.show_trace(t)
        self.gradients.show_trace(t)
        self.texts.request()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.parameter.set_type(self, CAPTION)
        for chart in self.charts:
            chart.set_theme(theme)
        if self._trace is not None:
            self.show_trace(self._trace)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.parameter.set_type(self, CAPTION)  # only now has it the font that it is shown in

    @Slot(int)
    def _on_parameter_changed(self, _index: int) -> None:
        weights = self.parameter.key == WEIGHTS
        self.cards[-1].set_titles(*(WEIGHT_TITLES if weights else BIAS_TITLES))
        self.gradients.show_weights(weights)
        self.texts.at_once()

    @Slot()
    def _on_texts_due(self) -> None:
        if self._trace is not None:
            for chart in self.charts:
                chart.setAccessibleDescription(chart.spoken())
