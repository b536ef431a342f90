"""What every format needs to know about an experiment, read from its specification once."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from engine.architecture import BIAS, ArchitectureSpec, LayerSpec
from engine.costs import COSTS
from engine.precision import dtype_for
from engine.spec import FULL_BATCH, Experiment, TrainingSpec

WORTH_A_LOOP = 4  # equal layers one after another
MOST_WRITTEN_OUT = 12  # layers of a network with skip connections


@dataclass(frozen=True, slots=True)
class Part:
    """A layer or a projection, by its number from 1, and the layer that says how it is drawn."""

    number: int
    spec: LayerSpec

    @property
    def drawn(self) -> tuple[str, str, float]:
        """How the initial values are drawn."""
        return self.spec.initializer, self.spec.bias, float(self.spec.gain)


@dataclass(frozen=True, slots=True)
class Dense(Part):
    """A layer; ``activation`` is what the model applies after it.

    Where the cost contains the output's activation, the model ends with z: then it is linear.
    """

    n_in: int
    n_out: int
    activation: str

    @property
    def shape(self) -> tuple[int, int, str]:
        return self.n_in, self.n_out, self.activation


@dataclass(frozen=True, slots=True)
class Skip(Part):
    """A skip connection between columns, 0 the input; its projection's number, 0 if it has none."""

    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Given:
    """A single parameter: layer from 1, neuron and source from 0, ``source`` None for the bias."""

    layer: int
    neuron: int
    source: int | None
    value: float
    frozen: bool


@dataclass(frozen=True)
class Outline:
    """An experiment as its code needs it."""

    experiment: Experiment

    @property
    def architecture(self) -> ArchitectureSpec:
        return self.experiment.architecture

    @property
    def training(self) -> TrainingSpec:
        return self.experiment.training

    @property
    def title(self) -> str:
        sizes = self.architecture.sizes
        text = self.architecture.text
        return text if len(text) <= 40 else f"{sizes[0]}-...-{sizes[-1]} ({len(sizes) - 1} layers)"

    @property
    def ends_with_z(self) -> bool:
        """Whether the cost contains the activation of the output."""
        return COSTS[self.training.cost].output is not None

    @property
    def is_double(self) -> bool:
        return dtype_for(self.architecture, self.training.precision).itemsize == 8

    @property
    def full_batch(self) -> bool:
        return self.training.batch == FULL_BATCH

    @cached_property
    def layers(self) -> tuple[Dense, ...]:
        sizes, specs = self.architecture.sizes, self.architecture.layers
        last = "linear" if self.ends_with_z else specs[-1].activation
        shown = [*(spec.activation for spec in specs[:-1]), last]
        return tuple(map(Dense, range(1, len(sizes)), specs, sizes, sizes[1:], shown))

    @cached_property
    def skips(self) -> tuple[Skip, ...]:
        skips, count = [], 0
        of = self.architecture
        for (source, target), shape in zip(of.skip_columns, of.projections, strict=True):
            count += shape is not None
            skips.append(Skip(count if shape else 0, of.layers[target - 1], source, target))
        return tuple(skips)

    @cached_property
    def projections(self) -> tuple[Skip, ...]:
        return tuple(skip for skip in self.skips if skip.number)

    @property
    def written_out(self) -> bool:
        """Whether a network with skip connections gets a line for every layer."""
        return len(self.layers) <= MOST_WRITTEN_OUT

    @cached_property
    def given(self) -> tuple[Given, ...]:
        at = self.architecture.columns
        sources = [None if g.source == BIAS else g.source for g in self.architecture.given]
        return tuple(
            Given(at[g.layer], g.neuron, source, float(g.value), g.frozen)
            for g, source in zip(self.architecture.given, sources, strict=True)
        )

    def skips_into(self, number: int) -> list[Skip]:
        return [skip for skip in self.skips if skip.target == number]


Item = TypeVar("Item")
PartType = TypeVar("PartType", bound=Part)


def runs(items: Iterable[tuple[Hashable, Item]]) -> Iterator[list[Item]]:
    """Neighbours with an equal key, together."""
    for _, group in groupby(items, lambda pair: pair[0]):
        yield [item for _, item in group]


def over(
    name: str,
    parts: Sequence[PartType],
    key: Callable[[PartType], Hashable],
    lines: Callable[[str, PartType], list[str]],
) -> list[str]:
    """``lines(variable, part)`` for every run of parts with an equal key, in loops over a slice.

    ``name`` is that of one; the program has them all in a list named by its plural.
    """
    text, total = [], len(parts)
    for group in runs((key(part), part) for part in parts):
        start, stop = group[0].number - 1, group[-1].number
        if len(group) == 1 < total:
            text += lines(f"{name}s[{start}]", group[0])
        else:
            whole = len(group) == total
            piece = "" if whole else f"[{start or ''}:{stop if stop < total else ''}]"
            if body := lines(name, group[0]):
                text += [f"for {name} in {name}s{piece}:", *(f"    {line}" for line in body)]
    return text


def _freeze(part: Part, line: str) -> list[str]:
    return [line] if part.spec.frozen else []


def frozen(net: Outline, statement: str) -> str:
    """``statement`` of a layer or projection for all that training leaves as they are."""
    lines = [
        line
        for name, parts in (("layer", net.layers), ("projection", net.projections))
        for line in over(
            name, parts, lambda part: part.spec.frozen,
            lambda variable, part: _freeze(part, f"{variable}{statement}"),
        )
    ]  # fmt: skip
    comment = "# Frozen: training leaves these layers as they are."
    return "\n".join([comment, *lines]) if lines else ""


def counted(texts: Sequence[str]) -> list[str]:
    """Items of a list, long runs of equal ones as ``*[text] * n``."""
    groups = list(runs((text, text) for text in texts))
    return [
        item
        for group in groups
        for item in (group if len(group) < WORTH_A_LOOP else [f"*[{group[0]}] * {len(group)}"])
    ]
