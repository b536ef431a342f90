"""A copy of a record goes on like the original, also in the middle of a block."""

import tracemalloc

import numpy as np
import pytest

from engine.history import History
from engine.measures import EVERY_STEP, MEASURES
from engine.recorder import COST, FIRST_MEASURE, Recorder
from engine.snapshot import evaluation_columns

LAYERS = 2


def recorder() -> Recorder:
    made = Recorder(LAYERS)
    columns = FIRST_MEASURE + len(MEASURES) * LAYERS
    made.history = History(columns, tracked=range(COST, FIRST_MEASURE + LAYERS), limit=64)
    return made


def go_on(recorder: Recorder, start: int, end: int, peaks: tuple[int, ...] = ()) -> None:
    """A made-up run; its norms are by far the greatest at the steps ``peaks``."""
    for step in range(start, end):
        rng = np.random.default_rng(step)
        norms = recorder.next_norms(step, step / 100)
        norms[...] = np.exp(3 * rng.standard_normal(EVERY_STEP * LAYERS))
        norms *= 1e6 * step if step in peaks else 1.0
        if recorder.wants(step):
            table = np.full((len(MEASURES), LAYERS), float(step))
            table[:EVERY_STEP] = norms.reshape(EVERY_STEP, LAYERS)
            recorder.record(float(rng.random()), table)
        if step % 50 == 0:
            scores = np.full(len(evaluation_columns(LAYERS)) - 2, float(step))
            recorder.record_evaluation(step, step / 100, scores, last=False)


@pytest.mark.parametrize("at", [0, 1, 40, 333, 500, 1022])
def test_a_copy_goes_on_like_the_original(at: int) -> None:
    original, plain, peaks = recorder(), recorder(), (at - 1, at + 401)
    go_on(original, 0, at, peaks)
    copy = original.copy()
    go_on(copy, at, at + 200, peaks)
    go_on(original, at, at + 300, (at, at + 299))  # something else
    go_on(copy, at + 200, at + 700, peaks)
    go_on(original, at + 300, at + 900)
    go_on(plain, 0, at + 700, peaks)
    for record in (copy, plain):
        record.close()
    np.testing.assert_array_equal(copy.history.view(), plain.history.view())
    np.testing.assert_array_equal(copy.evaluations.view(), plain.evaluations.view())


def test_evaluations_of_a_copy_are_thinned_alike() -> None:
    original, plain = recorder(), recorder()
    for record in (original, plain):
        record.evaluations = History(record.evaluations.view().shape[1], limit=64)
    go_on(original, 0, 50 * 101)
    copy = original.copy()
    go_on(copy, 50 * 101, 50 * 300)
    go_on(plain, 0, 50 * 300)
    np.testing.assert_array_equal(copy.evaluations.view(), plain.evaluations.view())


def test_what_a_mark_holds_is_counted() -> None:
    """Else keyframes take more memory than they say."""
    run = recorder()
    go_on(run, 0, 1000)
    run.history.stride = 2**20  # nothing is recorded: what waits for it fills a block
    go_on(run, 1001, 1200)
    tracemalloc.start()
    marks = [run.mark() for _ in range(50)]
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(marks[0].when) > 150
    own = sum(part.nbytes for mark in marks for part in (mark.when, mark.norms))
    assert own <= held < own + 50 * 1500
