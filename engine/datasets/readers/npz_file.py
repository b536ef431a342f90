"""NPZ: NumPy's zip archive, with the arrays `x` and `y`, read without ever unpickling."""

import math
import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import numpy as np
from numpy.typing import NDArray

from engine.datasets.readers.source_file import Readable, opened, read_up_to
from engine.datasets.readers.table import Table, check_shape, make_table
from engine.faults import InputError, fault

MAX_HEADER = 10_000  # bytes; NumPy's own limit
DTYPE = re.compile(r"[<>|=]?(b1|[iu][1248]|f[248])")
DESCR = re.compile(r"'descr':\s*(.+?),\s*'")
ORDER = re.compile(r"'fortran_order':\s*(True|False)")
SHAPE = re.compile(r"'shape':\s*\(([\dL, ]*)\)")

# What the zip and zlib modules raise on damaged archives, besides BadZipFile.
DAMAGE = (BadZipFile, zlib.error, EOFError, ValueError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Header:
    """What a .npy file says about itself; ``size`` is the number of bytes before the values."""

    dtype: np.dtype[Any]
    fortran: bool
    shape: tuple[int, ...]
    size: int


def read_npz(path: Path) -> Table:
    """Read ``x`` (n, features) or (n, height, width), and ``y`` (n,). Raises ``InputError``."""
    with opened(path) as file:
        try:
            with ZipFile(file) as archive:
                x, y = read_array(path, archive, "x"), read_array(path, archive, "y")
        except InputError:
            raise
        except DAMAGE as error:
            raise fault(path, "the file is not an NPZ archive, or it is damaged") from error
    return make_table(path, x, path, y)


def read_array(path: Path, archive: ZipFile, name: str) -> NDArray[Any]:
    """One array of an archive; ``InputError``, or one of ``DAMAGE``, where it is none."""
    what = f"the array '{name}'"
    if f"{name}.npy" not in archive.namelist():
        raise fault(path, f"{what} is missing")
    info = archive.getinfo(f"{name}.npy")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or info.flag_bits & 1:
        raise fault(path, f"{what} is encrypted or compressed in a way that NumPy does not use")
    with archive.open(info) as member:
        header = _header(path, what, member)
        data = read_up_to(member, _promised_bytes(path, what, header, info))
    return _values(path, what, header, data)


def _header(path: Path, what: str, member: Readable) -> Header:
    """Parsed by pattern: NumPy's own parser evaluates the text and can warn about it."""
    start = bytes(read_up_to(member, 12))
    if start[:6] != b"\x93NUMPY" or len(start) < 12 or start[6] not in (1, 2, 3):
        raise fault(path, f"{what} is not in NumPy's format")
    wide = start[6] > 1
    length = struct.unpack("<I" if wide else "<H", start[8 : 12 if wide else 10])[0]
    if length > MAX_HEADER:
        raise fault(path, f"{what} has a header of {length:,} bytes; the limit is {MAX_HEADER:,}")
    text = start[12 if wide else 10 :] + read_up_to(member, length - (0 if wide else 2))
    return _parsed(path, what, text.decode("latin-1"), size=length + (12 if wide else 10))


def _parsed(path: Path, what: str, text: str, size: int) -> Header:
    descr, order, shape = DESCR.search(text), ORDER.search(text), SHAPE.search(text)
    if not (descr and order and shape):
        raise fault(path, f"{what} has a header that cannot be read")
    kind = descr[1].strip("'")
    if not DTYPE.fullmatch(kind):
        raise fault(path, f"{what} has the type {kind[:40]}; only real numbers are read")
    sides = tuple(int(side) for side in re.findall(r"\d+", shape[1]))
    return Header(np.dtype(kind), order[1] == "True", sides, size)


def _promised_bytes(path: Path, what: str, header: Header, info: ZipInfo) -> int:
    promised = check_shape(path, what, header.shape) * header.dtype.itemsize
    held = info.file_size - header.size
    if promised != held:
        raise fault(path, f"{what} declares {promised:,} bytes of values, and {held:,} are there")
    return promised


def _values(path: Path, what: str, header: Header, data: bytearray) -> NDArray[Any]:
    if len(data) != math.prod(header.shape) * header.dtype.itemsize:
        raise fault(path, f"{what} is cut off")
    values = np.frombuffer(data, header.dtype)
    native = np.dtype(np.int8) if header.dtype.kind == "b" else header.dtype.newbyteorder("=")
    array = values.astype(native, copy=False)
    return array.reshape(header.shape, order="F" if header.fortran else "C")
