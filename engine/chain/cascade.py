"""A nudge of b_1 that travels to the cost: every change, beside its linear prediction."""

from dataclasses import dataclass

import numpy as np

from engine.chain.trace import ChainTrace, forward
from engine.costs import COSTS


@dataclass(frozen=True, slots=True)
class Change:
    """What a nudge of b_1 does to b_1, z_j, a_j or C (``kind`` b, z, a, C) of neuron ``j``.

    ``actual`` comes from a second forward pass; it is 0 where the float does not change.
    ``predicted`` is the tangent's share: Δa_j ≈ σ'(z_j) Δz_j, Δz_{j+1} ≈ w_{j+1} Δa_j (114-121).
    """

    kind: str
    j: int  # from 1; N for C
    actual: float
    predicted: float

    @property
    def error(self) -> float:
        """|predicted − actual|, as a share of |actual|; infinite where only ``actual`` is 0."""
        if self.actual == self.predicted:
            return 0.0
        with np.errstate(all="ignore"):
            return float(abs(np.float64(self.predicted) / self.actual - 1.0))


def cascade(t: ChainTrace, nudge: float) -> tuple[Change, ...]:
    """Δb_1, Δz_1, Δa_1, Δz_2, …, Δa_N, ΔC. Of a tied chain too, only the first b is nudged."""
    n = t.chain.neurons
    with np.errstate(all="ignore"):
        actual, predicted = _actual(t, nudge), _predicted(t, nudge)
    places = [("b", 1)]
    for j in range(1, n + 1):
        places += [("z", j), ("a", j)]
    places.append(("C", n))
    return tuple(
        Change(kind, j, now, tangent)
        for (kind, j), now, tangent in zip(places, actual, predicted, strict=True)
    )


def _actual(t: ChainTrace, nudge: float) -> list[float]:
    w, b = np.array(t.chain.w)[:, None], np.array(t.chain.b)[:, None]
    b[0] += nudge
    z, a = forward(t.chain, w, b)
    cost = COSTS[t.chain.cost].value(z[-1:], a[-1:], np.array([[t.chain.y]])).real
    between = np.stack((z[:, 0] - t.z, a[1:, 0] - t.a[1:]), axis=1)
    return [float(b[0, 0]) - t.chain.b[0], *between.ravel().tolist(), cost - t.cost]


def _predicted(t: ChainTrace, nudge: float) -> list[float]:
    """The running product of Δb_1, σ'(z_1), w_2, σ'(z_2), …; ΔC ≈ ∂C/∂z_N Δz_N."""
    steps = np.stack((np.array(t.chain.w), t.prime), axis=1).ravel()
    steps[0] = nudge  # Δz_1 is Δb_1 itself
    running = np.cumprod(steps).tolist()
    return [nudge, *running, running[-2] * float(t.delta[-1])]
