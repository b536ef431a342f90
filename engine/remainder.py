"""What remains of skip connections and given parameters when the layers of a network change."""

from collections.abc import Collection

from engine.architecture import BIAS, ArchitectureSpec, GivenParameter, SkipSpec


def remaining_skips(before: ArchitectureSpec, after: ArchitectureSpec) -> tuple[SkipSpec, ...]:
    """Those whose ends are still there, and still pass at least one layer."""
    at = after.columns
    return tuple(
        skip for skip in before.skips
        if skip.source in at and at.get(skip.target, 0) > at[skip.source] + 1
    )  # fmt: skip


def remaining_given(
    before: ArchitectureSpec, after: ArchitectureSpec, stayed: Collection[str]
) -> tuple[GivenParameter, ...]:
    """Those whose neurons are still there, a weight's on both of its ends.

    ``stayed`` are the ids in ``after`` that name what they named ``before``.
    """
    sizes, columns = after.sizes, after.columns
    sources, old_sources = _sources(after), _sources(before)

    def remains(given: GivenParameter) -> bool:
        if given.layer not in stayed or given.neuron >= sizes[columns[given.layer]]:
            return False
        source = sources[given.layer]
        same = source == old_sources[given.layer] and source in stayed
        return given.source == BIAS or (same and given.source < sizes[columns[source]])

    return tuple(filter(remains, before.given))


def _sources(architecture: ArchitectureSpec) -> dict[str, str]:
    """Of every layer's id the id of what stands before it."""
    names = list(architecture.columns)
    return dict(zip(names[1:], names, strict=False))
