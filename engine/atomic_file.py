"""Writing a file so that it is whole or not there: a reader, or a crash, never sees half of it."""

import os
from contextlib import suppress
from pathlib import Path

from engine.datasets.readers.source_file import fault


def write_bytes(path: Path, data: bytes) -> None:
    """Replace ``path`` in one go; ``InputError`` where the system refuses, the old file kept."""
    try:
        target = path.resolve()  # a link stays one
        draft = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            draft.write_bytes(data)
            os.replace(draft, target)
        finally:
            with suppress(OSError):
                draft.unlink()
    except (OSError, RuntimeError, ValueError) as error:  # a ring of links; a NUL in the name
        reason = getattr(error, "strerror", None) or error
        raise fault(path, f"the file cannot be written ({reason})") from error
