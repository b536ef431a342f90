"""What is said of a network's row of factors: their symbols, tooltips, and the comparison."""

from math import isnan, log10

from engine.chain.matrices import MatrixFactor
from engine.chain.row_verdict import RowCheck, RowVerdict, shown
from engine.chain.trace import ChainTrace
from engine.costs import COSTS
from engine.numerals import scientific
from gui.chain.studies.matrix_work import NetworkRow
from gui.common.formula.boxes import Box, Row, Sub, Sup, Text
from gui.common.formula.symbols import EQUALS, italic

TITLES = "From the chain to matrices", "To matrices"
QUESTION = (
    "The same product for the network of the window: a matrix where the chain has a number"
    " (equation 124)",
    "The same product with matrices (equation 124)",
    "equation 124",
)
NOTHING = "No network yet: it comes here as soon as the Network view has one."
WAITING = "Looking at this example…"
CAPTIONS = {
    "shape": ("rows × columns", "shape"),
    "norm": ("largest singular value", "largest"),
    "running": ("of the product from here", "product"),
    "vector": ("length of δ so far", "‖δ‖"),
}


def symbol(factor: MatrixFactor) -> Box:
    """Σ′(z¹), (W²)ᵀ, ∇ₐC or δ³."""
    number = Text(str(factor.l))
    match factor.kind:
        case "prime":
            return Row(Text("Σ"), Text("′("), Sup(italic("z"), number), Text(")"))
        case "weight":
            return Row(Text("("), Sup(italic("W"), number), Sup(Text(")"), Text("T")))
        case "slope":
            return Row(Sub(Text("∇"), italic("a")), italic("C"))
        case _:
            return delta(factor.l)


def delta(l: int) -> Box:
    return Row(Sup(italic("δ"), Text(str(l))))


def result() -> Box:
    return Row(delta(1), EQUALS)


def number(value: float, size: float | None = None) -> str:
    return scientific(value, size, digits=2)


def size_of(factor: MatrixFactor) -> float:
    """log₁₀ of its largest singular value."""
    return log10(factor.norm) if factor.norm > 0 else -float("inf")


def values(factor: MatrixFactor) -> dict[str, str]:
    """What stands under it, by the rows of ``CAPTIONS``."""
    rows, across = factor.shape
    last = factor.kind in ("slope", "delta")
    return {
        "shape": f"{rows:,} × {across:,}",
        "norm": number(factor.norm),
        "running": "" if last else number(factor.running, factor.log10_running),
        "vector": number(factor.vector, factor.log10_vector),
    }


def tip(row: NetworkRow, factor: MatrixFactor) -> str:
    """A factor in rich text."""
    rows, across = factor.shape
    lines = [f"<b>{_name(row, factor)}</b>", f"{rows:,} × {across:,}"]
    if factor.kind in ("prime", "weight"):
        lines.append(f"largest singular value {number(factor.norm)}{_why(factor)}")
        running = number(factor.running, factor.log10_running)
        lines.append(f"the product from here to the output has {running}")
    length = number(factor.vector, factor.log10_vector)
    what = f"‖δ<sup>{factor.l}</sup>‖" if factor.kind in ("prime", "delta") else "length"
    lines.append(f"{what} = {length}{' of what arrives' if factor.kind == 'weight' else ''}")
    return "<br>".join(lines)


def _why(factor: MatrixFactor) -> str:
    return ": the greatest |σ′|" if factor.kind == "prime" else ""


def _name(row: NetworkRow, factor: MatrixFactor) -> str:
    l = factor.l
    match factor.kind:
        case "prime":
            return f"Σ′(z<sup>{l}</sup>): σ′ of the neurons of layer {l}, on the diagonal"
        case "weight":
            return f"(W<sup>{l}</sup>)<sup>T</sup>: the weights into layer {l}, turned round"
        case "slope":
            return "∇<sub>a</sub>C: how the cost follows the outputs"
        case _:
            cost = COSTS[row.experiment.training.cost].label
            return (
                f"δ<sup>{l}</sup> = a − y: the {cost} cost is made for these outputs, so that Σ′"
                " and ∇<sub>a</sub>C are one"
            )


def judged(verdict: RowVerdict) -> tuple[str, ...]:
    """The verdict, shorter and shorter."""
    short = verdict.sentence.replace(" multiplies ‖δ‖ by about ", " × ")
    return verdict.sentence, short, verdict.words


def comparison(verdict: RowVerdict, t: ChainTrace | None) -> tuple[str, ...]:
    """How it differs from a chain; shorter and shorter."""
    if isnan(verdict.allowed):
        return ("",)
    allowed = shown(verdict.allowed)
    chain = f" (the chain here: × {shown(t.step)})" if t is not None and t.step > 0 else ""
    head = f"The largest singular values alone would allow × {allowed} a layer"
    return (
        f"{head}: a matrix stretches few directions that much. In a chain the two are the same"
        f"{chain}.",
        f"{head}; in a chain the two are the same{chain}.",
        f"{head}.",
        f"Allowed: × {allowed}.",
    )


def checked(row: NetworkRow, check: RowCheck) -> tuple[str, ...]:
    """Whether backpropagation has the same δ¹; shorter and shorter."""
    length = number(row.factors[0].vector, row.factors[0].log10_vector)
    own = number(check.length)
    if row.experiment.architecture.skips:
        return (
            f"‖δ¹‖ = {length} by this row, {own} by backpropagation: the row is the straight path"
            " only, the skip connections are left out.",
            f"straight path only: ‖δ¹‖ = {length}; with the skips {own}",
        )
    digits = f"{check.digits:.0f} digits" if check.digits < 15.5 else "all digits"
    return (
        f"‖δ¹‖ = {length} by this row and by the network's own backpropagation: they agree to"
        f" {digits}.",
        f"‖δ¹‖ = {length}; backpropagation agrees to {digits}",
        f"agrees to {digits}",
    )


def spoken(row: NetworkRow) -> str:
    """All of it, for a screen reader."""
    parts = []
    for factor in row.factors:
        names = {"prime": "Sigma prime of layer", "weight": "transposed weights into layer"}
        name = names.get(factor.kind, "gradient at layer")
        parts.append(f"{name} {factor.l}: {number(factor.norm)}")
    return "; ".join(parts)
