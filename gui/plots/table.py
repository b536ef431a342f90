"""The plots of the panel, from top to bottom: to add one, write its file and its entry."""

from collections.abc import Callable
from dataclasses import dataclass

from gui.plots.card import PlotCard
from gui.plots.cost_accuracy import CostAccuracy
from gui.plots.speed_of_learning import SpeedOfLearning
from gui.theme import Theme


@dataclass(frozen=True, slots=True)
class Plot:
    """``stretch`` is the share of the height that the card gets."""

    key: str
    title: str
    definition: str
    make: Callable[[Theme], PlotCard]
    stretch: int


PLOTS = (
    Plot(
        "speed_of_learning", "Speed of learning",
        "‖δ‖ of every hidden layer: the length of the gradient of its biases, as in the chapter",
        SpeedOfLearning, 11,
    ),
    Plot(
        "cost_accuracy", "Cost and accuracy",
        "cost per example and share of right answers, on training and validation examples",
        CostAccuracy, 10,
    ),
)  # fmt: skip
