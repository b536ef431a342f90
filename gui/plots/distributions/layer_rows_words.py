"""What the rows of layers say in words: of one layer, of all, and as a table."""

from math import isfinite, isnan

from engine.measures import SATURATED
from engine.readings.distributions import GUIDE, MANY, QUANTITIES, DistributionsReading
from engine.tables import Cell, Table
from gui.common.scale import LinearScale, LogScale, power_of_ten
from gui.plots.parts.layer_axis import layer_name
from gui.plots.parts.raised import power

DRAWN = (
    "Each histogram fills its own row; a bin that would be more than 3 times the second fullest is"
    " cut. The line marks the mean, on a logarithmic axis of the logarithms. Beside the axis: the"
    " share of values that are exactly 0 (left) or no finite numbers (right), of the row's height."
)
COLUMNS = (
    f"saturated: share of neurons and examples with |σ′| under {SATURATED:.0%} of its maximum.\n"
    "dead: neurons with σ′ = 0 on every example looked at.\n"
    "ΔW/W: ‖ΔW‖ / ‖W‖ of the last step, without decoupled weight decay; dashed the guide value"
    f" 10{'⁻³' if GUIDE == -3 else ''}, 'should be somewhere around 1e-3' (Karpathy, notes of"
    " CS231n)."
).replace("%", " %")
JUDGED = (
    "Of the hidden layers, the one with the greatest share. Vanishing from"
    f" {MANY:.0%} on: where σ′ is nearly 0, hardly any gradient gets through."
).replace("%", " %")


class WideScale(LinearScale):
    """Very large and very small numbers with a power of ten."""

    def text(self, tick: float) -> str:
        if tick == 0.0 or 1e-3 <= abs(tick) < 1e5:
            return super().text(tick)
        mantissa, exponent = f"{tick:.2e}".split("e")
        return f"{float(mantissa):g}·{power_of_ten(int(exponent))}"


def percent(share: float) -> str:
    return "–" if isnan(share) else f"{share:.0%}".replace("%", " %")


def update_text(log10_update: float) -> str:
    """For ``Raised``."""
    if isnan(log10_update):
        return "–"
    return power(log10_update)


def place_text(place: float, log: bool) -> str:
    """A place on the axis as the value that stands there."""
    if isnan(place):
        return "–"
    return LogScale().text(place) if log else WideScale().text(float(f"{place:.2g}"))


def row_words(shown: DistributionsReading, l: int) -> list[str]:
    """All that is known of a layer, the most important first."""
    quantity, counted = QUANTITIES[shown.quantity], int(shown.counted[l])
    mean, spread = float(shown.mean[l]), float(shown.spread[l])
    words = [layer_name(l, len(shown.counts))]
    if quantity.log:
        words.append(f"{quantity.symbol} about {power(mean) if isfinite(mean) else '–'}")
    else:
        words.append(f"mean {place_text(mean, False)} ± {place_text(spread, False)}")
    for count, what in ((shown.zeros[l], "are 0"), (shown.not_finite[l], "are not finite")):
        if count:
            words.append(f"{int(count):,} of {counted:,} {what}")
    words.append(f"{percent(float(shown.saturated[l]))} saturated")
    if shown.dead[l]:
        words.append(f"{int(shown.dead[l]):,} of {int(shown.neurons[l]):,} dead")
    words.append(f"ΔW/W {update_text(float(shown.log10_update[l]))}")
    if shown.negative[l]:
        words.append(f"{percent(shown.negative[l] / max(counted, 1))} negative")
    return [word.replace("-", "−") for word in words]


def verdict(shown: DistributionsReading) -> tuple[str, str, str]:
    """Kind, words, and words in brief."""
    what, l, share = shown.worst_layer
    if share >= MANY:
        return "vanishing", f"layer {l + 1}: {percent(share)} {what}", f"{percent(share)} {what}"
    if share == 0.0:
        return "balanced", "none saturated", "none saturated"
    return "balanced", f"at most {percent(share)} {what}", f"≤ {percent(share)} {what}"


def table(shown: DistributionsReading) -> Table:
    """One row a layer; a column for every bin, named by its lower end."""
    scale = "log10 " if QUANTITIES[shown.quantity].log else ""
    bins = [f"{scale}from {edge!r}" for edge in shown.edges[:-1].tolist()]
    columns = (
        "layer", "counted", "zeros", "negative", "not finite", f"{scale}mean", f"{scale}spread",
        "saturated", "dead", "neurons", "log10 update/weight", *bins,
        f"{scale}last bin ends",
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [
            layer_name(l, len(shown.counts)), int(shown.counted[l]), int(shown.zeros[l]),
            int(shown.negative[l]), int(shown.not_finite[l]), float(shown.mean[l]),
            float(shown.spread[l]), float(shown.saturated[l]), int(shown.dead[l]),
            int(shown.neurons[l]), float(shown.log10_update[l]), *counts,
            float(shown.edges[-1]),
        ]
        for l, counts in enumerate(shown.counts.tolist())
    ]  # fmt: skip
    return Table(columns, rows)
