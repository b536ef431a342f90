from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from engine import book, reproduction
from engine.book import Accuracy, Speed
from engine.datasets.mnist import Mnist
from engine.experiments import bundled
from engine.layer_record import layer_record
from engine.spec import Experiment
from engine.trainer import start
from resources import build_book_speeds

EXPERIMENTS = dict(bundled())


def ignore(share: float, text: str) -> None:
    assert 0 <= share <= 1
    assert text


@pytest.mark.parametrize(
    ("low", "high", "holds"),
    [
        (0.04, 0.09, True), (0.074, 0.2, True), (0.01, 0.066, True),
        (0.076, 0.2, False), (0.01, 0.064, False),
    ],
)  # fmt: skip
def test_a_speed_holds_where_a_number_printed_so_lies_in_the_band(
    low: float, high: float, holds: bool
) -> None:
    assert Speed("0.07", low, 0.0, high).holds is holds
    assert Speed("0.070", 0.0701, 0.0, 0.08).holds
    assert not Speed("0.070", 0.0706, 0.0, 0.08).holds


@pytest.mark.parametrize(
    ("printed", "holds"),
    [(96.19, False), (96.21, True), (96.9, True), (97.19, True), (97.2, False)],
)
def test_an_accuracy_holds_within_the_widened_span(printed: float, holds: bool) -> None:
    found = Accuracy(printed, np.array([96.5, 96.6]), np.array([96.7, 96.89]))
    assert found.span == pytest.approx((96.2, 97.19))
    assert Accuracy(printed - 1e-9, found.last, found.best).holds is holds


def test_every_layer_slower_than_the_next() -> None:
    assert book.rises(np.array([0.1, 0.2, 0.3]))
    assert not book.rises(np.array([0.1, 0.3, 0.2]))
    assert not book.rises(np.array([0.1, np.nan, 0.2]))


def test_the_speed_at_the_start_is_that_of_a_run() -> None:
    experiment = EXPERIMENTS["fullbatch-3-hidden.toml"]
    training = replace(experiment.training, seed=7)
    trainer = start(replace(experiment, training=training))
    trainer.evaluate()
    speeds = book.speeds_at_start(experiment, range(6, 8))
    assert speeds.shape == (2, 3)
    np.testing.assert_array_equal(
        speeds[1], layer_record(trainer.snapshot(), 0, on_probe=True).values[0, :3]
    )


def test_speeds_during_a_descent_are_those_of_its_history() -> None:
    experiment = EXPERIMENTS["fullbatch-2-hidden.toml"]
    experiment = replace(experiment, training=replace(experiment.training, epochs=12))
    trainer = start(experiment)
    trainer.finish()
    history = trainer.snapshot().measure(0)
    speeds = book.speeds_during(experiment)
    assert list(speeds) == [0, 1, 10, 12]
    for epoch in (0, 1, 10):
        np.testing.assert_allclose(speeds[epoch], history[epoch, :2], rtol=1e-5)
    probed = layer_record(trainer.snapshot(), 0, on_probe=True).values
    np.testing.assert_array_equal(speeds[12], probed[-1, :2])


def test_an_accuracy_for_every_epoch() -> None:
    experiment = EXPERIMENTS["accuracy-1-hidden.toml"]
    training = replace(experiment.training, data=Mnist(1000), epochs=2)
    experiment = replace(experiment, training=training)
    shares: list[float] = []
    curve = book.accuracy_curve(experiment, 3, lambda share, text: shares.append(share))
    trainer = start(replace(experiment, training=replace(training, seed=3)))
    trainer.finish()
    assert curve.tolist() == trainer.snapshot().score("accuracy_validation")[1:].tolist()
    assert len(curve) == 2
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_the_quick_reproduction_holds() -> None:
    first, second = reproduction.sections(True, ignore)
    assert len(first.holds) == 9
    assert len(second.holds) == 6
    assert all(first.holds + second.holds)
    assert all(len(line) <= 100 for s in (first, second) for line in str(s).splitlines())


def test_the_accuracies_are_read_off_the_curves(monkeypatch: pytest.MonkeyPatch) -> None:
    shares: list[float] = []

    def curve(experiment: object, seed: int, report: book.Report) -> object:
        report(1.0, "epoch")
        return np.array([0.95, 0.97, 0.96]) - seed / 1000

    monkeypatch.setattr(reproduction, "accuracy_curve", curve)
    section = reproduction.accuracies(lambda share, text: shares.append(share))
    assert "784-30-10            96.48   95.90 95.80 95.70   96.90 96.80 96.70" in str(section)
    assert "95.40 - 97.20   holds" in str(section)
    assert section.holds == [True] * 4
    assert shares == pytest.approx(np.arange(1, 13) / 12)
    assert all(len(line) <= 100 for line in str(section).splitlines())


def test_what_differs_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "speeds_at_start", lambda e, seeds: np.ones((9, 4)))
    monkeypatch.setattr(reproduction, "SPEEDS", {"fullbatch-4-hidden.toml": ("0.003",) * 4})
    section = reproduction.initial_speeds(ignore)
    assert section.holds == [False] * 4
    assert str(section).count("DIFFERS") == 4


# -- the book's settings, recognised -----------------------------------------------------------


@pytest.mark.parametrize("file", book.SPEEDS)
def test_the_books_settings_are_known_by_their_values(file: str) -> None:
    experiment = EXPERIMENTS[file]
    speeds = book.published(experiment)
    assert tuple(speed.printed for speed in speeds) == book.SPEEDS[file]
    named = replace(experiment, name="mine", notes="", playback=0.0)
    seeded = replace(named, training=replace(experiment.training, seed=77, epochs=3))
    assert book.published(seeded) == speeds
    layers = tuple(replace(l, id=f"x{k}") for k, l in enumerate(experiment.architecture.layers))
    other_ids = replace(experiment.architecture, layers=layers)
    assert book.published(replace(experiment, architecture=other_ids)) == speeds


@pytest.mark.parametrize(
    "change",
    [
        {"eta": 0.2}, {"lmbda": 0.0}, {"batch": 10}, {"cost": "quadratic"}, {"probe": 500},
        {"data": Mnist(2000)}, {"precision": "float64"},
    ],
)  # fmt: skip
def test_other_settings_are_not_the_books(change: dict[str, object]) -> None:
    experiment = EXPERIMENTS["fullbatch-3-hidden.toml"]
    other = replace(experiment, training=replace(experiment.training, **change))
    assert book.published(other) == ()


def test_other_layers_are_not_the_books() -> None:
    experiment = EXPERIMENTS["fullbatch-3-hidden.toml"]
    first, *rest = experiment.architecture.layers
    for change in ({"neurons": 31}, {"activation": "tanh"}, {"gain": 2.0}, {"frozen": True}):
        layers = (replace(first, **change), *rest)
        architecture = replace(experiment.architecture, layers=layers)
        assert book.published(replace(experiment, architecture=architecture)) == ()
    for file in ("accuracy-3-hidden.toml", "relu-he.toml"):
        assert book.published(EXPERIMENTS[file]) == ()


@pytest.mark.parametrize("file", book.SPEEDS)
def test_the_stored_bands_are_those_of_the_seeds(file: str) -> None:
    speeds = book.measured_speeds()[file]
    bands = np.array([(s.low, s.median, s.high) for s in speeds])
    assert (np.diff(bands, axis=1) > 0).all()
    assert all(speed.holds for speed in speeds)
    few = book.speeds_at_start(EXPERIMENTS[file], range(1, 13))
    assert np.abs(np.log(np.median(few, axis=0) / bands[:, 1])).max() < 0.35
    inside = (bands[:, 0] <= few) & (few <= bands[:, 2])
    assert inside.mean() > 0.7


def test_the_file_of_bands_is_what_its_command_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {
        len(book.SPEEDS[file]): np.array([(s.low, s.median, s.high) for s in speeds])
        for file, speeds in book.measured_speeds().items()
    }

    def stored(experiment: Experiment, seeds: range) -> object:
        assert seeds == book.SPEED_SEEDS
        return known[len(experiment.architecture.layers) - 1]

    monkeypatch.setattr(build_book_speeds, "speed_bands", stored)
    text = files("resources").joinpath(book.BANDS).read_text("utf-8")
    assert build_book_speeds.build() == text
