"""What the hands do at one go: its changes share a key, so that one undo takes them back."""

from time import monotonic

PAUSE = 1.0  # seconds; after that, an arrow key begins another run


class Gesture:
    """``key`` is that of the gesture that goes on."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> object:
        """Another one: a drag, a typed number."""
        self.key: object = object()
        self._stepped = -PAUSE
        return self.key

    def step(self) -> object:
        """One of a run of steps: the same key as the last, if that was not long ago."""
        now = monotonic()
        if now - self._stepped >= PAUSE:
            self.begin()
        self._stepped = now
        return self.key
