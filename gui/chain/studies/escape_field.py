"""The numbers under a map of |w σ'(wa + b)|: its ranges, its sizes and where it is 1."""

from dataclasses import dataclass
from math import floor, isfinite, log10

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Floats
from engine.chain.escape import term_map
from gui.chain.studies.escape_neuron import EscapeNeuron
from gui.common.heat_map import LOW
from gui.common.scale import Range, nice_above

COLUMNS, ROWS = 160, 120
W, B = "w", "b"  # what runs upwards
LEAST_W, LEAST_B = 12.0, 8.0  # of the ends of their axes
FLOOR = 10.0 ** (2 * LOW)  # smaller terms have no colour of their own


@dataclass(frozen=True, slots=True)
class Extent:
    """What is mapped: ``fixed`` is b where w runs upwards, and w where b does."""

    activation: str
    up: str
    fixed: float
    a: Range
    y: Range


def extent_of(neuron: EscapeNeuron, up: str) -> Extent:
    """Round ends, so that they stay where they are while a value changes a little."""
    size = abs(neuron.w) if up == W else max(abs(neuron.w), abs(neuron.b))
    end = max(LEAST_W if up == W else LEAST_B, nice_above(1.15 * size) if size else 0.0)
    fixed = neuron.b if up == W else neuron.w
    return Extent(neuron.activation, up, fixed, _a_range(neuron), (-end, end))


def sizes(extent: Extent) -> Floats:
    """log₁₀ of the term in the middles of cells; the first row is the lowest.

    ``ROWS`` by ``COLUMNS`` of them, or finer where σ' jumps: nothing lies between two such sizes.
    """
    finer = 2 if ACTIVATIONS[extent.activation].kinks else 1
    a, y = _middles(extent.a, finer * COLUMNS), _middles(extent.y, finer * ROWS)
    w, b = (y, extent.fixed) if extent.up == W else (extent.fixed, y)
    terms = term_map(extent.activation, a, w, b)
    logs: Floats = np.log10(np.fmax(terms, FLOOR))
    return logs


def term_at(extent: Extent, a: float, y: float) -> float:
    w, b = (y, extent.fixed) if extent.up == W else (extent.fixed, y)
    return float(term_map(extent.activation, np.array([a]), w, b)[0, 0])


def step_of(span: float) -> float:
    """Of an arrow key: a power of ten, a hundredth of the range or less."""
    return float(10.0 ** floor(log10(span / 100.0)))


def rounded(value: float, span: float) -> float:
    """To a thousandth of a range: no one points more exactly than that."""
    return round(value, 3 - floor(log10(span)))


def _middles(span: Range, cells: int) -> Floats:
    low, high = span
    return low + (np.arange(cells) + 0.5) * ((high - low) / cells)


def _a_range(neuron: EscapeNeuron) -> Range:
    """What the neuron before can give, or 0 to 1; wider where the chain gives more."""
    low, high = (0.0, 1.0) if neuron.j == 1 else _values(neuron.before)
    if isfinite(neuron.a) and not low <= neuron.a <= high:
        end = nice_above(1.05 * abs(neuron.a))
        low, high = (-end, high) if neuron.a < 0 else (low, end)
    return low, high


def _values(activation: str) -> Range:
    far = np.empty(1)
    ACTIVATIONS[activation].fn(np.array([-10.0]), far)
    return (-1.0 if far[0] < -0.05 else 0.0), 1.0
