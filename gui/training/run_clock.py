"""How fast a run goes and how long it will take; time in which it is paused does not count."""

from collections import deque

WINDOW = 2.0  # seconds that the speed is averaged over,
FEWEST = 10  # or so many steps, if they take longer


class RunClock:
    """Fed with the time and the step of every snapshot; knows no clock of its own."""

    def __init__(self) -> None:
        self._points: deque[tuple[float, int]] = deque()  # (seconds, steps) that it ran
        self._last: tuple[float, int] | None = None
        self._steps_left = 0

    def feed(self, seconds: float, step: int, last_step: int) -> None:
        """The run was at ``step`` of ``last_step`` at ``seconds``; a step back begins anew."""
        if self._last is not None and step < self._last[1]:
            self.forget()
        ran, steps = self._points[-1] if self._points else (0.0, 0)
        if self._last is not None:
            ran, steps = ran + seconds - self._last[0], steps + step - self._last[1]
        self._last = seconds, step
        self._steps_left = last_step - step
        self._points.append((ran, steps))
        while len(self._points) > 2 and self._is_enough(*self._points[1]):
            self._points.popleft()

    def pause(self) -> None:
        """What passes until the next ``feed`` is not running time."""
        self._last = None

    def forget(self) -> None:
        """Measure from the next ``feed`` on: another run, another pace."""
        self._points.clear()
        self._last = None

    @property
    def steps_per_second(self) -> float | None:
        """None until it has been measured."""
        if not self._points:
            return None
        (start, first), (end, last) = self._points[0], self._points[-1]
        return (last - first) / (end - start) if last > first and end > start else None

    @property
    def seconds_left(self) -> float | None:
        speed = self.steps_per_second
        return None if speed is None else self._steps_left / speed

    def _is_enough(self, ran: float, steps: int) -> bool:
        """Whether what came after this point is enough to measure by."""
        end, last = self._points[-1]
        return end - ran >= WINDOW and last - steps >= FEWEST


UNITS = ((86_400, "d", 3_600, "h"), (3_600, "h", 60, "min"), (60, "min", 10, "s"))


def duration_text(seconds: float) -> str:
    """No more exact than it can be known: '4 s', '1 min 20 s', '2 h 5 min', '3 d 4 h'."""
    whole = max(0, round(seconds))
    for size, name, step, lower in UNITS:
        if whole >= size:
            rest = whole % size // step * (step if lower == "s" else 1)
            return f"{whole // size:,} {name}" + (f" {rest} {lower}" if rest else "")
    return f"{whole} s"
