import numpy as np
import pytest

from engine.faults import InputError
from engine.hyper import hypers
from engine.optimizers import OPTIMIZERS, Adam, Momentum, Nesterov, RMSProp, Rprop


def walk(optimizer, gradients: list[np.ndarray], eta: float, start: np.ndarray) -> np.ndarray:
    w, move = start.copy(), np.empty_like(start)
    state = tuple(np.zeros_like(w) for _ in range(optimizer.n_state))
    for t, gradient in enumerate(gradients, 1):
        optimizer.move(gradient, state, t, eta, move)
        w += move
    return w


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_goes_down_a_bowl(key: str) -> None:
    optimizer = OPTIMIZERS[key]()
    w = np.array([3.0, -2.0])
    state = tuple(np.zeros_like(w) for _ in range(optimizer.n_state))
    move = np.empty_like(w)
    for t in range(1, 600):
        optimizer.move(2.0 * w, state, t, 0.02, move)
        w += move
    assert np.abs(w).max() < 0.05


@pytest.mark.parametrize("gradient", [1e-3, 1.0, 1e3])
def test_adams_first_step_is_eta_whatever_the_gradient(gradient: float) -> None:
    w = walk(Adam(), [np.array([gradient])], 0.01, np.zeros(1))
    np.testing.assert_allclose(w, [-0.01], rtol=1e-4)


def test_two_steps_by_hand() -> None:
    g1, g2 = np.array([1.0]), np.array([3.0])
    start = np.array([0.0])
    assert walk(OPTIMIZERS["sgd"](), [g1, g2], 0.1, start)[0] == pytest.approx(-0.4)
    assert walk(Momentum(0.5), [g1, g2], 0.1, start)[0] == pytest.approx(-0.1 - 0.35)
    # v1 = -0.1, moves 0.5 v1 - 0.1; v2 = 0.5 v1 - 0.3 = -0.35, moves 0.5 v2 - 0.3
    assert walk(Nesterov(0.5), [g1, g2], 0.1, start)[0] == pytest.approx(-0.15 - 0.475)
    s1, s2 = 0.5, 0.5 * 0.5 + 0.5 * 9
    expected = -0.1 / np.sqrt(s1) - 0.3 / np.sqrt(s2)
    assert walk(RMSProp(rho=0.5), [g1, g2], 0.1, start)[0] == pytest.approx(expected, rel=1e-6)


def test_rprop_looks_at_signs_only() -> None:
    gradients = [np.array([1e-9, 5.0]), np.array([1e-9, -1.0]), np.array([1e-9, -1.0])]
    w = walk(Rprop(), gradients, 0.1, np.zeros(2))
    # Steady: 0.1 + 0.12 + 0.144. Turned: 0.1, then no move at half the step, then that half.
    np.testing.assert_allclose(w, [-0.364, -0.1 + 0.05])


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_settings_are_checked(key: str) -> None:
    assert OPTIMIZERS[key].key == key
    assert OPTIMIZERS[key].formula
    for h in hypers(OPTIMIZERS[key]):
        with pytest.raises(InputError, match=h.symbol.replace("⁺", ".").replace("⁻", ".")):
            OPTIMIZERS[key](**{h.name: h.high + 1.0})
