import importlib.resources
from pathlib import Path

import numpy as np
import pytest

from engine.datasets import mnist
from engine.datasets.mnist import Mnist
from engine.faults import InputError


@pytest.fixture(scope="module")
def data():
    return Mnist().load()


def test_split_as_in_the_book(data):
    assert [len(s) for s in (data.train, data.validation, data.test)] == [50_000, 10_000, 10_000]
    assert data.image == (28, 28)
    assert data.class_names == tuple("0123456789")


def test_known_labels(data):
    assert data.train.labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert data.validation.labels[:5].tolist() == [3, 8, 6, 9, 6]
    assert data.test.labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]
    file = np.bincount(data.train.labels) + np.bincount(data.validation.labels)
    assert file.tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert np.bincount(data.test.labels).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]  # fmt: skip


def test_known_means_with_pixels_scaled_to_one(data):
    # 0.1307 and 0.3081: mean and deviation of the 60,000, as everybody normalises MNIST.
    pixels = np.concatenate([data.train.x, data.validation.x])
    assert pixels.mean() / 255 == pytest.approx(0.130660, abs=1e-6)
    assert pixels.std() / 255 == pytest.approx(0.308108, abs=1e-6)
    for split in (data.train, data.validation, data.test):
        inputs = split.inputs(np.float32)
        assert (inputs.min(), inputs.max()) == (0.0, 1.0)
    assert inputs.mean(dtype=np.float64) == pytest.approx(0.132515, abs=1e-6)


def test_fewer_examples_are_the_first_ones(data):
    few = Mnist(examples=100).load()
    assert np.array_equal(few.train.x, data.train.x[:100])
    assert np.array_equal(few.train.labels, data.train.labels[:100])
    assert (len(few.validation), len(few.test)) == (10_000, 10_000)


def test_the_archive_is_read_once_and_cannot_be_written_through(data):
    assert np.shares_memory(data.train.x, Mnist(examples=10).load().train.x)
    for split in (data.train, data.validation, data.test):
        for array in (split.x, split.labels):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch):
    """The resources in another folder, read anew, and the good ones again afterwards."""
    monkeypatch.setattr(mnist, "files", lambda _package: tmp_path)
    mnist._splits.cache_clear()
    yield tmp_path
    mnist._splits.cache_clear()


@pytest.mark.usefixtures("elsewhere")
def test_shape_does_not_read():
    assert Mnist().shape() == (784, 10)


@pytest.mark.parametrize("damage", ["missing", "empty", "text", "cut off", "flipped"])
def test_a_damaged_archive_gets_one_sentence(elsewhere, refused, damage):
    good = importlib.resources.files("resources").joinpath("mnist.npz").read_bytes()
    broken = {
        "empty": b"",
        "text": b"not an archive",
        "cut off": good[:100_000],
        "flipped": good[:5000] + bytes(1000) + good[6000:],
    }
    if damage != "missing":
        (elsewhere / "mnist.npz").write_bytes(broken[damage])
    refused(elsewhere / "mnist.npz", Mnist().load)


def test_a_fault_is_not_remembered(elsewhere):
    with pytest.raises(InputError):
        Mnist().load()
    good = importlib.resources.files("resources").joinpath("mnist.npz").read_bytes()
    (elsewhere / "mnist.npz").write_bytes(good)
    assert len(Mnist().load().train) == 50_000
