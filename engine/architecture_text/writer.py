"""An architecture, written as the shortest text that says it exactly."""

from itertools import groupby

from engine.architecture import ArchitectureSpec, LayerSpec

WORTH = 8  # characters that a repetition must save: the chapter's 30-30-30-30 stands as it is
USUAL = "sigmoid"


def describe(architecture: ArchitectureSpec) -> str:
    """Such as ``784-[30 relu]*20-10 +1>3``; few equal layers, and the output, stand alone."""
    *hidden, output = (_layer(layer) for layer in architecture.layers)
    parts = [str(architecture.inputs)]
    for part, run in groupby(hidden):
        times = len(list(run))
        parts += [f"{part}*{times}"] if (times - 1) * len(part) > WORTH else [part] * times
    skips = (f" +{source}>{target}" for source, target in architecture.skip_columns)
    return "-".join([*parts, output]) + "".join(skips)


def _layer(layer: LayerSpec) -> str:
    words = [layer.activation] * (layer.activation != USUAL) + ["frozen"] * layer.frozen
    return f"[{' '.join([str(layer.neurons), *words])}]" if words else str(layer.neurons)
