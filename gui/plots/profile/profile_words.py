"""What a profile of the layers says: caption, tooltip, and what is read aloud."""

import numpy as np

from engine import profile
from engine.arrays import Floats
from engine.measures import KEYS, MEASURES
from engine.numerals import scientific
from engine.profile import Fit
from gui.plots.parts.layer_axis import layer_name
from gui.plots.parts.marks import in_words

BOOK = "bias_gradient"
DRAWN = (
    "A bar ends at the geometric mean over the newest 1/150 of the records; its foot is the edge of"
    " the picture, so that only the ends can be compared. Below: the factor to the next layer.\n"
    "Line: log₁₀ of the sizes against the number of the layer, fitted by least squares.\nA triangle"
    " at the lower edge is a 0, one at the upper edge an infinity, a cross what is not a number."
)
THEORY = (
    "Dashed: the sizes that mean-field theory expects at the start of training, back from the last"
    " hidden layer:\n‖δˡ‖² = nˡ Var(wˡ⁺¹) E[σ′(z)²] ‖δˡ⁺¹‖², the mean over networks"
    " (Schoenholz et al. 2017, Deep information propagation)"
)
NO_THEORY = "Theory speaks of δ: choose the speed of learning, or RMS of δ"


def trend(key: str, fit: Fit | None) -> str:
    """From layer to layer, back from the output."""
    if fit is None:
        return ""
    if key == BOOK:
        return fit.sentence("learns {}× slower", "learns {}× faster")
    return fit.sentence()


def lines(
    key: str, sizes: Floats, fit: Fit | None, drawn: int, theory: str = ""
) -> tuple[str, ...]:
    """The caption in ever fewer words; ``drawn`` of the layers have a bar."""
    of = f"{MEASURES[KEYS.index(key)].label}, log"
    odd = flaws(sizes)
    cut = f"{drawn} of {len(sizes)} layers drawn" if drawn < len(sizes) else ""
    words = trend(key, fit)
    told = f"{words}, R² {fit.r2:.2f}" if fit and fit.count > 2 and fit.r2 == fit.r2 else words
    choices = (
        (of, odd, told, theory, cut),
        (of, odd, words, theory, cut),
        (odd, words, theory, cut),
        (odd, words, theory),
        (odd, words),
        (odd or words or of,),
    )
    return tuple(dict.fromkeys(" · ".join(filter(None, choice)) for choice in choices))


def flaws(sizes: Floats) -> str:
    """Layers whose size has no place on the axis."""
    odd = profile.exceptional(sizes)
    words = in_words(odd.zeros, odd.infinite, odd.missing)
    return f"{words} of {odd.count} layers" if words and odd.missing < odd.count else ""


def expected(levels: Floats) -> str:
    """The factor of theory, from layer to layer, of log10 of the sizes that it expects."""
    slope = float(levels[-1] - levels[0]) / (len(levels) - 1)
    factor = scientific(float(profile.sizes_at(np.array(abs(slope)))), digits=2)
    return f"theory {factor}× {'slower' if slope >= 0 else 'faster'}"


def pointed(key: str, sizes: Floats, l: int, layers: int) -> str:
    """One layer, from 0, and its neighbour."""
    words = f"{layer_name(l, layers)}: {MEASURES[KEYS.index(key)].symbol} "
    words += scientific(float(sizes[l]))
    if l + 1 < len(sizes) and (ratio := float(profile.factors(sizes)[l])) == ratio:
        words += f", × {scientific(ratio)} = layer {l + 2}"
    return words


def spoken(sizes: Floats, layers: int) -> str:
    each = (f"{layer_name(l, layers)} {scientific(s)}" for l, s in enumerate(sizes.tolist()))
    return ", ".join(each)


def tip(key: str, fit: Fit | None) -> str:
    """The definition, how it is drawn, and what the line says."""
    measure = MEASURES[KEYS.index(key)]
    parts = [f"{measure.symbol}: {measure.definition}.", measure.formula, DRAWN]
    if fit is not None:
        error = f", standard error ×/÷ {fit.uncertainty:.3g}" if fit.error == fit.error else ""
        r2 = f", R² {fit.r2:.4f}" if fit.r2 == fit.r2 else ""
        parts.append(
            f"Fitted: × {fit.factor:.4g} from a layer to the next{error}{r2}; {fit.count} layers."
        )
    return "\n".join(parts)
