import numpy as np
import pytest

from engine.costs import COSTS


def test_values_from_the_formulas() -> None:
    z = np.array([[0.3, -1.0], [2.0, 0.5]])
    y = np.array([[1.0, 0.0], [0.0, 1.0]])
    a = 1 / (1 + np.exp(-z))
    quadratic = 0.5 * ((a - y) ** 2).sum()
    entropy = -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum()
    assert COSTS["quadratic"].value(z, a, y).real == pytest.approx(quadratic)
    assert COSTS["cross_entropy"].value(z, a, y).real == pytest.approx(entropy)
    p = np.exp(z) / np.exp(z).sum(axis=0)
    likelihood = -np.log(p[0, 0]) - np.log(p[1, 1])
    assert COSTS["log_likelihood"].value(z, p, y).real == pytest.approx(likelihood)


@pytest.mark.parametrize("key", ["cross_entropy", "log_likelihood"])
def test_a_saturated_wrong_answer_costs_much_but_not_infinity(key: str) -> None:
    z = np.array([[1000.0], [-1000.0]])
    y = np.array([[0.0], [1.0]])
    a = (z > 0).astype(float)
    assert COSTS[key].value(z, a, y).real == pytest.approx(2000.0)
