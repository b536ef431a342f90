"""Opening a file of the user, with every fault told in one sentence that names the file."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from engine.faults import fault

MAX_FILE_BYTES = 200_000_000
CHUNK = 1 << 20


class Readable(Protocol):
    """What gives bytes: a file, a member of a zip archive, an unpacked gzip stream."""

    def read(self, n: int, /) -> bytes: ...


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file, open for reading bytes; whatever the system refuses becomes an ``InputError``."""
    try:
        _check_kind_and_size(path)
        with path.open("rb") as file:
            yield file
    except FileNotFoundError:
        raise fault(path, "there is no such file") from None
    except OSError as error:
        raise fault(path, f"the file cannot be read ({error.strerror or error})") from error


def _check_kind_and_size(path: Path) -> None:
    if "\0" in str(path):  # what no file system has, and what `stat` answers with a ValueError
        raise fault(path, "there is no such file")
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise fault(path, "this is a folder, not a file")
    if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
        raise fault(path, "this is a device or a pipe, not a file")
    if not status.st_size:
        raise fault(path, "the file is empty")
    if status.st_size > MAX_FILE_BYTES:
        raise fault(path, f"the file has {status.st_size:,} bytes; the limit is {MAX_FILE_BYTES:,}")


def read_up_to(stream: Readable, count: int) -> bytearray:
    """At most ``count`` bytes; memory grows with what is there, not with what was promised."""
    data = bytearray()
    while len(data) < count and (chunk := stream.read(min(CHUNK, count - len(data)))):
        data += chunk
    return data
