"""What the skip connections of a network add to its two passes."""

from collections.abc import Sequence

import numpy as np

from engine.architecture import ArchitectureSpec
from engine.arrays import Numbers
from engine.parameters import Parameters

End = tuple[int, Numbers | None]  # the layer at the other end, and the matrix on the way


class Skips:
    """The connections by the layers where they end and where they begin; layers from 0.

    Arrays of the passes have one column per example, or are their means over the examples.
    """

    def __init__(self, architecture: ArchitectureSpec, parameters: Parameters) -> None:
        self._ends = [(s - 1, t - 1) for s, t in architecture.skip_columns]  # -1 is the input
        self._into: list[list[End]] = [[] for _ in architecture.layers]
        self._out_of: list[list[End]] = [[] for _ in architecture.layers]
        for (source, target), P in zip(self._ends, parameters.projections, strict=True):
            self._into[target].append((source, P))
            if source >= 0:
                self._out_of[source].append((target, None if P is None else P.T))

    def arrive(self, l: int, x: Numbers, a: Sequence[Numbers], z: Numbers) -> None:
        """Add to ``z`` of layer l what the sources send it: a, or P a."""
        for source, P in self._into[l]:
            _add(P, x if source < 0 else a[source], z)

    def pull(self, l: int, delta: Sequence[Numbers], out: Numbers) -> None:
        """Add to ``out`` what comes back to layer l from its targets: δ, or Pᵀδ."""
        for target, P_T in self._out_of[l]:
            _add(P_T, delta[target], out)

    def gradient(
        self,
        x: Numbers,
        a: Sequence[Numbers],
        delta: Sequence[Numbers],
        out: Sequence[Numbers | None],
    ) -> None:
        """∂C/∂P = δ aᵀ, of the target's δ and the source's a."""
        for (source, target), dC_dP in zip(self._ends, out, strict=True):
            if dC_dP is not None:
                np.dot(delta[target], (x if source < 0 else a[source]).T, dC_dP)


def _add(matrix: Numbers | None, sent: Numbers, out: Numbers) -> None:
    np.add(out, sent if matrix is None else np.dot(matrix, sent), out)
