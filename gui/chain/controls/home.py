"""The chain that a double click on a slider leads back to."""

from engine.chain.spec import ChainSpec


def is_another(chain: ChainSpec, before: ChainSpec) -> bool:
    """Whether more than one neuron's values changed: by a file, an example, a draw, an undo."""
    if chain.neurons != before.neurons:
        return True
    rows = zip(chain.w, chain.b, before.w, before.b, strict=True)
    return sum((w, b) != (w0, b0) for w, b, w0, b0 in rows) > 1
