"""Progress on one line of a terminal, and silence where the stream is none."""

import shutil
from collections.abc import Callable
from time import monotonic
from typing import TextIO

WIDTH = 24
PAUSE = 0.1  # seconds between two pictures


class ProgressBar:
    """Use as a context: the line is gone when it ends."""

    def __init__(
        self, stream: TextIO, quiet: bool = False, clock: Callable[[], float] = monotonic
    ) -> None:
        self._stream = stream
        self._shows = not quiet and stream.isatty()
        self._clock = clock
        self._next = clock()

    def __enter__(self) -> "ProgressBar":
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    @property
    def due(self) -> bool:
        """Whether it is time for the next picture: ask before its text is made."""
        return self._shows and self._clock() >= self._next

    def show(self, share: float, text: str) -> None:
        """``share`` of the work, 0 to 1, and what to say beside it."""
        if not self._shows:
            return
        done = round(WIDTH * min(1.0, max(0.0, share)))
        line = f"[{'#' * done}{'.' * (WIDTH - done)}] {100 * share:3.0f} %  {text}"
        self._write(line[: shutil.get_terminal_size().columns - 1])
        self._next = self._clock() + PAUSE

    def clear(self) -> None:
        if self._shows:
            self._write("")

    def _write(self, line: str) -> None:
        self._stream.write(f"\r\x1b[K{line}")
        self._stream.flush()
