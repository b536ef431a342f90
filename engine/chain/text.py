"""A chain as text for the clipboard: every neuron's numbers, and the formula in LaTeX."""

from collections.abc import Iterable, Iterator
from math import floor, isfinite

from engine.chain.latex import as_latex
from engine.chain.trace import ChainTrace
from engine.chain.verdict import judge_chain
from engine.costs import COSTS
from engine.numerals import short

HEADER = ("j", "w_j", "b_j", "z_j", "a_j", "σ'(z_j)", "w_j σ'(z_j)", "∂C/∂b_j", "∂C/∂w_j")


def as_text(t: ChainTrace) -> str:
    """Columns are separated by tabs: a spreadsheet takes the table apart."""
    chain = t.chain
    head = f"{chain.name or 'Chain'}: {chain.text}, {COSTS[chain.cost].label} cost"
    given = f"a_0 = {short(chain.x)}, y = {short(chain.y)}, C = {t.cost:.6g}"
    table = "\n".join("\t".join(row) for row in (HEADER, *_rows(t)))
    return "\n\n".join(
        (f"{head}\n{given}", table, *_shared(t), judge_chain(t).sentence, as_latex(t), "")
    )


def _rows(t: ChainTrace) -> Iterator[tuple[str, ...]]:
    weights, sizes = t.log10_dC_dw, t.log10_delta
    for k in range(t.chain.neurons):
        yield (
            str(k + 1), _exact(t.chain.w[k]), _exact(t.chain.b[k]),
            *_rounded((t.z[k], t.a[k + 1], t.prime[k], t.term[k])),
            size_text(float(t.delta[k]), float(sizes[k])),
            size_text(float(t.dC_dw[k]), float(weights[k])),
        )  # fmt: skip


def size_text(value: float, size: float) -> str:
    """Six digits; where rounding has made 0 or infinity of it, by log₁₀ of its size: 3.2e-712."""
    if (value == 0.0 or not isfinite(value)) and isfinite(size):
        whole = floor(size)
        sign = "-" if str(value).startswith("-") else ""
        return f"{sign}{10.0 ** (size - whole):.5f}e{whole}"
    return f"{value:.6g}"


def _shared(t: ChainTrace) -> tuple[str, ...]:
    if t.shared is None:
        return ()
    dC_dw, dC_db = t.shared.dC_dw, t.shared.dC_db
    return (f"One weight, one bias: ∂C/∂w = {dC_dw:.6g}, ∂C/∂b = {dC_db:.6g} (sums over j)",)


def _exact(number: float) -> str:
    return short(number).replace(",", "")


def _rounded(numbers: Iterable[float]) -> Iterator[str]:
    return (f"{number:.6g}" for number in numbers)
