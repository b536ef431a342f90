"""Experiments as TOML: what the window saves and opens, and what `run` reads and writes.

Every field of the dataclasses in ``engine.spec`` is a key of the same name, a data source and an
optimizer are tables that name theirs; so a new entry in a table of the engine needs no change here.
Reading is strict. Keys that are left out take their defaults; what is written is complete.

A setting called ``path``, or ending in ``_path``, is a file's. In the file it is relative to the
folder of the file if it lies there or below, so that the two can be moved together; otherwise it
is absolute.
"""

import os
from bisect import bisect_left
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.architecture import BIAS, ArchitectureSpec, GivenParameter, LayerSpec, SkipSpec
from engine.datasets import DATA_SOURCES
from engine.faults import InputError
from engine.optimizers import OPTIMIZERS
from engine.spec import FULL_BATCH, Experiment, TrainingSpec
from engine.toml_document import (
    Made,
    Place,
    TomlDocument,
    names,
    read_text,
    settings,
    toml,
    values,
    write_text,
)

FORMAT = "nablascope experiment"
VERSION = 2  # 1 knew no skip connections, no given parameters and nothing frozen
FULL = "full"


def dumps(experiment: Experiment) -> str:
    """The experiment with every default written out; paths stand as they are."""
    training = experiment.training
    head = {"format": FORMAT, "version": VERSION, **values(experiment)}
    run = values(training)
    if training.batch == FULL_BATCH:
        run["batch"] = FULL
    run["data"] = {"source": training.data.key, **values(training.data)}
    run["optimizer"] = {"rule": training.optimizer.key, **values(training.optimizer)}
    return "\n".join(
        (
            toml(head | {"architecture": values(experiment.architecture)}),
            *architecture_tables(experiment.architecture, "architecture."),
            toml({"training": run}),
        )
    )


def architecture_tables(architecture: ArchitectureSpec, prefix: str = "") -> list[str]:
    """Layers, skip connections and given parameters, each as the text of a TOML table."""
    rows = [("layer", values(layer)) for layer in architecture.layers]
    rows += [("skip", values(skip)) for skip in architecture.skips]
    for given in architecture.given:
        row = values(given)
        if given.source == BIAS:
            del row["source"]
        rows.append(("given", row))
    return [f"[[{prefix}{name}]]\n{toml(row)}" for name, row in rows]


def loads(text: str, source: str = "") -> Experiment:
    """Raises ``InputError``: one line that names ``source``, the place and what is wrong there."""
    document = TomlDocument.parse(text, source)
    document.check_format(FORMAT, VERSION, "experiment")
    document.allow(
        document.tree, (), {"format", "version", "architecture", "training", *names(Experiment)}
    )
    architecture, training = _architecture(document), _training(document)
    return document.make(
        Experiment, document.tree, (), architecture=architecture, training=training
    )


def read(path: Path) -> Experiment:
    """Raises ``InputError`` as ``loads`` does, and where the file is none that can be read."""
    return located(loads(read_text(path, "experiment"), path.name), path)


def write(path: Path, experiment: Experiment) -> None:
    """Replace the file in one go; raises ``InputError`` where that cannot be."""
    write_text(path, dumps(portable(experiment, path)))


def located(experiment: Experiment, path: Path) -> Experiment:
    """As it was read from the file ``path``, with the paths of its settings absolute."""
    folder = _folder(path)
    return _with_paths(experiment, lambda name: os.path.normpath(os.path.join(folder, name)))


def portable(experiment: Experiment, path: Path) -> Experiment:
    """As it is to be written to the file ``path``, so that it can be moved with its data."""
    return _with_paths(experiment, lambda name: _portable(name, _folder(path)))


def _architecture(document: TomlDocument) -> ArchitectureSpec:
    place = ("architecture",)
    table = document.table(document.tree, "architecture")
    document.allow(table, place, {"layer", "skip", "given", *names(ArchitectureSpec)})
    layers = read_tables(document, table, place, "layer", LayerSpec)
    architecture = document.make(ArchitectureSpec, table, place, layers=tuple(layers))
    skips = read_tables(document, table, place, "skip", SkipSpec)
    architecture = _with_each(document, architecture, "skips", skips, (*place, "skip"))
    given = read_tables(document, table, place, "given", GivenParameter, source=BIAS)
    return _with_each(document, architecture, "given", given, (*place, "given"))


def read_tables(
    document: TomlDocument,
    tree: dict[str, Any],
    place: Place,
    key: str,
    cls: type[Made],
    **usual: object,
) -> list[Made]:
    """What stands under [[key]], one value a table; ``usual`` is what may be left out."""
    tables, made = tree.get(key, []), []
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        name = ".".join((*map(str, place), key))
        raise document.fault((*place, key), f"write each {key} under [[{name}]]")
    for number, entry in enumerate(tables):
        here = (*place, key, number)
        document.allow(entry, here, names(cls))
        made.append(document.make(cls, usual | entry, here))
    return made


def _with_each(
    document: TomlDocument,
    architecture: ArchitectureSpec,
    field: str,
    values: list[Any],
    place: Place,
) -> ArchitectureSpec:
    """With all of the values; a fault has the line of the first that cannot be added."""

    try:
        return _with_first(len(values), architecture, field, values)
    except InputError:
        numbers = range(len(values))
        first = bisect_left(
            numbers, True, key=lambda n: _is_refused(n + 1, architecture, field, values)
        )
    try:
        return _with_first(first + 1, architecture, field, values)
    except InputError as error:
        raise document.fault((*place, first), error) from error


def _with_first(
    number: int, architecture: ArchitectureSpec, field: str, values: list[Any]
) -> ArchitectureSpec:
    some: Any = {field: tuple(values[:number])}
    return replace(architecture, **some)


def _is_refused(*arguments: Any) -> bool:
    try:
        _with_first(*arguments)
    except InputError:
        return True
    return False


def _training(document: TomlDocument) -> TrainingSpec:
    place = ("training",)
    table = document.table(document.tree, "training")
    document.allow(table, place, {"data", "optimizer", *names(TrainingSpec)})
    made: dict[str, object] = {}
    for part, key, known in (("data", "source", DATA_SOURCES), ("optimizer", "rule", OPTIMIZERS)):
        if part not in table:
            continue
        here, entry = (*place, part), document.table(table, part, place)
        cls: type[Any] = document.choice(entry, here, key, known)
        document.allow(entry, here, {key, *names(cls)})
        made[part] = document.make(cls, entry, here)
    if table.get("batch") == FULL:
        table = table | {"batch": FULL_BATCH}
    return document.make(TrainingSpec, table, place, **made)


def _with_paths(experiment: Experiment, change: Any) -> Experiment:
    data: Any = experiment.training.data
    paths = {
        f.name: change(getattr(data, f.name))
        for f in settings(data)
        if (f.name == "path" or f.name.endswith("_path")) and getattr(data, f.name)
    }
    if not paths:
        return experiment
    training = replace(experiment.training, data=replace(data, **paths))
    return replace(experiment, training=training)


def _folder(path: Path) -> str:
    return os.path.abspath(path.parent)


def _portable(name: str, folder: str) -> str:
    path = Path(os.path.abspath(name))
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
