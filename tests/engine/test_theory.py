"""Mean-field theory against closed forms and against wide random networks."""

from dataclasses import replace

import numpy as np
import pytest

from engine.activations import ACTIVATIONS, HIDDEN
from engine.architecture import ArchitectureSpec, SkipSpec, dense
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.network import Network
from engine.parameters import draw
from engine.theory import mean_field, moments, predicted_factors, spectrum_spread


def stack(*sizes: int, **of_each: object) -> ArchitectureSpec:
    return dense(*sizes, **of_each)


@pytest.mark.parametrize("key", [k for k in INITIALIZERS if k != "constant"])
@pytest.mark.parametrize("shape", [(300, 200), (200, 300)])
def test_the_variance_of_every_initializer_is_that_of_its_draws(key, shape):
    drawn = INITIALIZERS[key].draw(np.random.default_rng(0), *shape)
    assert np.square(drawn).mean() == pytest.approx(INITIALIZERS[key].variance(*shape), rel=0.02)


@pytest.mark.parametrize("key", BIAS_INITIALIZERS)
def test_the_variance_of_every_bias_initializer_is_that_of_its_draws(key):
    drawn = BIAS_INITIALIZERS[key].draw(np.random.default_rng(0), 20_000)
    assert np.square(drawn).mean() == pytest.approx(BIAS_INITIALIZERS[key].variance, abs=0.03)


@pytest.mark.parametrize("key", HIDDEN)
@pytest.mark.parametrize("q", [1e-8, 0.3, 1.0, 25.0, 1e4])
def test_moments_against_a_fine_trapezoid(key, q):
    sigma = ACTIVATIONS[key]
    z = np.linspace(-12, 12, 2_400_000) * np.sqrt(q)  # 0, where σ' may jump, lies between
    weights = np.exp(-0.5 * z**2 / q) / np.sqrt(2 * np.pi * q) * (z[1] - z[0])
    a, prime = np.empty_like(z), np.empty_like(z)
    sigma.fn(z, a)
    sigma.prime(z, a, prime)
    wanted = [float(weights @ values) for values in (a**2, prime**2, prime**4)]
    assert moments(sigma, q) == pytest.approx(wanted, rel=5e-6)


@pytest.mark.parametrize("q", [1e-6, 1.0, 37.0, 1e8])
def test_moments_of_linear_and_relu_in_closed_form(q):
    assert moments(ACTIVATIONS["linear"], q) == pytest.approx((q, 1.0, 1.0), rel=1e-13)
    assert moments(ACTIVATIONS["relu"], q) == pytest.approx((q / 2, 0.5, 0.5), rel=1e-13)


def test_moments_where_z_is_0_or_no_number():
    assert moments(ACTIVATIONS["sigmoid"], 0.0) == (0.25, 0.0625, 0.00390625)
    for q in (np.nan, np.inf, -1.0):
        assert np.isnan(moments(ACTIVATIONS["tanh"], q)).all()


def test_linear_layers_keep_their_gain():
    spec = stack(50, 50, 50, 50, 7, activation="linear", bias="zero", gain=1.3)
    assert predicted_factors(spec, 1.0)[:2] == pytest.approx([1.3, 1.3])
    assert mean_field(spec, 1.0).q == pytest.approx([1.69, 1.69**2, 1.69**3, 1.69**4])


def test_he_makes_relu_layers_critical():
    spec = stack(60, 60, 60, 60, activation="relu", initializer="he_normal", bias="zero")
    assert predicted_factors(spec, 0.7) == pytest.approx([1.0, 1.0])
    assert mean_field(spec, 0.7).q == pytest.approx([1.4] * 3)


def test_the_width_enters_as_that_of_the_layer_that_delta_reaches():
    spec = stack(10, 40, 90, 5, activation="linear", bias="zero")
    # W (90, 40) with variance 1/40 takes a δ of length 1 to one of length √(40 / 40)
    # W (5, 90) with variance 1/90 to one of √(90 / 90)
    assert predicted_factors(spec, 1.0) == pytest.approx([1.0, 1.0])
    large = stack(10, 40, 90, 5, activation="linear", bias="zero", initializer="large")
    assert predicted_factors(large, 1.0) == pytest.approx([np.sqrt(40), np.sqrt(90)])


def z_of(spec: ArchitectureSpec, seed: int, x: np.ndarray) -> tuple[Network, list[np.ndarray]]:
    network = Network(spec, "quadratic")
    draw(network.parameters, spec, seed)
    ws = network.workspace(1)
    network.forward(ws, x[:, None])
    network.backward(ws, np.zeros((spec.sizes[-1], 1)))
    return network, [z[:, 0] for z in ws.z]


@pytest.mark.parametrize(
    ("activation", "initializer", "bias"),
    [
        ("sigmoid", "normal", "normal"),
        ("softsign", "large", "normal"),
        ("relu", "he_uniform", "zero"),
        ("selu", "glorot_normal", "normal"),
        ("tanh", "orthogonal", "zero"),
        ("gelu", "glorot_uniform", "zero"),
    ],
)
def test_wide_random_networks_do_as_predicted(activation, initializer, bias):
    of_each = {"activation": activation, "initializer": initializer, "bias": bias}
    spec = stack(200, 200, 300, 200, 150, **of_each)
    spec = replace(spec, layers=(*spec.layers[:-1], replace(spec.layers[-1], activation="linear")))
    x = np.random.default_rng(1).standard_normal(200) * 0.6
    predicted = mean_field(spec, float(np.square(x).mean()))
    q, chi = [], []
    for seed in range(80):
        network, z = z_of(spec, seed, x)
        q.append([np.square(layer).mean() for layer in z])
        delta = np.random.default_rng(seed).standard_normal(150)  # independent of the forward pass
        factors = []
        for l in (2, 1, 0):
            a, prime = np.empty_like(z[l]), np.empty_like(z[l])
            ACTIVATIONS[activation].fn(z[l], a)
            ACTIVATIONS[activation].prime(z[l], a, prime)
            below = prime * (network.parameters.W[l + 1].T @ delta)
            factors.append((below @ below) / (delta @ delta))
            delta = below
        chi.append(factors[::-1])
    assert np.mean(q, axis=0) == pytest.approx(predicted.q, rel=0.12)
    assert np.mean(chi, axis=0) == pytest.approx(predicted.chi, rel=0.15)
    assert predicted_factors(spec, float(np.square(x).mean())) == pytest.approx(
        np.sqrt(predicted.chi)
    )


@pytest.mark.parametrize(
    "spec",
    [
        stack(5, 5, 5, 2, initializer="constant"),
        replace(stack(4, 4, 4, 4, 2), skips=(SkipSpec("h1", "h3"),)),
    ],
)
def test_what_theory_does_not_know_is_not_a_number(spec):
    assert np.isnan(predicted_factors(spec, 1.0)).all()
    assert np.isnan(spectrum_spread(spec, 1.0).log10_mean).all()
    assert np.isnan(spectrum_spread(spec, 1.0).relative).all()


def test_no_hidden_layer_nothing_to_predict():
    spec = stack(4, 3)
    assert predicted_factors(spec, 1.0).shape == (0,)
    assert spectrum_spread(spec, 1.0).relative.shape == (0,)


def test_a_thousand_layers_and_a_gain_of_0():
    spec = stack(5, *[5] * 999, 2)
    assert spectrum_spread(spec, 1.0).log10_mean[0] == pytest.approx(-1377, abs=2)
    dead = stack(5, 5, 5, 2, gain=0.0)
    assert predicted_factors(dead, 1.0) == pytest.approx([0.0, 0.0])
    assert np.isneginf(spectrum_spread(dead, 1.0).log10_mean).all()


def jacobians(spec: ArchitectureSpec, seed: int, x: np.ndarray) -> list[np.ndarray]:
    """∂z^L/∂z^l by the product of its factors."""
    network, z = z_of(spec, seed, x)
    J, found = np.eye(len(z[-1])), []
    for l in range(len(z) - 2, -1, -1):
        a, prime = np.empty_like(z[l]), np.empty_like(z[l])
        sigma = ACTIVATIONS[spec.layers[l].activation]
        sigma.fn(z[l], a)
        sigma.prime(z[l], a, prime)
        J = J @ network.parameters.W[l + 1] * prime
        found.append(J)
    return found[::-1]


@pytest.mark.parametrize("initializer", ["normal", "orthogonal"])
@pytest.mark.parametrize("sizes", [(250, 250, 250, 250), (150, 300, 200, 100), (100, 80, 160, 240)])
def test_the_spread_of_the_squared_singular_values(initializer, sizes):
    spec = stack(200, *sizes, activation="tanh", initializer=initializer, bias="zero", gain=1.2)
    x = np.random.default_rng(0).standard_normal(200)
    spread = spectrum_spread(spec, float(np.square(x).mean()))
    squares = [
        np.concatenate([np.linalg.svd(Js[l], compute_uv=False) ** 2 for Js in of_all])
        for of_all in [[jacobians(spec, seed, x) for seed in range(8)]]
        for l in range(len(sizes) - 1)
    ]
    assert 10**spread.log10_mean == pytest.approx([s.mean() for s in squares], rel=0.12)
    assert spread.relative == pytest.approx([s.std() / s.mean() for s in squares], rel=0.12)


def test_the_formulas_of_the_paper_for_equal_widths():
    """Pennington et al. (2017): σ²/m₁² = L (μ₂/μ₁² − 1 − s₁)."""
    for initializer, s1 in (("normal", -1.0), ("orthogonal", 0.0)):
        spec = stack(70, *[70] * 6, initializer=initializer)
        field, spread = mean_field(spec, 0.4), spectrum_spread(spec, 0.4)
        each = field.mu2 / field.mu1**2 - 1.0 - s1
        wanted = np.sqrt(np.cumsum(each[::-1])[::-1])
        assert spread.relative == pytest.approx(wanted)
        assert spread.log10_mean == pytest.approx(np.cumsum(np.log10(field.chi)[::-1])[::-1])


def test_orthogonal_linear_layers_are_isometric():
    spec = stack(9, 9, 9, 9, 9, activation="linear", initializer="orthogonal", bias="zero")
    spread = spectrum_spread(spec, 1.0)
    assert spread.log10_mean == pytest.approx([0.0] * 3, abs=1e-12)
    assert spread.relative == pytest.approx([0.0] * 3, abs=1e-6)
