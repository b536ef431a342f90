"""A copy of unsaved work in a file of its own, locked as long as its process lives."""

import json
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QStandardPaths

from engine.atomic_file import write_bytes
from engine.datasets.readers.source_file import opened, read_up_to
from engine.documents import kind_of, kind_of_text
from engine.faults import InputError, fault
from engine.toml_document import MOST_BYTES

ENDING, LOCK, DAMAGED = ".toml", ".lock", ".damaged"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was open, an experiment or a chain, what it was called, its file if any, and when."""

    value: Any
    name: str
    path: Path | None
    time: datetime

    @property
    def text(self) -> str:
        """A file that can be opened by hand; its first line tells the rest."""
        path = None if self.path is None else str(self.path)
        head = {"name": self.name, "path": path, "time": self.time.isoformat(timespec="seconds")}
        return f"# {json.dumps(head)}\n{kind_of(self.value).dumps(self.value)}"

    @classmethod
    def parse(cls, text: str, source: str) -> "Unsaved":
        """Raises ``InputError``, or another ``ValueError`` where the first line is wrong."""
        head = json.loads(text.partition("\n")[0].removeprefix("# "))
        if not isinstance(head, dict):
            raise ValueError("no table")
        name, path, time = (head.get(key) for key in ("name", "path", "time"))
        if not (isinstance(name, str) and isinstance(path, str | None) and isinstance(time, str)):
            raise ValueError("no texts")
        value = kind_of_text(text).loads(text, source)
        when = datetime.fromisoformat(time).astimezone()
        return cls(value, name, None if path is None else Path(path), when)


class KeptCopy:
    """One file and its lock: whoever holds the lock may write, offer and remove the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = QLockFile(str(path.with_suffix(LOCK)))
        self._lock.setStaleLockTime(0)  # old is not dead: only the end of its process frees it

    @classmethod
    def new(cls, folder: Path) -> "KeptCopy":
        """Under a name that no other process has; raises ``InputError``."""
        path = folder / f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}{ENDING}"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        copy = cls(path)
        if not copy.take():
            raise fault(folder, "no copy of unsaved work can be kept in this folder")
        return copy

    def take(self) -> bool:
        """True if no other living process has it."""
        return self._lock.tryLock(0)

    def release(self) -> None:
        self._lock.unlock()

    def write(self, unsaved: Unsaved) -> None:
        """Raises ``InputError``. It is for a crash, not for a power cut: no wait for the disk."""
        write_bytes(self.path, unsaved.text.encode(errors="replace"), durable=False)

    def read(self) -> Unsaved:
        """Raises ``InputError``."""
        with opened(self.path) as file:
            data = bytes(read_up_to(file, 2 * MOST_BYTES))
        try:
            return Unsaved.parse(data.decode(), self.path.name)
        except InputError:
            raise
        except (ValueError, OverflowError, OSError, RecursionError) as error:
            raise fault(self.path, "the first line is not that of a copy", 1) from error

    def remove(self) -> None:
        with suppress(OSError):
            self.path.unlink()
        self.release()

    def put_aside(self) -> None:
        """Keep the file, under a name that is not looked for."""
        with suppress(OSError):
            self.path.replace(self.path.with_suffix(DAMAGED))
        self.release()


def abandoned(folder: Path) -> Iterator[KeptCopy]:
    """What processes that ended have left, the oldest first; taken, so that it is ours now."""
    for name in sorted({path.stem for path in folder.glob("*") if path.suffix in (ENDING, LOCK)}):
        copy = KeptCopy(folder / f"{name}{ENDING}")
        if copy.take():
            if copy.path.exists():
                yield copy
            else:
                copy.release()  # its process ended before it wrote, or has just removed it


def usual_folder() -> Path:
    """Where the system keeps the data of a program for this user."""
    location = QStandardPaths.StandardLocation.AppDataLocation
    return Path(QStandardPaths.writableLocation(location) or Path.home() / ".nablascope", "unsaved")
