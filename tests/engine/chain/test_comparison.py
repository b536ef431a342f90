from dataclasses import replace

import numpy as np

from engine.activations import HIDDEN
from engine.chain.comparison import same_weights
from engine.chain.spec import drawn


def test_every_activation_sees_the_same_values() -> None:
    chain = replace(drawn(6), y=0.7)
    traces = same_weights(chain)
    assert [t.chain.activation for t in traces] == list(HIDDEN)
    for t in traces:
        assert replace(t.chain, activation=chain.activation) == chain
        assert t.z[0] == chain.w[0] * chain.x + chain.b[0]


def test_a_larger_derivative_helps_where_all_z_are_0() -> None:
    chain = replace(drawn(5), w=(1.0,) * 5, b=(0.0,) * 5, x=0.0, y=0.7)
    ratio = {t.chain.activation: t.ratio for t in same_weights(chain)}
    assert ratio["sigmoid"] < 0.25**4
    np.testing.assert_allclose([ratio["tanh"], ratio["linear"]], 1.0)
    assert 0.25**4 < ratio["softplus"] < 1.0


def test_the_last_neuron_keeps_what_its_cost_asks_for() -> None:
    for t in same_weights(replace(drawn(3), cost="cross_entropy")):
        assert t.chain.output == "sigmoid"
        assert 0.0 < t.a[-1] < 1.0
