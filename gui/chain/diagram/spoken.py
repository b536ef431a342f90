"""The drawing of a chain in words, for who cannot see it."""

from engine.chain.speed import speed_sentence
from gui.chain.diagram.keys import ELIDED, RESULT, SLOPE, Key
from gui.chain.diagram.plan import Plan
from gui.chain.diagram.reading import Reading
from gui.common.subscript import subscripted

FEW = "the product of those between"


def spoken(plan: Plan, reading: Reading, chosen: int) -> str:
    """The formula with its values, and the neuron that is chosen."""
    chain = reading.trace.chain
    terms = " × ".join(_term(plan, term.key, reading) for term in plan.terms[1:])
    parts = [f"∂C/∂b₁ = {terms} = {reading.texts[RESULT]}", speed_sentence(reading.trace)]
    if ("z", chosen) in reading.texts:
        texts = reading.texts
        parts.append(
            f"neuron {chosen} of {chain.neurons}: w {chain.w[chosen - 1]:.4g},"
            f" b {chain.b[chosen - 1]:.4g}, z {texts['z', chosen]}, a {texts['a', chosen]}"
        )
    return "; ".join(filter(None, parts))


def _term(plan: Plan, key: Key, reading: Reading) -> str:
    kind, j = key
    if key == SLOPE:
        name = f"∂C/∂{subscripted('a', reading.trace.chain.neurons)}"
    elif key == ELIDED:
        name = FEW
    elif kind == "weight":
        name = "w" if plan.shape.tied else subscripted("w", j)
    else:
        name = f"σ′({subscripted('z', j)})"
    return f"{name} {reading.texts[key]}"
