import itertools

import pytest

from engine.measures import MEASURES
from gui.plots.parts.layer_axis import MOST_LAYERS, NORMS, every_scale, hidden_scale


def test_the_norms_are_measures_that_have_a_logarithm():
    symbols = {m.key: m.symbol for m in MEASURES}
    assert next(iter(NORMS)) == "bias_gradient"
    assert all(choice.label == symbols[key] for key, choice in NORMS.items())
    assert not {"saturated", "mean_prime"} & set(NORMS)


@pytest.mark.parametrize(
    ("layers", "names"),
    [(1, ["output"]), (2, ["layer 1"]), (5, ["layer 1", "layer 2", "layer 3", "layer 4"])],
)
def test_hidden_layers_or_the_output(layers, names):
    scale = hidden_scale(layers)
    assert [scale.name(k) for k in range(len(scale.which))] == names


def test_of_a_thousand_layers_a_hundred_have_a_place():
    scale = hidden_scale(1000)
    assert len(scale.which) == MOST_LAYERS
    assert (scale.name(0), scale.name(99)) == ("layer 1", "layer 999")
    assert hidden_scale(101).which.tolist() == list(range(100))


def test_every_layer_has_the_output_last():
    scale = every_scale(3)
    assert [scale.text(k) for k in range(3)] == ["1", "2", "out"]


@pytest.mark.parametrize("layers", [1, 2, 3, 8, 11, 51, 101])
@pytest.mark.parametrize("most", [1, 2, 5, 7, 30, 400])
def test_labels_that_have_room(layers, most):
    scale = hidden_scale(layers)
    ticks = scale.ticks(*scale.range, most)
    assert ticks[0] == 0.0
    assert ticks == sorted(set(ticks))
    assert len(ticks) <= max(2, most + 1)
    assert all(0 <= tick < len(scale.which) for tick in ticks)
    gaps = [b - a for a, b in itertools.pairwise(ticks)]
    if len(gaps) > 1:
        assert gaps[0] > 0.7 * gaps[1]  # the first label keeps clear of the second
