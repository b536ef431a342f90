import numpy as np
import pytest

from engine.architecture import dense
from gui.canvas.items.bars import CUT, LEAST, BarScale, Heights, next_round
from gui.canvas.layout import arrange
from gui.canvas.words.labels import column_texts


def heights_of(*sizes, scale=None):
    layout = arrange(column_texts(dense(*sizes)), 700, 600, lambda t, r, b: 7.0 * len(t))
    return Heights(layout.columns[1:], layout.radius, scale or BarScale()), layout


def take(heights, hidden):
    """The bars of the hidden layers; the ten outputs learn as fast as the fastest of the last."""
    outputs = np.full(10, np.nanmax(np.abs(hidden[-1]), where=np.isfinite(hidden[-1]), initial=0))
    height, moved = heights.take([*hidden, outputs])
    outputs = len(heights.of_layer(len(hidden)))
    return height[:-outputs], moved[moved < len(hidden)]


@pytest.mark.parametrize(
    ("number", "full"), [(0.071, 0.08), (0.08, 0.08), (0.081, 0.1), (9.0, 10.0), (3e-300, 3e-300)]
)
def test_the_next_round_number(number, full):
    assert next_round(number) == full


def test_up_at_once_down_late():
    scale = BarScale()
    assert scale.follow(0.05) == 0.05
    assert scale.follow(0.07) == 0.08
    assert scale.follow(0.03) == 0.08
    frames = next(n for n in range(1000) if scale.follow(0.001) < 0.08)
    assert 20 < frames < 200
    assert scale.full is not None
    assert scale.full >= 0.001


def test_nothing_known_of_zeros():
    scale = BarScale()
    assert scale.follow(0.0) == 1.0
    assert scale.full is None


def test_lengths_are_linear_and_common_to_all_layers():
    heights, layout = heights_of(784, 3, 2, 10)
    height, moved = take(heights, [np.array([0.1, -0.2, 0.05]), np.array([0.4, -0.3])])
    shares = [0.25, -0.5, 0.125, 1.0, -0.75]
    np.testing.assert_allclose(height / heights.greatest, shares, atol=0.025)
    assert moved.tolist() == [0, 1]
    assert heights.greatest < 2 * layout.radius


def test_only_layers_that_changed_are_told():
    heights, _ = heights_of(784, 3, 2, 10)
    take(heights, [np.full(3, 1e-9), np.array([0.4, 0.3])])
    _, moved = take(heights, [np.full(3, 1e-8), np.array([0.4, 0.2])])
    assert moved.tolist() == [1]


def test_the_bars_of_neurons_that_are_drawn():
    heights, layout = heights_of(784, 100, 10)
    delta = np.zeros(100)
    delta[-1] = 0.5
    height, _ = take(heights, [delta])
    assert len(height) == len(layout.columns[1].y)
    assert height[-1] == pytest.approx(heights.greatest, abs=0.5)
    assert (height[:-1] == LEAST).all()


def test_what_has_no_length_has_no_sign():
    heights, _ = heights_of(784, 2, 10)
    height, _ = take(heights, [np.array([1.0, -1e-9])])
    assert height[1] == LEAST
    _, moved = take(heights, [np.array([1.0, 1e-9])])
    assert not len(moved)


def test_a_logarithmic_scale_reaches_down_to_the_slowest_layer():
    heights, _ = heights_of(784, 2, 2, 10, scale=BarScale(log=True))
    height, _ = take(heights, [np.array([1e-5, 2e-6]), np.array([-0.5, 0.05])])
    assert (heights.scale.full, heights.scale.decades) == (1.0, 6)
    shares = 1 + np.log10([1e-5, 2e-6, 0.5, 0.05]) / 6
    np.testing.assert_allclose(np.abs(height) / heights.greatest, shares, atol=0.03)
    assert height[2] < 0
    take(heights, [np.array([0.05, 0.05]), np.array([0.5, 0.5])])
    assert heights.scale.decades == 6  # within a run they only become more
    take(heights, [np.array([1e-8, 0.0]), np.array([0.5, 0.5])])
    assert heights.scale.decades == 9
    heights.scale.forget()
    take(heights, [np.array([0.1, 0.0]), np.array([0.5, 0.5])])
    assert heights.scale.decades == 3


def test_a_logarithmic_scale_of_nothing():
    heights, _ = heights_of(784, 2, 10, scale=BarScale(log=True))
    height, _ = take(heights, [np.zeros(2)])
    assert height.tolist() == [LEAST, LEAST]
    height, _ = take(heights, [np.array([np.inf, 1e-300])])
    assert np.isfinite(height).all()


def test_a_run_that_diverged_has_full_bars():
    heights, _ = heights_of(784, 3, 10)
    height, _ = take(heights, [np.array([0.1, np.nan, np.inf])])
    assert height[0] == pytest.approx(heights.greatest, abs=0.5)
    assert height[1] == height[2] == heights.greatest + CUT


def test_float32_and_denormals():
    heights, _ = heights_of(784, 2, 10)
    height, _ = take(heights, [np.array([1e-45, 0.0], np.float32)])
    assert np.isfinite(height).all()
    assert height[0] > height[1]


def test_the_output_does_not_set_the_scale_and_is_cut():
    heights, _ = heights_of(784, 2, 10)
    outputs = np.full(10, 0.01)
    outputs[:2] = 0.3, -0.3
    height, _ = heights.take([np.array([0.01, 0.02]), outputs])
    assert heights.scale.full == 0.02
    of_outputs = heights.of_layer(1)
    assert of_outputs[0] == -of_outputs[1] == heights.greatest + CUT
    assert of_outputs[-1] == pytest.approx(heights.greatest / 2, abs=0.5)
    assert height[1] == pytest.approx(heights.greatest, abs=0.5)


def test_a_scale_that_is_held_stays():
    scale = BarScale()
    scale.follow(0.05)
    scale.held = True
    for greatest in (0.0,) * 50 + (1.0,):
        assert scale.follow(greatest) == 0.05


def test_no_hidden_layer():
    heights, _ = heights_of(784, 10)
    outputs = np.linspace(-0.5, 0.4, 10)
    height, moved = heights.take([outputs])
    assert heights.scale.full == 0.5
    assert np.abs(height).max() == pytest.approx(heights.greatest, abs=0.5)
    assert moved.tolist() == [0]
