from pathlib import Path

import numpy as np
import pytest

from engine.architecture import INPUT, LayerSpec, dense
from engine.export.weights import named_arrays, write_weights
from engine.faults import InputError
from engine.parameters import Parameters, draw
from engine.results import INITIAL, prepare_folder
from engine.snapshot import Weights
from engine.spec import Experiment
from tests.engine.export.networks import network

ARCHITECTURE = network(
    *(LayerSpec(n) for n in (5, 5, 4)), skips=[("h1", "h3"), (INPUT, "h2"), ("h2", "output")]
)


def weights(dtype: str = "float32") -> Weights:
    parameters = Parameters(ARCHITECTURE, dtype)
    draw(parameters, ARCHITECTURE, 3)
    return Weights(tuple(parameters.W), tuple(parameters.b), tuple(parameters.projections))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_file_has_every_parameter_under_its_name(tmp_path: Path, dtype: str) -> None:
    path = tmp_path / "weights.npz"
    write_weights(path, ARCHITECTURE, weights(dtype))
    with np.load(path, allow_pickle=False) as file:
        shapes = {name: file[name].shape for name in file.files}
        for name, array in named_arrays(weights(dtype)).items():
            assert file[name].dtype == dtype
            np.testing.assert_array_equal(file[name], array)
    assert shapes == {
        "W1": (5, 6), "W2": (5, 5), "W3": (4, 5), "W4": (3, 4),
        "b1": (5,), "b2": (5,), "b3": (4,), "b4": (3,),
        "P1": (4, 5), "P2": (5, 6), "P3": (3, 5),
    }  # fmt: skip


def test_an_identity_has_no_array_but_counts() -> None:
    architecture = network(*(LayerSpec(5) for _ in range(3)), skips=[("h1", "h3"), (INPUT, "h2")])
    assert architecture.projections == (None, (5, 6))
    parameters = Parameters(architecture, "float64")
    names = named_arrays(Weights((), (), tuple(parameters.projections)))
    assert list(names) == ["P2"]


def test_the_names_are_those_of_a_run_without_a_window(tmp_path: Path) -> None:
    prepare_folder(tmp_path / "run", Experiment(ARCHITECTURE), weights())
    write_weights(tmp_path / "weights.npz", ARCHITECTURE, weights())
    names = []
    for path in (tmp_path / "run" / INITIAL, tmp_path / "weights.npz"):
        with np.load(path) as file:
            names.append(sorted(file.files))
    assert names[0] == names[1]


def test_the_file_is_replaced_in_one_go(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(b"old")
    write_weights(path, ARCHITECTURE, weights())
    assert [file.name for file in tmp_path.iterdir()] == ["weights.npz"]
    assert path.read_bytes()[:2] == b"PK"


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="these weights do not belong to the network 6-4-3"):
        write_weights(tmp_path / "weights.npz", dense(6, 4, 3), weights())
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"weights\.npz: the file cannot be written"):
        write_weights(tmp_path / "nowhere" / "weights.npz", ARCHITECTURE, weights())
