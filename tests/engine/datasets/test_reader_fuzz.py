"""Whatever the bytes: the file loads, or one sentence says why not; and little memory is used."""

import gzip
import io
import struct
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.datasets.own import OwnData
from engine.faults import InputError


def _npz(save, x, y):
    stream = io.BytesIO()
    save(stream, x=x, y=y)
    return stream.getvalue()


X, Y = np.arange(12.0).reshape(6, 2), np.arange(6) % 3
IDX = struct.pack(">4B3I", 0, 0, 8, 3, 6, 2, 2) + bytes(range(24))
IDX_FLOATS = struct.pack(">4B2I", 0, 0, 0xE, 2, 6, 2) + X.astype(">f8").tobytes()
LABELS = struct.pack(">4BI", 0, 0, 8, 1, 6) + bytes([0, 1, 2, 0, 1, 2])
VALID = {
    "a.csv": [b"x,y,label\n" + b"1.5,-2e3,0\n2,3,1\n4,5,2\n" * 2, b'"1";2;0\r\n3;4;1\r\n'],
    "a.npz": [
        _npz(np.savez, X, Y),
        _npz(np.savez_compressed, X, Y),
        _npz(np.savez, np.arange(24, dtype="u1").reshape(6, 2, 2), Y.astype(">f2")),
        _npz(np.savez, np.asfortranarray(X, ">f4"), Y > 0),
    ],
    "a-idx": [IDX, IDX_FLOATS, gzip.compress(IDX, mtime=0)],
    "labels": [LABELS, gzip.compress(LABELS, mtime=0)],
}
SPICE = (
    b"\n",
    b",",
    b'"',
    b"nan",
    b"\xff\xff\xff\xff",
    b"\0",
    b"9999999",
    b"\\d",
    b"'",
    b"(",
    b"_",
)


@st.composite
def damaged(draw, valid):
    """A valid file with bytes replaced, removed, inserted, repeated, or its end cut off."""
    data = bytearray(draw(st.sampled_from(valid)))
    for _ in range(draw(st.integers(1, 5))):
        at, to = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        data[at : draw(st.sampled_from([at, at + 1, min(to, at + 8)]))] = draw(
            st.one_of(st.binary(max_size=4), st.sampled_from(SPICE), st.just(bytes(data[at:to])))
        )
    return bytes(data[: draw(st.sampled_from([len(data), draw(st.integers(0, len(data)))]))])


def check(message):
    assert message.isprintable()
    assert message.startswith(("a", "labels"))
    assert message.endswith(".")
    assert len(message) < 300


@pytest.fixture(scope="module")
def try_to_load(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")

    def attempt(name, data):
        (folder / "a-idx").write_bytes(IDX)
        (folder / "labels").write_bytes(LABELS)
        (folder / name).write_bytes(data)
        opened = "a-idx" if name == "labels" else name
        tracemalloc.start()
        try:
            loaded = OwnData(str(folder / opened), str(folder / "labels"), held_out=0.0).load()
            assert loaded.classes >= 2
            assert len(loaded.train.x) == len(loaded.train.labels) > 0
            assert np.isfinite(loaded.train.inputs(np.float64)).all()
            return True
        except InputError as error:
            check(str(error))
            return False
        finally:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()  # first, or one failure would be counted against every later test
            assert peak < 2_000_000

    return attempt


@pytest.mark.parametrize("name", VALID)
def test_the_valid_files_load(try_to_load, name):
    assert all(try_to_load(name, data) for data in VALID[name])


@pytest.mark.parametrize("name", VALID)
@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300))
def test_random_bytes(try_to_load, name, data):
    try_to_load(name, data)


@pytest.mark.parametrize("name", VALID)
def test_every_truncation(try_to_load, name):
    for valid in VALID[name]:
        for size in range(0, len(valid), max(1, len(valid) // 150)):
            assert not try_to_load(name, valid[:size]) or name == "a.csv"


@pytest.mark.parametrize("name", VALID)
@settings(max_examples=400, deadline=None)
@given(choice=st.data())
def test_damaged_files(try_to_load, name, choice):
    try_to_load(name, choice.draw(damaged(VALID[name])))


NUMBERS = st.text("0123456789.eE+-_naif \t;,\"'\r\n\u0664\u2028x", max_size=60)


@settings(max_examples=300, deadline=None)
@given(text=NUMBERS)
@example(text="\U000b9082")  # once made the reader reserve 8 MB
def test_almost_csv(try_to_load, text):
    try_to_load("a.csv", ("1,0\n2,1\n" + text).encode())


@settings(max_examples=300, deadline=None)
@given(header=st.text("{}'descrfotanhpu_:,() <>|=O1248bLTFalse\\\n", max_size=80), data=st.binary())
def test_any_header_in_an_archive(try_to_load, header, data):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        text = header.encode()
        file.writestr("x.npy", b"\x93NUMPY\1\0" + struct.pack("<H", len(text)) + text + data)
    assert not try_to_load("a.npz", stream.getvalue())
