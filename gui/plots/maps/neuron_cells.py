"""Every neuron's error reduced to cells, and the cells laid out in columns of pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats, Ints
from gui.plots.parts.largest import largest

GAP_FROM = 6.0  # pixels of a cell: from there on, a line of paper parts it from the next


@dataclass(frozen=True, slots=True, eq=False)
class NeuronCells:
    """``starts`` (cells,) is the first neuron of a cell among all neurons; ``first`` (layers + 1,)
    the first cell of a layer. ``table`` (pixels, layers) is the cell under a pixel, −1: a gap.
    """

    sizes: tuple[int, ...]
    starts: Ints
    first: Ints
    table: Ints

    def largest(self, delta: Sequence[Floats]) -> Floats:
        """Of every cell the number that is largest in size, with its sign, (cells,)."""
        flat = np.concatenate(delta)
        return flat if len(self.starts) == len(flat) else largest(flat, self.starts)

    def cells(self, l: int) -> int:
        return int(self.first[l + 1] - self.first[l])

    def neurons(self, l: int, cell: int) -> tuple[int, int]:
        """The first and the last neuron, from 0, of a cell of layer l."""
        at = int(self.first[l]) + cell
        begin = int(sum(self.sizes[:l]))
        end = begin + self.sizes[l] if cell + 1 == self.cells(l) else int(self.starts[at + 1])
        return int(self.starts[at]) - begin, end - begin - 1


def lay_out(sizes: Sequence[int], pixels: int, most: int) -> NeuronCells:
    """Columns of ``pixels``; a layer of more than ``most`` neurons has so many cells."""
    counts = np.array([min(n, most) for n in sizes])
    first = np.concatenate(([0], np.cumsum(counts)))
    begins = np.concatenate(([0], np.cumsum(sizes)))[:-1]
    starts = [
        begin + (np.arange(count) * n) // count
        for begin, count, n in zip(begins.tolist(), counts.tolist(), sizes, strict=True)
    ]
    rows = np.arange(pixels)[:, None]
    cell = (rows * counts) // pixels
    table = first[:-1] + cell
    ends_here = ((rows + 1) * counts) // pixels > cell
    table[ends_here & (pixels / counts >= GAP_FROM) & (cell + 1 < counts)] = -1
    return NeuronCells(tuple(sizes), np.concatenate(starts), first, table)
