"""The runs of a document come back as they were; a damaged file is told, never followed."""

import json
import os
import pickle
import random
from contextlib import suppress
from dataclasses import fields, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest

from engine import runs_file
from engine.datasets.own import OwnData
from engine.faults import InputError
from engine.runs import Change, Run
from engine.runs_file import beside, kept, read, write
from tests.engine.trained_runs import SMALL, trained, with_eta

RICH = replace(
    with_eta(0.5), id=2, name="ein Name · ∂", colour=7, notes="zwei\nZeilen", shown=False,
    began="2025-11-21T13:30:00+01:00", branched_from=("Run 1", 7), diverged=True,
    changes=(Change(3, "η", "0.1", "0.5"),),
)  # fmt: skip


def same(a: Run, b: Run) -> bool:
    arrays = ("history", "evaluations")
    plain = [f.name for f in fields(Run) if f.name not in (*arrays, "id")]
    return all(getattr(a, key) == getattr(b, key) for key in plain) and all(
        getattr(a, key).tobytes() == getattr(b, key).tobytes() for key in arrays
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.runs.npz"


def test_the_name_of_the_file(tmp_path: Path):
    names = {"a.toml": "a.runs.npz", "a.b.TOML": "a.b.runs.npz", "a": "a.runs.npz",
             "a.txt": "a.txt.runs.npz"}  # fmt: skip
    for document, name in names.items():
        assert beside(tmp_path / document) == tmp_path / name


def test_everything_comes_back_bit_for_bit(path: Path):
    record = RICH.history.copy()
    record[2, 2:6] = np.nan, np.inf, -0.0, 5e-324
    runs = [trained(), replace(RICH, history=record)]
    assert write(path, runs) == 2
    back = read(path)
    assert [same(a, b) for a, b in zip(runs, back, strict=True)] == [True, True]
    assert [run.id for run in back] == [1, 2]
    assert not back[0].history.flags.writeable


def test_numpy_reads_it_too(path: Path):
    write(path, [trained()])
    with np.load(path, allow_pickle=False) as archive:
        assert np.array_equal(archive["history_0"], trained().history, equal_nan=True)
        assert json.loads(archive["runs"].tobytes())["runs"][0]["name"] == "Run 1"


def test_no_file_no_runs(path: Path):
    assert read(path) == ()
    assert write(path, []) == 0
    assert not path.exists()


def test_without_runs_its_own_file_goes(path: Path):
    write(path, [trained()])
    assert write(path, []) == 0
    assert not path.exists()


@pytest.mark.parametrize("runs", [[], [trained()]], ids=["none", "one"])
def test_what_it_did_not_write_is_left_alone(path: Path, runs: list[Run]):
    foreign = BytesIO()
    np.savez(foreign, x=np.zeros(3))
    for data in (b"text", b"", foreign.getvalue(), pickle.dumps([1])):
        path.write_bytes(data)
        if runs:
            with pytest.raises(InputError, match=r"a\.runs\.npz.*left as it is"):
                write(path, runs)
        else:
            assert write(path, runs) == 0
        assert path.read_bytes() == data


def test_a_newer_version_is_left_alone(path: Path):
    write(path, [trained()])
    data = altered(path, lambda header: header.update(version=2))
    with pytest.raises(InputError, match="version 1 only"):
        read(path)
    with pytest.raises(InputError, match="left as it is"):
        write(path, [trained()])
    assert path.read_bytes() == data


def test_only_the_most_recent_are_kept(monkeypatch: pytest.MonkeyPatch, path: Path):
    many = [replace(trained(), name=f"Run {n}") for n in range(runs_file.MOST_RUNS + 3)]
    assert write(path, many) == runs_file.MOST_RUNS
    assert read(path)[0].name == "Run 3"
    monkeypatch.setattr(runs_file, "MOST_BYTES", 2 * many[0].nbytes)
    assert [run.name for run in kept(many)] == ["Run 51", "Run 52"]


def test_own_data_move_with_the_file(tmp_path: Path):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    data = OwnData(path=str(here / "data.csv"))
    own = replace(SMALL, training=replace(SMALL.training, data=data))
    write(here / "a.runs.npz", [replace(trained(), experiment=own)])
    os.rename(here, there)
    back = read(there / "a.runs.npz")[0].experiment.training.data
    assert back == OwnData(path=str(there / "data.csv"))


# -- damage ------------------------------------------------------------------------------------


def altered(path: Path, change: Any, **arrays: Any) -> bytes:
    """Write the file anew with another header or other arrays, and return it."""
    with np.load(path, allow_pickle=False) as archive:
        members = {name: archive[name] for name in archive.files}
    header = json.loads(members["runs"].tobytes())
    change(header)
    members["runs"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
    np.savez(path, **(members | arrays))
    return path.read_bytes()


def wrong(key: str, value: object) -> Any:
    return lambda header: header["runs"][0].update({key: value})


HEADERS = {
    "no table": lambda header: header.update(runs={}),
    "no runs": lambda header: header.pop("runs"),
    "too many": lambda header: header.update(runs=header["runs"] * 51),
    "another format": lambda header: header.update(format="nablascope experiment"),
    "run is no table": lambda header: header.update(runs=[3]),
    **{
        f"{key} = {value!r}"[:40]: wrong(key, value)
        for key, value in (
            ("name", 3), ("name", None), ("colour", "red"), ("colour", True), ("step", 1.5),
            ("step", -1), ("step", 2**70), ("epoch", "x"), ("epoch", float("nan")), ("shown", 1),
            ("settings", "format = 1"), ("settings", ""), ("settings", None), ("changes", 1),
            ("changes", [1]), ("changes", [{"step": 1}]), ("branched_from", ["a"]),
            ("branched_from", [1, "a"]), ("branched_from", 7), ("began", None), ("notes", 1),
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("change", HEADERS.values(), ids=HEADERS)
def test_a_wrong_header_is_one_sentence(path: Path, change: Any):
    write(path, [trained()])
    altered(path, change)
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).startswith("a.runs.npz")
    assert "\n" not in str(caught.value)


ROWS = trained().history
ARRAYS: dict[str, Any] = {
    "columns": ROWS[:, :-1], "flat": ROWS.ravel(), "cube": ROWS[None],
    "float32": ROWS.astype(np.float32), "whole numbers": ROWS.astype(np.int64),
    "backwards": ROWS[::-1], "no time": np.where(np.arange(ROWS.shape[1]) == 1, np.nan, ROWS),
    "texts": np.array(["a", "b"]), "nothing": np.empty((0, ROWS.shape[1])),
}  # fmt: skip


@pytest.mark.parametrize("array", ARRAYS.values(), ids=ARRAYS)
def test_a_wrong_record_is_one_sentence(path: Path, array: Any):
    write(path, [trained()])
    altered(path, lambda header: None, history_0=array)
    with pytest.raises(InputError, match=r"a\.runs\.npz"):
        read(path)


def test_objects_are_never_unpickled(path: Path):
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return os.abort, ()

    write(path, [trained()])
    with ZipFile(path, "a") as archive, archive.open("evaluations_1.npy", "w") as member:
        np.lib.format.write_array(member, np.array([Trap()], object), allow_pickle=True)
    altered_header = read(path)  # the one that nobody asks for is not looked at
    assert len(altered_header) == 1
    with ZipFile(path, "w") as archive, archive.open("runs.npy", "w") as member:
        np.lib.format.write_array(member, np.array([Trap()], object), allow_pickle=True)
    with pytest.raises(InputError):
        read(path)


def test_a_bomb_is_not_unpacked(path: Path, monkeypatch: pytest.MonkeyPatch):
    write(path, [trained()])
    monkeypatch.setattr(runs_file, "MOST_BYTES", 100)
    with pytest.raises(InputError, match="take more than 200 bytes"):
        read(path)


@pytest.mark.parametrize("seed", range(8))
def test_random_damage_never_escapes(path: Path, seed: int):
    rng = random.Random(seed)
    write(path, [trained(), RICH])
    whole = path.read_bytes()
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(bytes(data[: rng.choice([len(data), rng.randrange(len(data))])]))
        runs = ()
        with suppress(InputError):
            runs = read(path)
        if runs:  # the byte does not matter, such as one of a time
            assert all(same(a, b) for a, b in zip(runs, [trained(), RICH], strict=True))


def test_the_system_refuses(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be written"):
        write(tmp_path / "none" / "a.runs.npz", [trained()])
    folder = tmp_path / "b.runs.npz"
    folder.mkdir()
    with pytest.raises(InputError, match="folder"):
        read(folder)
    with pytest.raises(InputError):
        write(folder, [trained()])
