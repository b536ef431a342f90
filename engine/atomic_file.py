"""Writing a file so that it is whole or not there: a reader, or a crash, never sees half of it."""

import os
import secrets
import stat
from collections.abc import Generator, Iterable
from contextlib import suppress
from pathlib import Path

from engine.faults import fault

NEW_FILE = 0o666  # less what the user's mask takes
BINARY = getattr(os, "O_BINARY", 0)  # Windows would write two characters for a line's end
# Linux makes files that have no name until they are linked to one, by way of /proc.
NAMELESS = getattr(os, "O_TMPFILE", 0) if os.path.isdir("/proc/self/fd") else 0


def write_bytes(path: Path, data: bytes, durable: bool = True) -> None:
    """Replace ``path`` in one go, links and permissions kept; ``InputError`` if that cannot be.

    The bytes go into a draft in the same folder, which takes the place of the old file when it is
    complete. ``durable`` waits until they are on the disk, so that a power cut does no harm either.
    """
    for _ in writing(path, (data,), durable):
        pass


def writing(path: Path, pieces: Iterable[bytes], durable: bool = True) -> Generator[None]:
    """The same in turns, one a piece; closed before its last, it leaves all as it was."""
    try:
        target = path.resolve()  # a link stays one
        mode = _replaceable(target)
        draft = target.with_name(f".nablascope-{secrets.token_hex(8)}.part")
        try:
            yield from _write_draft(draft, pieces, mode, durable)
            os.replace(draft, target)
        finally:
            with suppress(OSError):
                draft.unlink()
        if durable:
            _flush_folder(target.parent)
    except (OSError, RuntimeError, ValueError) as error:  # a ring of links; a NUL in the name
        reason = getattr(error, "strerror", None) or error
        raise fault(path, f"the file cannot be written ({reason})") from error


def _replaceable(target: Path) -> int | None:
    """The permissions of the file that is there; ``os.replace`` alone would ask nobody."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(None, "a folder has this name")
    if not stat.S_ISREG(mode):
        raise OSError(None, "this is a device or a pipe, not a file")
    if not os.access(target, os.W_OK):
        raise PermissionError(None, "the file is write-protected")
    return stat.S_IMODE(mode)


def _write_draft(
    draft: Path, pieces: Iterable[bytes], mode: int | None, durable: bool
) -> Generator[None]:
    descriptor, has_name = _open_draft(draft)
    with open(descriptor, "wb") as file:
        for piece in pieces:
            file.write(piece)
            yield
        file.flush()
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(descriptor, mode)
        if durable:
            os.fsync(descriptor)
        if not has_name:  # with a folder given, Python follows the link that is in /proc
            os.link(f"/proc/self/fd/{descriptor}", draft, src_dir_fd=descriptor)


def _open_draft(draft: Path) -> tuple[int, bool]:
    """A file to write to, and whether it has its name: without, a crash leaves nothing behind."""
    if NAMELESS:
        with suppress(OSError):  # not every file system can
            return os.open(draft.parent, os.O_WRONLY | NAMELESS, NEW_FILE), False
    return os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, NEW_FILE), True


def _flush_folder(folder: Path) -> None:
    """The new name reaches the disk too; not every system lets a folder be opened for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
