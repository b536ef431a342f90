"""What a waterfall says, in sentences; exponents in the notation of ``raised``."""

from math import inf, isfinite, isnan

from engine.readings.waterfall import WaterfallReading
from engine.verdict import judge
from gui.plots.parts.raised import power
from gui.plots.waterfall.waterfall_steps import has_rest

DEFINITION = (
    "δ of one example on its way back (BP2): δˡ = Σ′(zˡ) (Wˡ⁺¹)ᵀ δˡ⁺¹. Each bar is the log10 of"
    " what one factor does to the length of δ: ‖(Wˡ⁺¹)ᵀδˡ⁺¹‖ / ‖δˡ⁺¹‖ for the weights,"
    " ‖Σ′(zˡ)(Wˡ⁺¹)ᵀδˡ⁺¹‖ / ‖(Wˡ⁺¹)ᵀδˡ⁺¹‖ for Σ′, and what skip connections bring on top. The bars"
    " add up to the fall of ‖δ‖. The line across a Σ′ bar is its bound, max |σ′|. At the output it"
    " begins with ∇C = ∂C/∂a (BP1); where the cost is made for the output, with δᴸ = aᴸ − y."
    " Computed in double precision with exponents of its own, so that nothing underflows. A"
    " triangle at the edge is an exact 0."
)

JUDGED = "Of this example: ‖δ‖ of the last hidden layer against that of the first."


def chip_words(reading: WaterfallReading | None) -> tuple[str, str, str, str]:
    """What ``Chip.tell`` takes; nothing where there are no two hidden layers."""
    if reading is None or len(reading.length) < 3:
        return "unknown", "", "", ""
    verdict = judge(reading.speeds)
    words = verdict.words if not isnan(verdict.ratio) else "no gradient"
    if verdict.ratio == inf:
        words = "vanishing, layer 1: 0"
    return verdict.kind, words, f"{verdict.sentence} {JUDGED}", verdict.kind


def sentences(reading: WaterfallReading) -> tuple[str, ...]:
    """The longest first."""
    if reading.length[-1] != reading.length[-1]:
        return ("δ of the output is not a number.", "δ is no number")
    if len(reading.length) == 1:
        size = _size(float(reading.length[0]))
        return (f"There is no hidden layer: ‖δ‖ of the output is {size}.", f"‖δ‖ = {size}")
    if reading.zeros:
        return _zero(reading)
    by_prime, by_weights, _ = reading.shares
    if isnan(reading.shrinking) or isnan(by_prime + by_weights):
        return ("δ is not a number in some layers.", "δ is no number")
    return _change(reading)


def about_layer(reading: WaterfallReading, l: int) -> tuple[str, ...]:
    """One layer, from 0, and the step that led to it; the longest first."""
    last = len(reading.length) - 1
    name = "output" if l == last else f"layer {l + 1}"
    size = f"{name}: ‖δ‖ {_size(float(reading.length[l]))}"
    prime = f"Σ′ {_factor(float(reading.prime[l]))}"
    if l == last:
        slope = f" = ‖∇C‖ {_factor(reading.slope)} · {prime}"
        return (size + ("" if isnan(reading.slope) else slope), size)
    weights = f"Wᵀ {_factor(float(reading.weights[l]))}"
    rest = f" · skips {_factor(float(reading.rest[l]))}" if has_rest(reading) else ""
    bounds = (
        f" (at most {_number(float(reading.greatest_prime[l]))},"
        f" mean {_number(float(reading.mean_prime[l]))})"
    )
    lost = "; 0 in the precision of the run" if reading.lost[l] else ""
    return (
        f"{size}: {weights} · {prime}{bounds}{rest}{lost}",
        f"{size}: {weights} · {prime}{rest}",
        f"{size}",
    )


def about_example(reading: WaterfallReading) -> tuple[str, ...]:
    """The longest first."""
    right = "rightly" if reading.predicted == reading.label else "wrongly"
    taken = f"class {reading.label}, {right} taken for {reading.predicted}"
    return (
        f"Example {reading.example + 1} of {reading.examples}: {taken}, cost {reading.cost:.3g}",
        f"{taken}, cost {reading.cost:.3g}",
        taken,
        f"{reading.label}, taken for {reading.predicted}",
    )


def _change(reading: WaterfallReading) -> tuple[str, ...]:
    """From the output to layer 1, and which factors made it."""
    shrinking, (by_prime, by_weights, by_rest) = reading.shrinking, reading.shares
    way = "shrinks" if shrinking < 0 else "grows"
    give = "give back" if by_weights >= 0 > by_prime else "give" if by_weights >= 0 else "take"
    prime = f"Σ′ {'takes' if by_prime <= 0 else 'gives'} {power(by_prime)}"
    weights = f"the weights {give} {power(by_weights)}"
    rest = f", skips bring {power(by_rest)}" if has_rest(reading) and isfinite(by_rest) else ""
    end = f"{way} by {power(shrinking)}"
    factors = f"Σ′ {power(by_prime)} · W {power(by_weights)}"
    return (
        f"From the output to layer 1 δ {end}: {prime}, {weights}{rest}.{_lost(reading)}",
        f"From the output to layer 1 δ {end}: {prime}, {weights}{rest}.",
        f"δ {end}: {prime}, {weights}{rest}",
        f"δ {end} = {factors}" + (f" · skips {power(by_rest)}" if rest else ""),
        f"δ {end}",
    )


def _zero(reading: WaterfallReading) -> tuple[str, ...]:
    first, last = reading.zeros[-1], len(reading.length) - 1
    if first == last:
        return ("δ of the output is exactly 0: this example teaches nothing.", "δ is 0")
    if 0 in reading.zeros:
        return (
            f"δ is exactly 0 from layer {first + 1} down: this example teaches them nothing.",
            f"δ is 0 from layer {first + 1} down",
        )
    count = len(reading.zeros)
    return (f"δ is exactly 0 in {count} of {last} hidden layers; others are led around.", "δ is 0")


def _lost(reading: WaterfallReading) -> str:
    if not any(reading.lost):
        return ""
    last = max(l for l, lost in enumerate(reading.lost) if lost)
    return f" In the precision of the run it is 0 from layer {last + 1} down."


def _size(log10: float) -> str:
    return "not a number" if isnan(log10) else power(log10, 2)


def _factor(log10: float) -> str:
    return f"× {_number(log10)}"


def _number(log10: float) -> str:
    if not isfinite(log10):
        return "0" if log10 < 0 else "∞" if log10 > 0 else "–"
    return f"{10**log10:.2g}" if abs(log10) < 3.5 else power(log10)
