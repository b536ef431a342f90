"""Layers as text, for the clipboard: so they go from one window of the program to another.

The text is TOML like an experiment's file: [[layer]] tables, and [[skip]] tables that count the
layers from 1; 0 is the column before them.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

import tomli_w

from engine.architecture import ArchitectureSpec, LayerSpec
from engine.architecture_text import TextFault, parse
from engine.edits import insert_layers, taken_out
from engine.experiment_file import read_tables
from engine.faults import InputError
from engine.spec import Experiment
from engine.toml_document import TomlDocument

FORMAT = "nablascope layers"
LONGEST = 1_000_000  # characters
NO_LAYERS = "the clipboard holds no layers: copy some, or a text such as 30-[20 relu]"


@dataclass(frozen=True, slots=True)
class CopiedSkip:
    """A skip connection between the layers; 1 is the first of them, 0 the column before."""

    source: int
    target: int


def dumps_layers(architecture: ArchitectureSpec, positions: Collection[int]) -> str:
    """Hidden layers, and the skip connections among them; ``InputError`` for the output."""
    layers, skips = taken_out(architecture, positions)
    tree: dict[str, Any] = {"format": FORMAT, "layer": [asdict(layer) for layer in layers]}
    for layer in tree["layer"]:
        del layer["id"]
    if skips:
        tree["skip"] = [asdict(CopiedSkip(*skip)) for skip in skips]
    return tomli_w.dumps(tree)


def paste_layers(experiment: Experiment, at: int, text: str) -> tuple[Experiment, tuple[int, ...]]:
    """Insert what ``dumps_layers`` wrote, or an architecture such as 30-[20 relu], before a layer.

    The experiment, and the positions of the new layers; ``InputError`` where there are none.
    """
    layers, skips = _read(text)
    after = insert_layers(experiment, at, layers, skips)
    return after, tuple(range(at, at + len(layers)))


def _read(text: str) -> tuple[list[LayerSpec], list[tuple[int, int]]]:
    if len(text) > LONGEST or not text.strip():
        raise InputError(NO_LAYERS)
    if FORMAT not in text:
        return _written(text.strip()), []
    document = TomlDocument.parse(text, "clipboard")
    document.allow(document.tree, (), {"format", "layer", "skip"})
    layers = read_tables(document, document.tree, (), "layer", LayerSpec)
    skips = read_tables(document, document.tree, (), "skip", CopiedSkip)
    if not layers or any(not 0 <= s.source < s.target <= len(layers) for s in skips):
        raise InputError(NO_LAYERS)
    return layers, [(skip.source, skip.target) for skip in skips]


def _written(text: str) -> list[LayerSpec]:
    """Hidden layers in the notation of the architecture, between an input and an output."""
    frame = ArchitectureSpec(1, (LayerSpec(1),))
    try:
        return [LayerSpec(**_plain(layer)) for layer in parse(f"1-{text}-1", frame).layers[:-1]]
    except TextFault:
        raise InputError(NO_LAYERS) from None


def _plain(layer: LayerSpec) -> dict[str, Any]:
    return {"neurons": layer.neurons, "activation": layer.activation, "frozen": layer.frozen}
