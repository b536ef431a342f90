"""A session with its thread, what is asked of it, and the runs that it is to give."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.architecture import GivenParameter, dense
from engine.datasets import DATA_SOURCES
from engine.edits import insert_layer
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer, start
from gui.bridge.session import TrainingSession

CIRCLES = Experiment(
    dense(2, 8, 8, 2), TrainingSpec(data=DATA_SOURCES["circles"](examples=200), epochs=100_000)
)
DEEPER = insert_layer(CIRCLES, 0)

Load = Callable[..., Snapshot]
Train = Callable[[int], Snapshot]
Look = Callable[[int | None], Snapshot]
Branch = Callable[[int], Snapshot]


def giving(*parameters: GivenParameter) -> Experiment:
    return replace(CIRCLES, architecture=replace(CIRCLES.architecture, given=parameters))


def plain(steps: int, experiment: Experiment = CIRCLES) -> Trainer:
    trainer = start(experiment)
    trainer.run(lambda stepping: not stepping or trainer.step_count < steps)
    return trainer


def assert_same(one: Snapshot, two: Snapshot) -> None:
    assert one.step == two.step
    np.testing.assert_array_equal(one.history, two.history)
    np.testing.assert_array_equal(one.evaluations, two.evaluations)
    for arrays in zip(
        (*one.weights.W, *one.weights.b), (*two.weights.W, *two.weights.b), strict=True
    ):
        np.testing.assert_array_equal(*arrays)


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[TrainingSession]:
    session = TrainingSession()
    yield session
    session.close()


@pytest.fixture
def load(session: TrainingSession, qtbot: QtBot) -> Load:
    def loaded(experiment: Experiment, version: int | None, anew: bool = False) -> Snapshot:
        with qtbot.waitSignal(session.snapshot_ready) as ready:
            session.load(experiment, version=version, anew=anew)
        return ready.args[0]

    return loaded


@pytest.fixture
def train(session: TrainingSession, qtbot: QtBot) -> Train:
    def trained(steps: int) -> Snapshot:
        goal = session.newest.step + steps
        for _ in range(steps):
            session.step_once()
        qtbot.waitUntil(lambda: session.snapshot.step == goal and not session._waiting)
        return session.snapshot

    return trained


@pytest.fixture
def look(session: TrainingSession, qtbot: QtBot) -> Look:
    def looked(step: int | None) -> Snapshot:
        def is_it(snapshot: Snapshot) -> bool:  # what was on its way may come first
            return step is None or snapshot.step <= step

        with qtbot.waitSignal(session.snapshot_ready, check_params_cb=is_it) as ready:
            session.look_back(step)
        return ready.args[0]

    return looked


@pytest.fixture
def branch(session: TrainingSession, qtbot: QtBot) -> Branch:
    def branched(version: int) -> Snapshot:
        with qtbot.waitSignal(session.snapshot_ready) as ready:
            session.branch(version)
        return ready.args[0]

    return branched


@pytest.fixture
def seen(session: TrainingSession) -> list[Snapshot]:
    snapshots: list[Snapshot] = []
    session.snapshot_ready.connect(snapshots.append)
    return snapshots
