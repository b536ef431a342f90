"""The instruments, in the order of the menu: to add one, write its file and its entry."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from gui.plots.card import PlotCard
from gui.theme import Theme


@dataclass(frozen=True, slots=True)
class Plot:
    """``module`` and ``name`` say where its card is: imported when it is first shown."""

    key: str
    title: str
    definition: str
    module: str
    name: str
    stretch: int = 10  # its share of a column's height

    def make(self) -> Callable[[Theme], PlotCard]:
        card: Callable[[Theme], PlotCard] = getattr(
            import_module(f"gui.plots.{self.module}"), self.name
        )
        return card


PLOTS = (
    Plot(
        "speed_of_learning", "Speed of learning",
        "‖δ‖ of every hidden layer: the length of the gradient of its biases, as in the chapter",
        "speed_of_learning", "SpeedOfLearning", 11,
    ),
    Plot(
        "cost_accuracy", "Cost and accuracy",
        "cost per example and share of right answers, on training and validation examples",
        "cost_accuracy", "CostAccuracy", 10,
    ),
)  # fmt: skip
BY_KEY = {plot.key: plot for plot in PLOTS}
USUAL = (("speed_of_learning", "profile", "cost_accuracy"),)  # columns of the first layout
