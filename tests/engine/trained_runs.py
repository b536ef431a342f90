"""Small runs that have really been trained."""

from functools import cache

from engine.architecture import dense
from engine.datasets import DATA_SOURCES
from engine.edits import change_training
from engine.runs import Run
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start

SPIRALS = DATA_SOURCES["spirals"](examples=40)
SMALL = Experiment(dense(2, 4, 3, 2), TrainingSpec(data=SPIRALS, epochs=100))


@cache
def trained(experiment: Experiment = SMALL, steps: int = 9, **fields: object) -> Run:
    """With what a trainer leaves behind; the same object for the same arguments."""
    trainer = start(experiment)
    for _ in range(steps):
        trainer.step()
    trainer.evaluate()
    snapshot = trainer.snapshot()
    described: dict[str, object] = {"id": 1, "name": "Run 1", "colour": 0} | fields
    return Run(
        experiment=experiment, history=snapshot.history, evaluations=snapshot.evaluations,
        step=snapshot.step, epoch=snapshot.epoch, diverged=snapshot.divergence is not None,
        **described,
    )  # fmt: skip


def with_eta(eta: float, **fields: object) -> Run:
    return trained(change_training(SMALL, eta=eta), **fields)
