"""Random architectures with skip connections, given and frozen parameters."""

from dataclasses import replace

from hypothesis import strategies as st

from engine.architecture import (
    BIAS,
    GREATEST_VALUE,
    INPUT,
    ArchitectureSpec,
    GivenParameter,
    LayerSpec,
    SkipSpec,
)


@st.composite
def embellished(draw: st.DrawFn, plain: ArchitectureSpec) -> ArchitectureSpec:
    """``plain`` with some skips, and some parameters given."""
    ids = [INPUT, *(layer.id for layer in plain.layers)]
    pairs = [(s, t) for s in range(len(ids)) for t in range(s + 2, len(ids))]
    skips = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []
    places = draw(st.lists(parameters_of(plain), max_size=3, unique=True))
    given = tuple(
        GivenParameter(
            plain.layers[l].id, neuron, source,
            draw(st.floats(-GREATEST_VALUE, GREATEST_VALUE)), draw(st.booleans()),
        )
        for l, neuron, source in places
    )  # fmt: skip
    return replace(plain, skips=tuple(SkipSpec(ids[s], ids[t]) for s, t in skips), given=given)


@st.composite
def parameters_of(draw: st.DrawFn, architecture: ArchitectureSpec) -> tuple[int, int, int]:
    """Layer, neuron and source of a weight or bias."""
    l = draw(st.integers(0, len(architecture.layers) - 1))
    n_in, n_out = architecture.sizes[l : l + 2]
    return l, draw(st.integers(0, n_out - 1)), draw(st.integers(BIAS, n_in - 1))


@st.composite
def architectures(draw: st.DrawFn, most_layers: int = 6) -> ArchitectureSpec:
    layers = st.builds(
        LayerSpec,
        neurons=st.integers(1, 6),
        activation=st.sampled_from(["sigmoid", "relu", "tanh"]),
        frozen=st.booleans(),
    )
    stack = draw(st.lists(layers, min_size=1, max_size=most_layers))
    return draw(embellished(ArchitectureSpec(draw(st.integers(1, 6)), tuple(stack))))
