"""By what factor theory says that δ shrinks from layer to layer, with weights as they are drawn."""

from dataclasses import dataclass

from engine.arrays import Floats
from engine.look import Look
from engine.theory import predicted_factors


@dataclass(frozen=True, slots=True, eq=False)
class PredictedFactors:
    """‖δ^l‖ / ‖δ^{l+1}‖ of every hidden layer, (layers − 1,); not-a-number where theory is silent.

    ``input_square`` is the mean of the inputs' squares over ``count`` examples.
    """

    factors: Floats
    input_square: float
    count: int


@dataclass(frozen=True, slots=True)
class PredictedFactorsWish:
    """For the network as it is drawn, fed with the examples that a look goes over."""

    def products(self, look: Look) -> float:
        return float(look.count * look.network.architecture.inputs)

    def answer(self, look: Look) -> PredictedFactors:
        square = look.input_square
        factors = predicted_factors(look.network.architecture, square)
        return PredictedFactors(factors, square, look.count)
