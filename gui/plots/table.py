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
    inputs: int = 0  # it is about networks with so many inputs only; 0: with any number

    def make(self) -> Callable[[Theme], PlotCard]:
        card: Callable[[Theme], PlotCard] = getattr(
            import_module(f"gui.plots.{self.module}"), self.name
        )
        return card


PLOTS = (
    Plot(
        "speed_of_learning", "Speed of learning",
        "‖δ‖ of every hidden layer: the length of the gradient of its biases, as in the chapter",
        "curves.speed_of_learning", "SpeedOfLearning", 11,
    ),
    Plot(
        "profile", "Profile",
        "the size of δ in every layer now, and the factor from each layer to the next",
        "profile.profile", "Profile", 9,
    ),
    Plot(
        "cost_accuracy", "Cost and accuracy",
        "cost per example and share of right answers, on training and validation examples",
        "curves.cost_accuracy", "CostAccuracy", 10,
    ),
    Plot(
        "heat_map", "Layers in time",
        "log₁₀ ‖δ‖ of every layer at every time, as a map",
        "maps.heat_map", "HeatMap",
    ),
    Plot(
        "neuron_map", "Neurons",
        "the mean error δ of every neuron of every layer now, as a map",
        "maps.neuron_map", "NeuronMap",
    ),
    Plot(
        "distributions", "Distributions",
        "how z, a, σ′(z), δ, the weights and their gradients are distributed in every layer",
        "distributions.distributions", "Distributions",
    ),
    Plot(
        "waterfall", "Where the gradient dies",
        "one example's δ from the output to the first layer, and what each factor does to it",
        "waterfall.waterfall", "Waterfall",
    ),
    Plot(
        "spectrum", "Spectrum",
        "the singular values of the product of the Jacobians from every layer to the output",
        "spectrum.spectrum", "Spectrum",
    ),
    Plot(
        "predictions", "Predictions",
        "which class is taken for which, and the examples that are most wrong",
        "predictions.predictions", "Predictions",
    ),
    Plot(
        "decision_surface", "Decision surface",
        "the class of every point of the plane, for two-dimensional data",
        "predictions.decision_surface", "DecisionSurface", inputs=2,
    ),
    Plot(
        "runs", "Runs",
        "how every run came out, and the settings in which they differ",
        "runs.runs", "Runs", 9,
    ),
)  # fmt: skip
BY_KEY = {plot.key: plot for plot in PLOTS}
USUAL = (("speed_of_learning", "profile", "cost_accuracy"),)  # columns of the first layout
