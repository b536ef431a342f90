import gzip
import struct
import tracemalloc

import numpy as np
import pytest

from engine.datasets.readers import source_file, table
from engine.datasets.readers.idx_file import read_idx, read_idx_pair


def idx(shape, data, kind=8):
    return struct.pack(f">4B{len(shape)}I", 0, 0, kind, len(shape), *shape) + data


IMAGES, LABELS = idx((3, 2, 2), bytes(range(12))), idx((3,), bytes([7, 2, 7]))


@pytest.fixture
def pair(tmp_path):
    paths = tmp_path / "my-images-idx3-ubyte", tmp_path / "my-labels-idx1-ubyte"
    paths[0].write_bytes(IMAGES)
    paths[1].write_bytes(LABELS)
    return paths


def test_a_pair(pair):
    got = read_idx_pair(*pair)
    assert got.x.tolist() == np.arange(12).reshape(3, 4).tolist()
    assert got.x.dtype == np.uint8
    assert got.labels.tolist() == [1, 0, 1]
    assert got.class_names == ("2", "7")
    assert (got.unit, got.image) == (255.0, (2, 2))


def test_packed_with_gzip(pair):
    plain = read_idx_pair(*pair)
    for path in pair:
        path.write_bytes(gzip.compress(path.read_bytes()))
    assert np.array_equal(read_idx_pair(*pair).x, plain.x)


@pytest.mark.parametrize(
    ("code", "kind"), [(9, "i1"), (0xB, ">i2"), (0xC, ">i4"), (0xD, ">f4"), (0xE, ">f8")]
)
def test_every_type_of_values(pair, code, kind):
    values = np.array([[1, -2], [3, 4], [5, 6]])
    pair[0].write_bytes(idx((3, 2), values.astype(kind).tobytes(), code))
    got = read_idx_pair(*pair)
    assert got.x.tolist() == values.tolist()
    assert got.x.dtype.isnative
    assert (got.unit, got.image) == (1.0, None)


FAULTS = {
    "empty": (b"", "the file is empty"),
    "three bytes": (IMAGES[:3], "the file does not begin as an IDX file does"),
    "text": (b"1,2,3\n1,2,3\n", "the file does not begin as an IDX file does"),
    "unknown type": (idx((3,), bytes(3), 10), "the file does not begin as an IDX file does"),
    "no dimensions": (b"\0\0\x08\0", "the array has 0 dimensions; expected 1 to 3"),
    "many dimensions": (b"\0\0\x08\xff" + bytes(2000), "has 255 dimensions; expected 1 to 3"),
    "cut header": (IMAGES[:10], "the file is cut off inside its header"),
    "cut values": (IMAGES[:-1], "declares 12 bytes of values, the file has only 11"),
    "too long": (IMAGES + b"1", "declares 12 bytes of values, the file has more than that"),
    "no elements": (idx((3, 0), b""), "the array declares no elements"),
    "10^12 elements": (
        idx((10**6, 10**3, 10**3), b""),
        "the array declares 1,000,000,000,000 elements; the limit is 50,000,000",
    ),
    "400 MB promised": (idx((50_000_000,), b"1", 0xE), "400,000,000 bytes of values, the file has"),
    "damaged gzip": (gzip.compress(IMAGES)[:20] + b"1234", "is packed with gzip, and damaged"),
    "cut gzip": (gzip.compress(IMAGES)[:-9], "is packed with gzip, and damaged or cut off"),
    "gzip of text": (gzip.compress(b"1,2,3"), "the file does not begin as an IDX file does"),
    "gzip head": (b"\x1f\x8b\x07123456789", "the file cannot be read ("),
    "vector": (idx((3,), b"123"), "the features must have 2 or 3 dimensions, not 1"),
    "NaN": (
        idx((3, 1), np.array([0, 1, np.nan], ">f4").tobytes(), 0xD),
        "a feature of example 3 is not a finite number",
    ),
}


@pytest.mark.parametrize(("data", "what"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told(pair, refused, data, what):
    pair[0].write_bytes(data)
    tracemalloc.start()
    try:
        assert what in refused(pair[0], lambda: read_idx_pair(*pair))
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


LABEL_FAULTS = {
    "images twice": (IMAGES, "the labels must have 1 dimension, not 3"),
    "lengths": (idx((4,), bytes(4)), "there are 4 labels for 3 examples"),
    "one class": (idx((3,), b"\5\5\5"), "every example has the label 5"),
    "broken": (
        idx((3,), np.array([0, 1, 0.25], ">f4").tobytes(), 0xD),
        "the label 0.25 is not a whole number",
    ),
}


@pytest.mark.parametrize(("data", "what"), LABEL_FAULTS.values(), ids=LABEL_FAULTS)
def test_a_fault_of_the_labels_names_their_file(pair, refused, data, what):
    pair[1].write_bytes(data)
    assert what in refused(pair[1], lambda: read_idx_pair(*pair))


def test_a_gzip_bomb_is_not_unpacked(pair, refused):
    pair[0].write_bytes(gzip.compress(idx((3, 2), bytes(200_000_000))))
    tracemalloc.start()
    try:
        assert "more than that" in refused(pair[0], lambda: read_idx(pair[0]))
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_limits(pair, refused, monkeypatch):
    monkeypatch.setattr(table, "MAX_NUMBERS", 11)
    what = refused(pair[0], lambda: read_idx(pair[0]))
    assert "declares 12 elements; the limit is 11" in what
    monkeypatch.setattr(source_file, "MAX_FILE_BYTES", 20)
    assert "; the limit is 20" in refused(pair[0], lambda: read_idx(pair[0]))
