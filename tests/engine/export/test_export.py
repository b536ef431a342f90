"""What can be said of the exported code without PyTorch and Keras; the proof is beside it."""

import ast
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from engine import activations, costs, initializers, optimizers
from engine.architecture import LayerSpec, SkipSpec, dense
from engine.export import EXPORTS
from engine.export.keras import counterparts as keras_counterparts
from engine.export.pytorch import counterparts as pytorch_counterparts
from engine.spec import Experiment, TrainingSpec
from tests.engine.export.networks import (
    EXPERIMENTS,
    HELD,
    TRAINING,
    TRAININGS,
    Experiments,
    drawn,
    network,
)

COUNTERPARTS = [pytorch_counterparts, keras_counterparts]
TABLES: dict[str, Any] = {
    "ACTIVATIONS": activations.ACTIVATIONS,
    "INITIALIZERS": initializers.INITIALIZERS,
    "BIAS_INITIALIZERS": initializers.BIAS_INITIALIZERS,
    "COSTS": costs.COSTS,
    "OPTIMIZERS": optimizers.OPTIMIZERS,
}
DRAWN = {f"drawn {key}": drawn(key, "zero", -0.3)[0] for key in initializers.INITIALIZERS}
TRAINED = {name: Experiment(HELD, training) for name, training in TRAININGS.items()}
ALL: Experiments = EXPERIMENTS | DRAWN | TRAINED

each_format = pytest.mark.parametrize("key", EXPORTS)
each_experiment = pytest.mark.parametrize("experiment", ALL.values(), ids=ALL)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("counterparts", COUNTERPARTS)
def test_every_entry_of_the_engine_has_a_counterpart(counterparts: Any, table: str) -> None:
    assert list(getattr(counterparts, table)) == list(TABLES[table])


@each_format
@each_experiment
def test_code_is_python_and_the_same_every_time(key: str, experiment: Experiment) -> None:
    code = EXPORTS[key].code(experiment)
    ast.parse(code)
    assert code == EXPORTS[key].code(experiment)
    assert max(map(len, code.splitlines())) <= 88
    assert code.isascii()
    assert code.startswith('"""')
    assert code.endswith("\n")
    assert not code.endswith("\n\n")


@each_format
def test_code_is_as_a_linter_and_a_formatter_want_it(key: str, tmp_path: Any) -> None:
    pytest.importorskip("ruff", reason="ruff is in the extra 'test'")
    for n, experiment in enumerate(ALL.values()):
        (tmp_path / f"network{n}.py").write_text(EXPORTS[key].code(experiment))
    lint = ["check", "--select", "E,W,F,I,UP,B,SIM,C4,N,PERF", "--ignore", "N812,B905"]
    for command in (lint, ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--isolated", "--line-length", "88"]
        done = subprocess.run([*ruff, "."], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


@each_format
def test_all_layers_are_there_in_their_order(key: str) -> None:
    architecture = dense(784, 31, 32, 33, 34)
    code = EXPORTS[key].code(Experiment(architecture))
    assert architecture.text in code
    places = [code.index(f"{n}") for n in (31, 32, 33, 34)]
    calls = [code.index(text) for text in _layers(key, (784, 31, 32, 33, 34))]
    assert places == sorted(places)
    assert calls == sorted(calls)


def _layers(key: str, sizes: tuple[int, ...]) -> list[str]:
    if key == "keras":
        return [f"dense({n}" for n in sizes[1:]]
    pairs = pairwise(sizes)
    return [f"nn.Linear({i}, {o}),  # layer {n}" for n, (i, o) in enumerate(pairs, 1)]


@each_format
def test_many_equal_layers_are_a_loop(key: str) -> None:
    code = EXPORTS[key].code(Experiment(dense(784, *[30] * 50, 10)))
    assert "for _ in range(49):  # layers 2 to 50\n" in code
    assert len(code.splitlines()) < 80


@each_format
def test_a_deep_network_with_skip_connections_is_a_loop(key: str) -> None:
    layers = [LayerSpec(30) for _ in range(200)]
    skips = [(f"h{n}", f"h{n + 2}") for n in range(1, 198, 2)]
    code = EXPORTS[key].code(Experiment(network(*layers, skips=skips), TRAINING))
    assert "SIZES = [6, *[30] * 200, 3]\n" in code
    assert len(code.splitlines()) < 130


@each_format
def test_training_settings_are_in_the_code(key: str) -> None:
    training = replace(TRAINING, eta=0.0123, lmbda=4.5, batch=17, epochs=19)
    code = EXPORTS[key].code(Experiment(dense(6, 3), training))
    for number in ("0.0123", "4.5 / len(x)", "17", "epochs=19"):
        assert number in code
    without = EXPORTS[key].code(Experiment(dense(6, 3), replace(training, lmbda=0.0)))
    assert "decay" not in without


@each_format
def test_double_precision_is_asked_for_where_the_engine_takes_it(key: str) -> None:
    spec = TrainingSpec()
    deep, shallow = dense(784, *[30] * 50, 10), dense(784, 30, 10)
    assert "float64" in EXPORTS[key].code(Experiment(deep, spec))
    assert "float64" not in EXPORTS[key].code(Experiment(shallow, spec))


@each_format
def test_names_of_the_user_do_not_get_into_the_code(key: str) -> None:
    layer = LayerSpec(5, id='"""\nimport os')
    architecture = network(layer, LayerSpec(5, id="h2"), skips=[(layer.id, "output")])
    experiment = Experiment(architecture, TRAINING, name='"""\nraise', notes="'''")
    plain = replace(architecture.layers[0], id="h1")
    same = replace(
        architecture,
        layers=(plain, *architecture.layers[1:]),
        skips=(SkipSpec("h1", "output"),),
    )
    code = EXPORTS[key].code(experiment)
    assert "import os" not in code
    assert code == EXPORTS[key].code(Experiment(same, TRAINING))
