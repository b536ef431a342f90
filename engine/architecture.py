"""Immutable descriptions of a network's architecture, checked where they are made."""

from dataclasses import dataclass, replace
from typing import Any

from engine.activations import ACTIVATIONS, HIDDEN
from engine.faults import InputError, check_choice
from engine.hyper import check_hypers, hyper
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.numerals import short

MOST_NEURONS = 10_000  # in a layer
MOST_LAYERS = 1_000
MOST_PARAMETERS = 50_000_000
INPUT = "input"  # the source of a skip connection that begins before the first layer
BIAS = -1  # in the place of a weight's source
GREATEST_VALUE = 1e6  # of a weight or bias that is typed


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """One dense layer; ``frozen``, training leaves its weights and biases as they are.

    ``id`` names its random stream, so it keeps its weights when others move.
    """

    neurons: int = hyper(30, "neurons", 1, MOST_NEURONS, help="how many neurons the layer has")
    activation: str = "sigmoid"
    initializer: str = "normal"
    bias: str = "normal"
    gain: float = hyper(1.0, "gain", -1e6, 1e6, help="multiplies the initial weights")
    frozen: bool = False
    id: str = ""

    def __post_init__(self) -> None:
        check_hypers(self)
        check_choice("activation", self.activation, ACTIVATIONS)
        check_choice("initializer", self.initializer, INITIALIZERS)
        check_choice("bias initializer", self.bias, BIAS_INITIALIZERS)
        if not isinstance(self.frozen, bool):
            raise InputError(f"frozen must be true or false, not {self.frozen!r}")
        if not isinstance(self.id, str) or self.id == INPUT:
            raise InputError(f"a layer's id must be a text other than {INPUT!r}, not {self.id!r}")


@dataclass(frozen=True, slots=True)
class SkipSpec:
    """A skip connection: what ``source`` sends is added to the weighted input of ``target``.

    Both are layers' ids; ``source`` may be ``INPUT``. Between layers of unequal width stands a
    learned projection (n_target, n_source) without bias, else the identity (He et al., 2016).
    """

    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


@dataclass(frozen=True, slots=True)
class GivenParameter:
    """One weight or bias whose value is given instead of drawn; ``frozen``, it also stays so.

    ``layer`` is an id, ``neuron`` a row of its W, ``source`` a column, or ``BIAS``; from 0.
    """

    layer: str
    neuron: int
    source: int
    value: float
    frozen: bool = False

    def __post_init__(self) -> None:
        numbers = (self.neuron, self.source)
        if not all(type(n) is int for n in numbers) or self.neuron < 0 or self.source < BIAS:
            raise InputError(f"there is no parameter {self.neuron!r}, {self.source!r} of a layer")
        if type(self.value) not in (int, float) or not abs(self.value) <= GREATEST_VALUE:
            limit = short(GREATEST_VALUE)
            raise InputError(f"a parameter must be a number up to ±{limit}, not {self.value!r}")
        if not isinstance(self.frozen, bool):
            raise InputError(f"frozen must be true or false, not {self.frozen!r}")

    @property
    def place(self) -> tuple[str, int, int]:
        return self.layer, self.neuron, self.source


@dataclass(frozen=True, slots=True)
class ArchitectureSpec:
    """A feed-forward network: the number of inputs, then its layers; the last is the output."""

    inputs: int = hyper(784, "inputs", 1, 1_000_000)
    layers: tuple[LayerSpec, ...] = ()
    skips: tuple[SkipSpec, ...] = ()
    given: tuple[GivenParameter, ...] = ()

    def __post_init__(self) -> None:
        check_hypers(self)
        object.__setattr__(self, "layers", _named(tuple(self.layers)))
        object.__setattr__(self, "skips", tuple(self.skips))
        object.__setattr__(self, "given", tuple(self.given))
        _check_layers(self.layers)
        _check_skips(self)
        _check_given(self)
        if self.parameters > MOST_PARAMETERS:
            raise InputError(
                f"{self.text} has {self.parameters:,} parameters; the limit is {MOST_PARAMETERS:,}"
            )

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.inputs, *(layer.neurons for layer in self.layers))

    @property
    def parameters(self) -> int:
        layers = sum(o * (i + 1) for i, o in zip(self.sizes, self.sizes[1:], strict=False))
        return layers + sum(o * i for o, i in filter(None, self.projections))

    @property
    def projections(self) -> tuple[tuple[int, int] | None, ...]:
        """Of every skip connection the shape of its projection, None where it is the identity."""
        sizes = [(self.sizes[t], self.sizes[s]) for s, t in self.skip_columns]
        return tuple(shape if shape[0] != shape[1] else None for shape in sizes)

    @property
    def skip_columns(self) -> tuple[tuple[int, int], ...]:
        """Source and target of every skip connection as positions in ``sizes``; 0 is the input."""
        at = self.columns
        return tuple((at[skip.source], at[skip.target]) for skip in self.skips)

    @property
    def columns(self) -> dict[str, int]:
        """The position in ``sizes`` of every layer's id, and of ``INPUT``."""
        return {INPUT: 0} | {layer.id: n for n, layer in enumerate(self.layers, 1)}

    @property
    def text(self) -> str:
        """The sizes as the field writes them: 784-30-30-10."""
        return "-".join(str(n) for n in self.sizes)

    def needs_restart(self, other: "ArchitectureSpec") -> bool:
        """Whether a running trainer cannot go on as ``other``: what is frozen or given it can."""
        return self._drawn != other._drawn

    @property
    def _drawn(self) -> "ArchitectureSpec":
        layers = tuple(replace(layer, frozen=False) for layer in self.layers)
        return replace(self, layers=layers, given=())


def _check_layers(layers: tuple[LayerSpec, ...]) -> None:
    if not 1 <= len(layers) <= MOST_LAYERS:
        raise InputError(f"a network needs 1 to {MOST_LAYERS:,} layers, not {len(layers):,}")
    ids = [layer.id for layer in layers]
    if len(set(ids)) < len(ids):
        twice = next(i for i in ids if ids.count(i) > 1)
        raise InputError(f"two layers have the id {twice!r}; each needs its own")
    for number, layer in enumerate(layers[:-1], 1):
        if layer.activation not in HIDDEN:
            raise InputError(
                f"layer {number}: {layer.activation} mixes the neurons of a layer"
                " and can stand at the output only"
            )


def _check_skips(architecture: ArchitectureSpec) -> None:
    at, skips = architecture.columns, architecture.skips
    for skip in skips:
        for end in (skip.source, skip.target):
            if end not in at:
                raise InputError(f"the skip connection {skip} leads to no layer: {end!r}")
        if at[skip.target] <= at[skip.source]:
            raise InputError(f"the skip connection {skip} must lead forward, to a later layer")
        if at[skip.target] == at[skip.source] + 1:
            raise InputError(f"the skip connection {skip} must pass at least one layer")
    if len(set(skips)) < len(skips):
        twice = next(skip for skip in skips if skips.count(skip) > 1)
        raise InputError(f"there are two skip connections {twice}")


def _check_given(architecture: ArchitectureSpec) -> None:
    at, sizes = architecture.columns, architecture.sizes
    places = set()
    for given in architecture.given:
        column = at.get(given.layer, 0)
        if column == 0:
            raise InputError(f"a parameter is given of a layer that is not there: {given.layer!r}")
        if given.neuron >= sizes[column] or given.source >= sizes[column - 1]:
            raise InputError(
                f"a parameter is given that {given.layer} ({sizes[column]} neurons,"
                f" {sizes[column - 1]} inputs) does not have: {given.neuron}, {given.source}"
            )
        if given.place in places:
            raise InputError(f"a parameter of {given.layer} is given twice")
        places.add(given.place)


def _named(layers: tuple[LayerSpec, ...]) -> tuple[LayerSpec, ...]:
    """Give every layer without an id the first free one: h1, h2, ..., and ``output`` for the last.

    The output's id does not count the layers before it, so that networks of different depth start
    with the same output weights.
    """
    taken = {layer.id for layer in layers}
    free = (f"h{n}" for n in range(1, len(layers) + len(taken) + 1) if f"h{n}" not in taken)
    named = []
    for n, layer in enumerate(layers, 1):
        if not layer.id:
            last = n == len(layers) and "output" not in taken
            layer = replace(layer, id="output" if last else next(free))
        named.append(layer)
    return tuple(named)


def dense(*sizes: int, **of_each: Any) -> ArchitectureSpec:
    """``dense(784, 30, 10)`` is 784-30-10; the keywords hold for every layer."""
    return ArchitectureSpec(sizes[0], tuple(LayerSpec(n, **of_each) for n in sizes[1:]))
