"""IDX: the format of the MNIST files, one array in a file, plain or packed with gzip."""

import gzip
import struct
import zlib
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.datasets.readers.source_file import Readable, opened, read_up_to
from engine.datasets.readers.table import Table, check_shape, make_table
from engine.faults import fault

# The third byte of the file tells the type of the values; all are big-endian.
TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
MAX_DIMENSIONS = 3


def read_idx_pair(x_path: Path, y_path: Path) -> Table:
    """Read images or features from one file and their labels from another."""
    return make_table(x_path, read_idx(x_path), y_path, read_idx(y_path))


def read_idx(path: Path) -> NDArray[Any]:
    """The one array in the file, in the machine's byte order. Raises ``InputError``."""
    with opened(path) as file:
        try:
            return _array(path, _unpacked(file))
        except (EOFError, zlib.error) as error:
            raise fault(path, "the file is packed with gzip, and damaged or cut off") from error


def _unpacked(file: BinaryIO) -> Readable:
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return gzip.GzipFile(fileobj=file) if packed else file


def _array(path: Path, stream: Readable) -> NDArray[Any]:
    start = bytes(read_up_to(stream, 4))
    if len(start) < 4 or start[:2] != b"\0\0" or start[2] not in TYPES:
        raise fault(path, "the file does not begin as an IDX file does")
    if not 1 <= start[3] <= MAX_DIMENSIONS:
        raise fault(path, f"the array has {start[3]} dimensions; expected 1 to {MAX_DIMENSIONS}")
    sides = bytes(read_up_to(stream, 4 * start[3]))
    if len(sides) < 4 * start[3]:
        raise fault(path, "the file is cut off inside its header")
    shape = struct.unpack(f">{start[3]}I", sides)
    return _values(path, stream, np.dtype(TYPES[start[2]]), shape)


def _values(
    path: Path, stream: Readable, dtype: np.dtype[Any], shape: tuple[int, ...]
) -> NDArray[Any]:
    promised = check_shape(path, "the array", shape) * dtype.itemsize
    data = read_up_to(stream, promised + 1)
    if len(data) != promised:
        held = f"only {len(data):,}" if len(data) < promised else "more than that"
        raise fault(path, f"the header declares {promised:,} bytes of values, the file has {held}")
    values = np.frombuffer(data, dtype).reshape(shape)
    return values.astype(dtype.newbyteorder("="), copy=False)
