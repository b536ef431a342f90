import gzip
import os

import numpy as np
import pytest

from engine.datasets.own import OwnData, _read
from engine.datasets.readers import csv_file
from engine.faults import InputError


@pytest.fixture(autouse=True)
def _nothing_read_yet():
    _read.cache_clear()


@pytest.fixture
def points(tmp_path):
    """100 examples of three classes; the first feature numbers them, the last class is rare."""
    path = tmp_path / "points.csv"
    labels = [10 if i < 50 else 20 for i in range(98)] + [30, 30]
    path.write_text("".join(f"{i},{-i},{label}\n" for i, label in enumerate(labels)))
    return path


def test_every_example_is_in_one_split(points):
    data = OwnData(path=str(points)).load()
    assert [len(s) for s in (data.train, data.validation, data.test)] == [80, 10, 10]
    splits = (data.train, data.validation, data.test)
    x = np.concatenate([split.x for split in splits])
    labels = np.concatenate([split.labels for split in splits])
    assert sorted(x[:, 0]) == list(range(100))
    assert np.array_equal(x[:, 1], -x[:, 0])
    assert np.array_equal(labels == 0, x[:, 0] < 50)
    assert data.name == "points.csv"
    assert data.class_names == ("10", "20", "30")
    assert OwnData(path=str(points)).shape() == (2, 3)


def test_the_seed_shuffles(points):
    one, again, other = (OwnData(str(points), seed=s).load() for s in (1, 1, 2))
    assert np.array_equal(one.train.x, again.train.x)
    assert np.array_equal(one.test.x, again.test.x)
    assert not np.array_equal(one.train.x, other.train.x)
    assert not np.array_equal(one.train.x[:, 0], np.sort(one.train.x[:, 0]))


@pytest.mark.parametrize("held_out", [0.0, 0.01, 0.33, 0.8])
def test_what_is_held_out(points, held_out):
    data = OwnData(str(points), held_out=held_out).load()
    assert len(data.validation) == len(data.test) == round(100 * held_out / 2)
    assert len(data.train) == 100 - 2 * len(data.test)


def test_training_has_every_class_whatever_the_seed(points):
    for seed in range(200):
        data = OwnData(str(points), held_out=0.8, seed=seed).load()
        assert set(data.train.labels) == {0, 1, 2}


def test_too_few_examples(tmp_path, refused):
    path = tmp_path / "few.csv"
    path.write_text("1,0\n2,1\n3,2\n4,3\n5,4\n")
    what = refused(path, OwnData(str(path), held_out=0.4).load)
    assert (
        "5 examples are too few to hold out 2 of them and to train on each of the 5 classes" in what
    )
    assert len(OwnData(str(path), held_out=0.0).load().train) == 5


def test_every_kind_of_file(tmp_path):
    x, y = np.arange(40, dtype=np.uint8).reshape(10, 2, 2), np.arange(10, dtype=np.uint8) % 2
    csv, tsv, npz = tmp_path / "a.CSV", tmp_path / "a.tsv", tmp_path / "a.npz"
    rows = [[*image.ravel().tolist(), label] for image, label in zip(x, y, strict=True)]
    csv.write_text("\n".join(",".join(map(str, row)) for row in rows))
    tsv.write_text("\n".join("\t".join(map(str, row)) for row in rows))
    np.savez(npz, x=x, y=y)
    images, labels = tmp_path / "pictures", tmp_path / "their labels"
    images.write_bytes(b"\0\0\x08\3\0\0\0\x0a\0\0\0\2\0\0\0\2" + x.tobytes())
    labels.write_bytes(b"\0\0\x08\1\0\0\0\x0a" + y.tobytes())
    packed = tmp_path / "pictures.gz"
    packed.write_bytes(gzip.compress(images.read_bytes()))
    loaded = [OwnData(str(path), str(labels)).load() for path in (csv, tsv, npz, images, packed)]
    for data in loaded:
        assert np.array_equal(data.train.x, loaded[0].train.x)
        assert np.array_equal(data.test.labels, loaded[0].test.labels)
    assert [data.image for data in loaded] == [None, None, (2, 2), (2, 2), (2, 2)]
    assert [data.train.unit for data in loaded] == [1.0, 1.0, 255.0, 255.0, 255.0]
    assert loaded[3].train.inputs(np.float64).max() <= 39 / 255


def test_no_file_chosen():
    for ask in (OwnData().load, OwnData().shape):
        with pytest.raises(InputError, match="Choose a file"):
            ask()


def test_unknown_kinds_and_missing_labels(tmp_path, refused):
    page, images = tmp_path / "thesis.pdf", tmp_path / "images-idx3-ubyte"
    page.write_bytes(b"%PDF-1.7")
    assert "the kind of the file is unknown" in refused(page, OwnData(str(page)).load)
    images.write_bytes(b"\0\0\x08\2\0\0\0\2\0\0\0\1ab")
    assert "needs a second one with its labels" in refused(images, OwnData(str(images)).load)
    labels = tmp_path / "labels"
    lost = OwnData(str(images), str(labels))
    assert "there is no such file" in refused(labels, lost.load)
    gone = OwnData(str(tmp_path / "gone"), str(labels))
    assert "there is no such file" in refused(tmp_path / "gone", gone.load)


def test_a_file_is_read_once_until_it_changes(points, monkeypatch):
    OwnData(str(points)).load()
    monkeypatch.setattr(csv_file, "opened", lambda _path: pytest.fail("read again"))
    OwnData(str(points), seed=9, held_out=0.5).load()
    OwnData(str(points)).shape()
    monkeypatch.undo()
    status = points.stat()
    points.write_text("1,0\n2,1\n3,1\n")
    os.utime(points, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert OwnData(str(points)).shape() == (1, 2)
    points.write_text("1,0\n2,1\n3,4\n")
    os.utime(points, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert OwnData(str(points)).shape() == (1, 3)


def test_what_was_open_stays_as_it_was(points, refused):
    source = OwnData(str(points))
    data, good = source.load(), points.read_text()
    before = data.train.x.copy(), data.train.labels.copy()
    points.write_text(good + "1,2\n")
    refused(points, source.load)
    refused(points, source.load)
    assert np.array_equal(data.train.x, before[0])
    assert np.array_equal(data.train.labels, before[1])
    points.write_text(good)
    assert np.array_equal(source.load().train.x, before[0])


def test_what_was_loaded_can_be_written_without_harm(points):
    first = OwnData(str(points)).load()
    kept = first.train.x.copy()
    first.train.x[:] = 0
    assert np.array_equal(OwnData(str(points)).load().train.x, kept)
