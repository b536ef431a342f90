"""The kinds of document that the window opens and saves: one table."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import experiment_file
from engine.architecture import dense
from engine.chain import chain_file
from engine.chain.spec import ChainSpec, start_chain
from engine.faults import InputError
from engine.spec import Experiment
from engine.toml_document import TomlDocument, read_text


@dataclass(frozen=True, slots=True)
class Kind:
    """``format`` is the line of that name in its files; ``start`` makes what New opens."""

    noun: str
    format: str
    of: type
    start: Callable[[], Any]
    read: Callable[[Path], Any]
    write: Callable[[Path, Any], None]
    loads: Callable[[str, str], Any]
    dumps: Callable[[Any], str]


def start_experiment() -> Experiment:
    """The chapter's first deep network."""
    return Experiment(dense(784, 30, 30, 10))


EXPERIMENT = Kind(
    "experiment", experiment_file.FORMAT, Experiment, start_experiment,
    experiment_file.read, experiment_file.write, experiment_file.loads, experiment_file.dumps,
)  # fmt: skip
CHAIN = Kind(
    "chain", chain_file.FORMAT, ChainSpec, start_chain,
    chain_file.read, chain_file.write, chain_file.loads, chain_file.dumps,
)  # fmt: skip
KINDS = (EXPERIMENT, CHAIN)


def kind_of(value: object) -> Kind:
    """``KeyError`` for what is no document."""
    for kind in KINDS:
        if isinstance(value, kind.of):
            return kind
    raise KeyError(type(value))


def kind_of_text(text: str) -> Kind:
    """By its format; an experiment where there is none, whose reader says what is wrong."""
    with suppress(InputError):
        found = TomlDocument.parse(text, "").tree.get("format")
        return next((kind for kind in KINDS if kind.format == found), EXPERIMENT)
    return EXPERIMENT


def kind_at(path: Path) -> Kind:
    with suppress(InputError):
        return kind_of_text(read_text(path, EXPERIMENT.noun))
    return EXPERIMENT
