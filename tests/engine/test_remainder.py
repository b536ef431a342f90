"""What remains of skips and given parameters; edits and typed architectures share the rule."""

from dataclasses import replace

from engine.architecture import BIAS, INPUT, GivenParameter, SkipSpec, dense
from engine.remainder import remaining_given, remaining_skips

BEFORE = replace(
    dense(4, 5, 6, 3),
    given=(
        GivenParameter("h1", 4, 3, 1.0), GivenParameter("h2", 5, 4, 2.0),
        GivenParameter("h2", 5, BIAS, 3.0), GivenParameter("output", 2, 5, 4.0),
    ),
    skips=(SkipSpec(INPUT, "h2"), SkipSpec("h1", "output")),
)  # fmt: skip


def remaining(after, stayed=None):
    names = after.columns if stayed is None else stayed
    return [given.value for given in remaining_given(BEFORE, after, names)]


def test_all_remains_of_what_is_the_same() -> None:
    assert remaining(BEFORE) == [1.0, 2.0, 3.0, 4.0]
    assert remaining_skips(BEFORE, BEFORE) == BEFORE.skips


def test_a_weight_needs_both_of_its_ends() -> None:
    assert remaining(dense(4, 4, 6, 3)) == [3.0, 4.0]
    assert remaining(dense(4, 5, 5, 3)) == [1.0]


def test_a_layer_that_took_the_id_of_another_is_another() -> None:
    assert remaining(BEFORE, {INPUT, "h2", "output"}) == [3.0, 4.0]
    assert remaining(BEFORE, {INPUT, "h1", "output"}) == [1.0]


def test_a_skip_needs_a_layer_to_pass() -> None:
    shorter = replace(dense(4, 6, 3), layers=dense(4, 5, 6, 3).layers[1:])
    assert remaining_skips(BEFORE, shorter) == ()
    assert remaining(shorter) == [3.0, 4.0]
