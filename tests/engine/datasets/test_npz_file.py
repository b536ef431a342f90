import io
import struct
import tracemalloc
import zipfile

import numpy as np
import pytest

from engine.datasets.readers import source_file
from engine.datasets.readers.npz_file import read_npz

X, Y = np.arange(8.0).reshape(4, 2), np.array([3, 1, 3, 1])


def npy(descr="<f8", shape="(4, 2)", data=bytes(64), version=1, order="False", length=None):
    """A .npy file with any header, however false."""
    header = f"{{'descr': {descr!r}, 'fortran_order': {order}, 'shape': {shape}, }}\n".encode()
    size = len(header) if length is None else length
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H", size) + header + data


def archive(path, compression=zipfile.ZIP_DEFLATED, **members):
    with zipfile.ZipFile(path, "w", compression) as file:
        for name, data in members.items():
            file.writestr(f"{name}.npy", data)
    return path


def saved(array):
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "digits.npz"


KINDS = ("<f2", "<f4", ">f4", "<f8", ">f8", "i1", "u1", ">i2", "<u2", ">i4", "<u4", ">i8", "<u8")


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("order", "CF")
def test_what_numpy_saves(path, save, kind, order):
    save(path, x=np.asarray(X, kind, order=order), y=Y.astype(kind), more=np.zeros(3))
    got = read_npz(path)
    assert got.x.tolist() == X.tolist()
    assert got.x.dtype == np.dtype(kind).newbyteorder("=")
    assert got.x.dtype.isnative
    assert got.labels.tolist() == [1, 0, 1, 0]
    assert got.class_names == ("1", "3")
    assert (got.unit, got.image) == (1.0, None)


def test_images_of_bytes_are_flattened_and_scaled(path):
    images = np.arange(24, dtype=np.uint8).reshape(4, 3, 2)
    np.savez(path, x=images, y=Y)
    got = read_npz(path)
    assert got.x.dtype == np.uint8
    assert got.x.tolist() == images.reshape(4, 6).tolist()
    assert (got.unit, got.image) == (255.0, (3, 2))
    np.savez(path, x=images / 255, y=Y)
    assert (read_npz(path).unit, read_npz(path).image) == (1.0, (3, 2))


def test_truth_values(path):
    np.savez(path, x=X > 3, y=Y > 1)
    got = read_npz(path)
    assert got.x.tolist() == (X > 3).astype(int).tolist()
    assert got.class_names == ("0", "1")


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_versions_of_the_format(path, version):
    stream = io.BytesIO()
    np.lib.format.write_array(stream, X, version=(1, 0))
    data = stream.getvalue()
    if version > (1, 0):
        size = struct.unpack("<H", data[8:10])[0]
        data = data[:6] + bytes(version) + struct.pack("<I", size) + data[10:]
    assert read_npz(archive(path, x=data, y=saved(Y))).x.tolist() == X.tolist()


def test_a_header_written_by_python_2(path):
    long = npy(shape="(4L, 2L)", data=X.tobytes())
    assert read_npz(archive(path, x=long, y=saved(Y))).x.tolist() == X.tolist()


TERA = 10**12
FAULTS = {
    "x missing": ({"y": saved(Y)}, "the array 'x' is missing"),
    "y missing": ({"x": saved(X)}, "the array 'y' is missing"),
    "10^12 elements": (
        {"x": npy(shape=f"({TERA},)")},
        "the array 'x' declares 1,000,000,000,000 elements; the limit is 50,000,000",
    ),
    "10^12 in labels": ({"x": saved(X), "y": npy(shape=f"({TERA}, 1)")}, "the array 'y' declares"),
    "sides that overflow": ({"x": npy(shape=f"({2**32}, {2**32})")}, "declares more than 10^18"),
    "no elements": ({"x": npy(shape=f"(0, {TERA})")}, "the array 'x' declares no elements"),
    "scalar": ({"x": npy(shape="()", data=bytes(8))}, "the array 'x' declares no elements"),
    "negative": ({"x": npy(shape="(-4, 2)")}, "the array 'x' has a header that cannot be read"),
    "cut off": ({"x": saved(X)[:-8]}, "'x' declares 64 bytes of values, and 56 are there"),
    "too long": ({"x": saved(X) + b"12345678"}, "declares 64 bytes of values, and 72 are there"),
    "objects": ({"x": npy("|O")}, "the array 'x' has the type |O; only real numbers are read"),
    "complex": ({"x": saved(X + 1j)}, "the array 'x' has the type <c16; only real numbers"),
    "text": ({"x": saved(np.array(["a", "b"]))}, "has the type <U1; only real numbers are read"),
    "records": ({"x": saved(np.zeros(3, [("a", "f4"), ("b", "i4")]))}, "has the type [("),
    "dates": ({"x": saved(np.zeros(3, "M8[D]"))}, "has the type <M8[D]; only real numbers"),
    "not .npy": ({"x": b"1,2,3\n4,5,6\n"}, "the array 'x' is not in NumPy's format"),
    "empty member": ({"x": b""}, "the array 'x' is not in NumPy's format"),
    "unknown version": ({"x": npy(version=9)}, "the array 'x' is not in NumPy's format"),
    "no header": ({"x": npy(length=12)}, "the array 'x' has a header that cannot be read"),
    "long header": ({"x": npy(length=60_000)}, "has a header of 60,000 bytes; the limit is 10,000"),
    "code": ({"x": npy(shape="__import__('os')")}, "has a header that cannot be read"),
    "vector": ({"x": saved(X[:, 0]), "y": saved(Y)}, "must have 2 or 3 dimensions, not 1"),
    "four-dimensional": ({"x": saved(X.reshape(4, 1, 1, 2)), "y": saved(Y)}, "dimensions, not 4"),
    "one-hot": ({"x": saved(X), "y": saved(np.eye(4))}, "the labels must have 1 dimension, not 2"),
    "lengths": ({"x": saved(X), "y": saved(Y[:3])}, "there are 3 labels for 4 examples"),
    "NaN": (
        {"x": saved(np.where(X == 5, np.nan, X)), "y": saved(Y)},
        "a feature of example 3 is not a finite number",
    ),
    "infinity": (
        {"x": saved(np.where(X == 7, -np.inf, X)), "y": saved(Y)},
        "a feature of example 4 is not a finite number",
    ),
    "too many digits": ({"x": npy(shape=f"({'9' * 5000},)")}, "the file is not an NPZ archive"),
    "too many dimensions": (
        {"x": npy(shape=f"({'1, ' * 70})", data=bytes(8))},
        "the file is not an NPZ archive",
    ),
    "huge": ({"x": saved(X * -1e30), "y": saved(Y)}, "is as large as 7e30; the limit is 1e18"),
    "huge whole": ({"x": saved(X), "y": saved(Y.astype("u8") << 62)}, "the limit is 1e18"),
    "NaN label": (
        {"x": saved(X), "y": saved(Y * np.nan)},
        "the label of example 1 is not a finite",
    ),
    "broken label": ({"x": saved(X), "y": saved(Y / 2)}, "the label 1.5 is not a whole number"),
    "one class": ({"x": saved(X), "y": saved(Y * 0)}, "every example has the label 0; at least"),
    "many classes": (
        {"x": saved(np.zeros((1001, 1))), "y": saved(np.arange(1001))},
        "there are 1,001 classes; the limit is 1,000",
    ),
    "too wide": (
        {"x": saved(np.zeros((2, 65_537), "u1")), "y": saved(Y[:2])},
        "an example has 65,537 features; the limit is 65,536",
    ),
}


@pytest.mark.parametrize(("members", "what"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told(path, refused, members, what):
    archive(path, **members)
    tracemalloc.start()
    try:
        assert what in refused(path, lambda: read_npz(path))
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_pickles_are_never_run(path, refused):
    class Trap:
        def __reduce__(self):
            return (pytest.fail, ("the pickle was run",))

    np.savez(path, x=np.array([Trap(), Trap()], object), y=Y[:2])
    assert "only real numbers are read" in refused(path, lambda: read_npz(path))


def test_not_an_archive(path, refused):
    good = archive(path, x=saved(X), y=saved(Y)).read_bytes()
    for data in (b"1,2,3\n", b"PK\x03\x04", good[:-30], good[:50], saved(X)):
        path.write_bytes(data)
        assert "not an NPZ archive" in refused(path, lambda: read_npz(path))
    path.write_bytes(b"")
    assert "the file is empty" in refused(path, lambda: read_npz(path))


def test_values_that_do_not_fit_their_check_sum(path, refused):
    data = bytearray(archive(path, zipfile.ZIP_STORED, x=saved(X), y=saved(Y)).read_bytes())
    data[data.index(X.tobytes()) + 5] ^= 1
    path.write_bytes(data)
    assert "it is damaged" in refused(path, lambda: read_npz(path))


def patched(data, signature, offset, new):
    """The archive with bytes of its first local (PK 3 4) or directory (PK 1 2) header replaced."""
    at = data.index(signature) + offset
    return data[:at] + new + data[at + len(new) :]


def far_away(data):
    """The first member said to begin at 2^64 - 1, as the directory of a large archive may say."""
    start, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    extra = struct.pack("<HHQ", 1, 8, 2**64 - 1)
    entry = data[start : start + 30] + struct.pack("<H", len(extra)) + data[start + 32 : start + 42]
    name = b"x.npy"
    directory = entry + b"\xff" * 4 + name + extra + data[start + 46 + len(name) : end]
    tail = data[end : end + 12] + struct.pack("<I", len(directory)) + data[end + 16 :]
    return data[:start] + directory + tail


HERE, LISTED = b"PK\3\4", b"PK\1\2"
DAMAGED = {
    "a deflated stream overwritten": lambda data: patched(data, HERE, 35, b"\xff" * 20),
    "a member that begins where the file ends": lambda data: patched(
        data, LISTED, 42, struct.pack("<I", len(data) - 10)
    ),
    "a version from the future": lambda data: patched(data, LISTED, 6, b"\xc8\0"),
    "a member beyond every file": far_away,
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_damage_inside_the_archive(path, refused, damage):
    path.write_bytes(damage(archive(path, x=saved(X), y=saved(Y)).read_bytes()))
    assert "is not an NPZ archive, or it is damaged" in refused(path, lambda: read_npz(path))


def test_encrypted(path, refused):
    data = archive(path, x=saved(X), y=saved(Y)).read_bytes()
    path.write_bytes(patched(patched(data, HERE, 6, b"\1\0"), LISTED, 8, b"\1\0"))
    assert "the array 'x' is encrypted" in refused(path, lambda: read_npz(path))


def test_fewer_values_unpacked_than_the_directory_lists(path, refused):
    short = saved(X)[:-8]
    data = archive(path, x=short, y=saved(Y)).read_bytes()
    path.write_bytes(patched(data, LISTED, 24, struct.pack("<I", len(short) + 8)))
    assert "the array 'x' is cut off" in refused(path, lambda: read_npz(path))


def test_other_compressions_are_refused(path, refused):
    archive(path, zipfile.ZIP_BZIP2, x=saved(X), y=saved(Y))
    assert "in a way that NumPy does not use" in refused(path, lambda: read_npz(path))


def test_a_bomb_is_not_unpacked(path, refused):
    """300 MB of zeros, packed in 300 kB, in an array that promises 64 bytes."""
    archive(path, x=npy(data=bytes(300_000_000)), y=saved(Y))
    tracemalloc.start()
    try:
        what = refused(path, lambda: read_npz(path))
        assert "declares 64 bytes of values, and 300,000,000 are there" in what
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_a_size_that_lies_in_the_directory_of_the_archive(path, refused):
    """The header and the directory promise 400 MB; memory follows what is there."""
    big = npy(shape="(25000000, 2)", data=bytes(64))
    data = bytearray(archive(path, zipfile.ZIP_STORED, x=big, y=saved(Y)).read_bytes())
    at = data.index(b"PK\x01\x02") + 20  # compressed and uncompressed size of the first member
    data[at : at + 8] = struct.pack("<II", len(big) - 64 + 400_000_000, len(big) - 64 + 400_000_000)
    path.write_bytes(data)
    tracemalloc.start()
    try:
        refused(path, lambda: read_npz(path))
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_the_limit_of_the_file(path, refused, monkeypatch):
    archive(path, x=saved(X), y=saved(Y))
    monkeypatch.setattr(source_file, "MAX_FILE_BYTES", 100)
    assert "; the limit is 100" in refused(path, lambda: read_npz(path))
