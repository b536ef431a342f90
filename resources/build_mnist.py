"""Packs the four IDX files of MNIST into `mnist.npz`, after checking that they are MNIST."""

import hashlib
import io
import sys
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
from numpy.typing import NDArray

from engine.datasets.readers.idx_file import read_idx
from engine.faults import InputError, fault

# name in the archive, name of the file, its SHA-256
FILES = (
    ("x_train", "train-images-idx3-ubyte",
     "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    ("y_train", "train-labels-idx1-ubyte",
     "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    ("x_test", "t10k-images-idx3-ubyte",
     "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    ("y_test", "t10k-labels-idx1-ubyte",
     "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
)  # fmt: skip


def build(folder: Path) -> bytes:
    """The archive made from the IDX files in ``folder``; raises ``InputError`` if one differs."""
    return pack({name: _checked(folder / file, digest) for name, file, digest in FILES})


def pack(arrays: dict[str, NDArray[Any]]) -> bytes:
    """An NPZ archive without clock or platform in it: the same arrays give the same bytes."""
    archive = io.BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED, compresslevel=9) as file:
        for name, array in arrays.items():
            info = ZipInfo(f"{name}.npy")  # dated 1980-01-01
            info.compress_type, info.create_system = ZIP_DEFLATED, 3
            member = io.BytesIO()
            np.lib.format.write_array(member, array, version=(1, 0), allow_pickle=False)
            file.writestr(info, member.getvalue(), compresslevel=9)
    return archive.getvalue()


def _checked(path: Path, digest: str) -> NDArray[Any]:
    array = read_idx(path)
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise fault(path, "the SHA-256 sum is not that of MNIST")
    return array


def main(arguments: list[str]) -> str | None:
    """Write ``mnist.npz`` beside this script; the answer is the fault, if there is one."""
    if len(arguments) != 1:
        return "usage: python -m resources.build_mnist DIRECTORY_OF_IDX_FILES"
    try:
        Path(__file__).with_name("mnist.npz").write_bytes(build(Path(arguments[0])))
    except InputError as error:
        return str(error)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
