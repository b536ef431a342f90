"""What a spectrum says, in sentences; exponents in the notation of ``raised``."""

from dataclasses import dataclass
from math import isfinite, isnan, log10

import numpy as np

from engine import numerals
from engine.readings.spectrum import LayerSpectrum, SpectrumReading
from engine.verdict import BALANCED
from gui.plots.parts.raised import power

DEFINITION = (
    "Singular values s of J = ∂zᴸ/∂zˡ, the whole way from layer l to the output: δˡ = Jᵀ δᴸ with"
    " Jᵀ = Σ′(zˡ)(Wˡ⁺¹)ᵀ ⋯ Σ′(zᴸ⁻¹)(Wᴸ)ᵀ, skip connections included. A δ at the output reaches"
    " layer l between the smallest and the largest s times its size. Averaged: pale lines are the"
    " examples one by one, dark ones the root of the mean square of the 1st, 2nd, … over them."
    " A triangle at the edge: values that are 0 as far as double precision tells."
)
JUDGED = (
    f"Of layer 1: isometric if all s lie within a factor {BALANCED:g} of 1; vanishing if the"
    f" largest is under 1/{BALANCED:g}; exploding if the smallest is over {BALANCED:g}; else mixed."
)
EMPTY = "There is no hidden layer, or too many outputs for a spectrum in time."
THEORY = (
    "At the start of training, for wide layers (Pennington, Schoenholz and Ganguli, 2017): the line"
    " is the root of the mean of s², the band from the root of mean − standard deviation to that of"
    " mean + standard deviation. The network that has been trained follows it no longer."
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """``kind`` as the chip knows it."""

    kind: str
    words: str


def chip_words(reading: SpectrumReading | None) -> tuple[str, str, str, str]:
    """What ``Chip.tell`` takes; nothing where there is no spectrum."""
    if reading is None or not reading.layers:
        return "unknown", "", "", ""
    judgement = judge(reading.layers[0])
    return judgement.kind, judgement.words, JUDGED, judgement.words.partition(",")[0]


def judge(layer: LayerSpectrum) -> Judgement:
    """Where every direction of δ goes."""
    most, least, within = layer.mean[0], layer.mean[-1], log10(BALANCED)
    if isnan(most):
        return Judgement("unknown", "not a number")
    if most < -within:
        return Judgement("vanishing", f"vanishing, s ≤ {_plain(float(most))}")
    if least > within:
        return Judgement("exploding", f"exploding, s ≥ {_plain(float(least))}")
    if least >= -within and most <= within:
        return Judgement("balanced", "isometric")
    return Judgement("unknown", "mixed")


def sentences(reading: SpectrumReading) -> tuple[str, ...]:
    """The longest first."""
    if not reading.layers:
        return (EMPTY, "no spectrum")
    whole = _values(reading.layers[0])
    brief = _condition(reading.layers[0])
    return (f"From layer 1 to the output {whole}.", f"Layer 1: {whole}", f"Layer 1: {brief}")


def about_layer(reading: SpectrumReading, l: int) -> tuple[str, ...]:
    layer = reading.layers[l]
    return (f"Layer {l + 1}: {_values(layer)}.", f"Layer {l + 1}: {_condition(layer)}")


def about_pool(reading: SpectrumReading) -> tuple[str, ...]:
    """Of which examples."""
    only = "" if reading.complete else ", only the largest s"
    brief = "" if reading.complete else "only the largest s"
    if reading.label is not None:
        return (f"class {reading.label}{only}", brief or f"class {reading.label}")
    examples = f"{reading.count} examples" if reading.count > 1 else "1 example"
    return (f"over the first {examples}{only}", brief or examples)


def _plain(log10_size: float) -> str:
    """In a line, for a chip."""
    if abs(log10_size) < 3.5:
        return f"{10**log10_size:.2g}"
    return numerals.power(log10_size) if isfinite(log10_size) else "0"


def _values(layer: LayerSpectrum) -> str:
    known = layer.mean[np.isfinite(layer.mean)]
    zeros = len(layer.mean) - len(known)
    if not len(known):
        return "all singular values are 0" if np.isneginf(layer.mean).all() else "not a number"
    if len(layer.mean) == 1:
        return f"the largest singular value is {power(float(known[0]))}"
    none = f"; {zeros} of {len(layer.mean)} are 0" if zeros else ""
    ends = f"{power(float(known[-1]))} to {power(float(known[0]))}"
    return f"singular values {ends}, {_condition(layer)}{none}"


def _condition(layer: LayerSpectrum) -> str:
    condition = layer.log10_condition
    if not isfinite(condition):
        return "condition ∞" if condition > 0 else "no condition number"
    return f"condition {10**condition:.1f}" if condition < 3 else f"condition {power(condition)}"
