"""Optimizers: frozen settings, explicit state, one rule each over the flat parameter vector."""

from dataclasses import dataclass
from math import inf
from typing import ClassVar, Protocol

import numpy as np

from engine.arrays import Floats
from engine.hyper import check_hypers, hyper


class Optimizer(Protocol):
    """``move`` writes what is to be added to the parameters.

    ``state`` is ``n_state`` arrays like the parameters, zero at the start; ``t`` counts from 1.
    Weight decay goes through the gradient unless ``decoupled``: then the trainer multiplies the
    weights by 1 - ηλ/n, apart from the rule. ``usual_eta`` is that of rules whose steps are about
    as long as η, however small the gradient is.
    """

    key: ClassVar[str]
    label: ClassVar[str]
    formula: ClassVar[str]
    n_state: ClassVar[int]
    decoupled: ClassVar[bool]
    full_batch_only: ClassVar[bool]
    usual_eta: ClassVar[float]

    def move(
        self, grad: Floats, state: tuple[Floats, ...], t: int, eta: float, out: Floats
    ) -> None: ...


class _Settings:
    """What the rules have in common: checked settings and the usual answers."""

    __slots__ = ()
    n_state: ClassVar[int] = 0
    decoupled: ClassVar[bool] = False
    full_batch_only: ClassVar[bool] = False
    usual_eta: ClassVar[float] = inf  # a rule that follows the gradient's size has none

    def __post_init__(self) -> None:
        check_hypers(self)


@dataclass(frozen=True, slots=True)
class SGD(_Settings):
    """Gradient descent, stochastic when the batch is a part of the data."""

    key: ClassVar[str] = "sgd"
    label: ClassVar[str] = "gradient descent"
    formula: ClassVar[str] = "Δw = −η ∂C/∂w"
    decoupled: ClassVar[bool] = True

    def move(
        self, grad: Floats, state: tuple[Floats, ...], t: int, eta: float, out: Floats
    ) -> None:
        np.multiply(grad, -eta, out)


@dataclass(frozen=True, slots=True)
class Momentum(_Settings):
    """Heavy-ball momentum (Polyak, 1964; Nielsen, chapter 3)."""

    key: ClassVar[str] = "momentum"
    label: ClassVar[str] = "momentum"
    formula: ClassVar[str] = "v ← μv − η ∂C/∂w,  Δw = v"
    n_state: ClassVar[int] = 1
    mu: float = hyper(0.9, "μ", 0.0, 0.9999, help="the share of the velocity that is kept")

    def move(
        self, grad: Floats, state: tuple[Floats, ...], t: int, eta: float, out: Floats
    ) -> None:
        (v,) = state
        v *= self.mu
        np.multiply(grad, eta, out)
        v -= out
        np.copyto(out, v)


@dataclass(frozen=True, slots=True)
class Nesterov(_Settings):
    """Nesterov's accelerated gradient, in the form of Sutskever et al. (2013)."""

    key: ClassVar[str] = "nesterov"
    label: ClassVar[str] = "Nesterov"
    formula: ClassVar[str] = "v ← μv − η ∂C/∂w,  Δw = μv − η ∂C/∂w"
    n_state: ClassVar[int] = 1
    mu: float = hyper(0.9, "μ", 0.0, 0.9999, help="the share of the velocity that is kept")

    def move(
        self, grad: Floats, state: tuple[Floats, ...], t: int, eta: float, out: Floats
    ) -> None:
        (v,) = state
        v *= self.mu
        np.multiply(grad, -eta, out)
        v += out
        out += self.mu * v


@dataclass(frozen=True, slots=True)
class RMSProp(_Settings):
    """RMSProp (Tieleman and Hinton, 2012)."""

    key: ClassVar[str] = "rmsprop"
    label: ClassVar[str] = "RMSProp"
    formula: ClassVar[str] = "s ← ρs + (1−ρ)g²,  Δw = −η g / (√s + ε)"
    n_state: ClassVar[int] = 1
    usual_eta: ClassVar[float] = 1e-3
    rho: float = hyper(0.9, "ρ", 0.0, 0.9999, help="memory of the mean square")
    eps: float = hyper(1e-8, "ε", 1e-12, 1e-1, log=True, help="keeps the division finite")

    def move(
        self, grad: Floats, state: tuple[Floats, ...], t: int, eta: float, out: Floats
    ) -> None:
        (s,) = state
        s *= self.rho
        s += (1.0 - self.rho) * np.square(grad)
        np.sqrt(s, out)
        out += self.eps
        np.divide(grad, out, out)
        out *= -eta


@dataclass(frozen=True, slots=True)
class Adam(_Settings):
    """Adam (Kingma and Ba, 2015)."""

    key: ClassVar[str] = "adam"
    label: ClassVar[str] = "Adam"
    formula: ClassVar[str] = "Δw = −η m̂ / (√v̂ + ε)"
    n_state: ClassVar[int] = 2
    usual_eta: ClassVar[float] = 1e-3
    beta1: float = hyper(0.9, "β₁", 0.0, 0.9999, help="memory of the mean gradient")
    beta2: float = hyper(0.999, "β₂", 0.0, 0.999999, help="memory of the mean square")
    eps: float = hyper(1e-8, "ε", 1e-12, 1e-1, log=True, help="keeps the division finite")

    def move(
        self, grad: Floats, state: tuple[Floats, ...], t: int, eta: float, out: Floats
    ) -> None:
        m, v = state
        m += (1.0 - self.beta1) * (grad - m)
        v += (1.0 - self.beta2) * (np.square(grad) - v)
        np.divide(v, 1.0 - self.beta2**t, out)
        np.sqrt(out, out)
        out += self.eps
        np.divide(m, out, out)
        out *= -eta / (1.0 - self.beta1**t)


@dataclass(frozen=True, slots=True)
class AdamW(Adam):
    """Adam with decoupled weight decay (Loshchilov and Hutter, 2019)."""

    key: ClassVar[str] = "adamw"
    label: ClassVar[str] = "AdamW"
    formula: ClassVar[str] = "as Adam; w ← (1 − ηλ/n) w apart from it"
    decoupled: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Rprop(_Settings):
    """Resilient propagation (Riedmiller and Braun, 1993), the variant without backtracking.

    Only the sign of the gradient counts; η is the first step of every parameter.
    """

    key: ClassVar[str] = "rprop"
    label: ClassVar[str] = "Rprop (full batch)"
    formula: ClassVar[str] = "Δw = −s sign(∂C/∂w);  s × η⁺ or η⁻"
    n_state: ClassVar[int] = 2
    full_batch_only: ClassVar[bool] = True
    up: float = hyper(1.2, "η⁺", 1.0, 2.0, help="growth of the step while the sign stays")
    down: float = hyper(0.5, "η⁻", 0.01, 1.0, help="shrinking of the step when the sign turns")
    smallest: float = hyper(1e-6, "s_min", 1e-12, 1.0, log=True, help="the smallest step")
    greatest: float = hyper(50.0, "s_max", 1e-3, 1e3, log=True, help="the greatest step")

    def move(
        self, grad: Floats, state: tuple[Floats, ...], t: int, eta: float, out: Floats
    ) -> None:
        size, sign = state
        np.sign(grad, out)
        if t == 1:
            size.fill(eta)
        else:
            turned = out * sign
            size *= np.where(turned > 0, self.up, np.where(turned < 0, self.down, 1.0))
            np.clip(size, self.smallest, self.greatest, out=size)
            out[turned < 0] = 0.0
        np.copyto(sign, out)
        out *= size
        np.negative(out, out)


_TABLE: tuple[type[Optimizer], ...] = (SGD, Momentum, Nesterov, RMSProp, Adam, AdamW, Rprop)

OPTIMIZERS: dict[str, type[Optimizer]] = {cls.key: cls for cls in _TABLE}
