"""Earlier moments of a run, in bounded memory: what it needs to go on from each, bit for bit."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.architecture import ArchitectureSpec
from engine.arrays import Ints, Numbers, read_only
from engine.batches import Place
from engine.recorder import RecorderMark
from engine.spec import TrainingSpec

BUDGET = 256 * 2**20  # bytes
MOST = 512  # keyframes
FEW = 128  # as long as they stand so close together that training feels them


@dataclass(frozen=True, slots=True, eq=False)
class Keyframe:
    """A run before its update number ``step``, with the evaluation of that moment done.

    ``vectors`` are copies: the parameters, the gradient that is shown, the newest move and the
    optimizer's state. ``decay`` is the share that the newest step took off the weights.
    """

    step: int
    architecture: ArchitectureSpec
    training: TrainingSpec
    vectors: tuple[Numbers, ...]
    decay: float
    place: Place
    record: RecorderMark

    @property
    def parts(self) -> tuple[Numbers, ...]:
        """Its arrays; those of the record are shared by many keyframes and with the run."""
        return (*self.vectors, *self.record.parts)


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """The moments that one can return to: ``steps`` (read-only), and ``newest``, where it stands.

    Those before ``newest`` take ``nbytes`` of ``budget`` bytes.
    """

    steps: Ints
    newest: int
    nbytes: int
    budget: int


class Keyframes:
    """In the order of time; when they are too many or too large, every second one goes.

    They stand at multiples of ``stride``, which doubles then; the first and the newest stay. What
    they share is counted once.
    """

    def __init__(self, budget: int = BUDGET) -> None:
        self.stride = 1
        self.nbytes = 0
        self._budget = budget
        self._frames: list[Keyframe] = []
        self._sizes: dict[int, int] = {}  # of every array, by its identity
        self._steps: Ints | None = None

    def __len__(self) -> int:
        return len(self._frames)

    def __iter__(self) -> Iterator[Keyframe]:
        return iter(self._frames)

    @property
    def budget(self) -> int:
        return self._budget

    @budget.setter
    def budget(self, budget: int) -> None:
        self._budget = budget
        self._fit()
        if self._overflows():
            self._set(())

    @property
    def steps(self) -> Ints:
        """Of all keyframes; the same array until there are others."""
        if self._steps is None:
            self._steps = read_only(np.array([frame.step for frame in self._frames], np.int64))
        return self._steps

    @property
    def sizes(self) -> dict[int, int]:
        """The bytes of every array that they hold, by its identity."""
        return self._sizes.copy()

    def at(self, step: int) -> Keyframe:
        """The nearest at or before this step; ``LookupError`` where there is none."""
        index = bisect_right(self._frames, step, key=lambda frame: frame.step)
        if index == 0:
            raise LookupError(f"no keyframe at step {step} or before")
        return self._frames[index - 1]

    def until(self, step: int) -> "Keyframes":
        """Those before this step, for a run that goes on from there by itself."""
        twin = Keyframes(self._budget)
        twin.stride = self.stride
        twin._set(frame for frame in self._frames if frame.step < step)
        return twin

    def wants(self, step: int) -> bool:
        return step % self.stride == 0

    def make_room(self, step: int, parts: Sequence[Numbers], cheap: int = 1) -> bool:
        """Whether a keyframe of these arrays is kept, once others have gone to make room for it.

        Below the stride ``cheap``, training would feel the copies, were there more than a few.
        """
        if len(self._frames) >= (FEW if self.stride < cheap else MOST):
            self.thin()
        self._fit(parts)
        if self._overflows(parts):
            self.stride *= 2
            return False
        return self.wants(step)

    def keep(self, frame: Keyframe) -> None:
        """The newest; it takes the place of one of the same step."""
        if self._frames and self._frames[-1].step >= frame.step:
            self._set(self.until(frame.step))
        if len(self._frames) > 1 and not self.wants(self._frames[-1].step):
            self._set(self._frames[:-1])  # stayed as the newest only
        self._frames.append(frame)
        self._count(frame)
        self._steps = None

    def thin(self) -> None:
        """Let every second one go: those that are not at a multiple of the doubled stride."""
        self.stride *= 2
        ends = (self._frames[0], self._frames[-1]) if self._frames else ()
        self._set(f for f in self._frames if f.step % self.stride == 0 or f in ends)

    def _fit(self, parts: Sequence[Numbers] = ()) -> None:
        """Thin until these arrays have room too; the first stays."""
        while self._overflows(parts) and len(self._frames) > 1:
            if len(self._frames) > 2:
                self.thin()
            else:
                self._set(self._frames[:1])

    def _overflows(self, parts: Sequence[Numbers] = ()) -> bool:
        more = sum(part.nbytes for part in parts if id(part) not in self._sizes)
        return self.nbytes + more > self._budget

    def _set(self, frames: Iterable[Keyframe]) -> None:
        self._frames = list(frames)
        self._sizes, self.nbytes, self._steps = {}, 0, None
        for frame in self._frames:
            self._count(frame)

    def _count(self, frame: Keyframe) -> None:
        sizes = self._sizes
        for part in frame.parts:
            if id(part) not in sizes:
                sizes[id(part)] = part.nbytes
                self.nbytes += part.nbytes
