"""The runs of a document are saved in a file beside its own, and opened with it."""

from pathlib import Path

from engine import runs_file
from gui.runs.book import RunBook


class RunsBeside:
    """What an experiment's file is asked to write and read along."""

    def __init__(self, book: RunBook) -> None:
        self._book = book

    def open(self, path: Path | None) -> None:
        """The runs of the document at ``path``; raises ``InputError``, then there are none."""
        self._book.replace(())
        if path is not None and (runs := runs_file.read(runs_file.beside(path))):
            self._book.replace(runs)

    def save(self, path: Path) -> str:
        """What was saved along, in words; raises ``InputError`` where that cannot be."""
        where, runs = runs_file.beside(path), self._book.trained
        n = runs_file.write(where, runs)
        if not n:
            return ""
        newest = "newest " * (n < len(runs))
        return f"its {newest}{n} runs to {where.name}" if n > 1 else f"its run to {where.name}"
