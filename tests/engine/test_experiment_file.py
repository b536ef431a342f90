from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import experiment_file
from engine.activations import HIDDEN
from engine.architecture import (
    INPUT,
    ArchitectureSpec,
    LayerSpec,
    dense,
)
from engine.costs import COSTS
from engine.datasets import DATA_SOURCES
from engine.datasets.own import OwnData
from engine.experiment_file import dumps, loads, read, write
from engine.experiments import FILES, bundled
from engine.faults import InputError
from engine.hyper import hypers
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.optimizers import OPTIMIZERS, Rprop
from engine.spec import FULL_BATCH, PRECISIONS, Experiment, TrainingSpec
from tests.engine.architectures import embellished
from tests.engine.experiment_texts import minimal

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


def numbers(of: Any) -> dict[str, st.SearchStrategy[Any]]:
    """Every hyperparameter of a dataclass, over its range."""
    return {
        h.name: st.integers(int(h.low), int(h.high))
        if h.is_integer
        else st.floats(h.low, h.high, allow_nan=False)
        for h in hypers(of)
    }


def made(cls: Any, **others: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    texts = {f.name: TEXT for f in fields(cls) if f.type is str and f.default is not MISSING}
    return st.builds(cls, **(texts | numbers(cls) | others))


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    cost = draw(st.sampled_from(list(COSTS)))
    optimizer = draw(st.one_of(*(made(cls) for cls in OPTIMIZERS.values())))
    data = draw(st.one_of(*(made(cls) for cls in DATA_SOURCES.values())))

    def layers(activations: list[str]) -> st.SearchStrategy[LayerSpec]:
        return made(
            LayerSpec,
            neurons=st.integers(1, 50),
            activation=st.sampled_from(activations),
            initializer=st.sampled_from(list(INITIALIZERS)),
            bias=st.sampled_from(list(BIAS_INITIALIZERS)),
        )

    outputs = [COSTS[cost].output] if COSTS[cost].output else list(HIDDEN)
    stack = [*draw(st.lists(layers(list(HIDDEN)), max_size=5)), draw(layers(outputs))]
    ids = draw(st.lists(TEXT, min_size=len(stack), max_size=len(stack), unique=True))
    ids = [i if i != INPUT else "" for i in ids]
    frozen = draw(st.lists(st.booleans(), min_size=len(stack), max_size=len(stack)))
    stack = [replace(layer, id=i, frozen=f) for layer, i, f in zip(stack, ids, frozen, strict=True)]
    full = isinstance(optimizer, Rprop)
    training = draw(
        made(
            TrainingSpec,
            data=st.just(data),
            optimizer=st.just(optimizer),
            cost=st.just(cost),
            precision=st.sampled_from(PRECISIONS),
            **({"batch": st.just(FULL_BATCH)} if full else {}),
        )
    )
    architecture = ArchitectureSpec(draw(st.integers(1, 1000)), tuple(stack))
    architecture = draw(embellished(architecture))
    return draw(made(Experiment, architecture=st.just(architecture), training=st.just(training)))


@given(experiments())
@settings(max_examples=150, deadline=None)
def test_what_is_written_reads_back_the_same(experiment: Experiment) -> None:
    text = dumps(experiment)
    again = loads(text)
    assert again == experiment
    assert dumps(again) == text


def test_keys_that_are_left_out_take_their_defaults() -> None:
    experiment = loads(minimal())
    assert experiment.architecture == dense(2, 3, 2)
    assert [layer.id for layer in experiment.architecture.layers] == ["h1", "output"]
    expected = TrainingSpec(data=DATA_SOURCES["xor"](), optimizer=OPTIMIZERS["momentum"]())
    assert experiment.training == expected


def test_without_a_training_table_it_is_the_default_training() -> None:
    text = minimal()
    assert loads(text[: text.index("[training]")]).training == TrainingSpec()


def test_every_setting_is_written_out() -> None:
    text = dumps(Experiment(dense(784, 30, 10)))
    for of in (LayerSpec, TrainingSpec, OPTIMIZERS["sgd"], DATA_SOURCES["mnist"]):
        for f in fields(of):
            key = {"data": "[training.data]", "optimizer": "[training.optimizer]"}.get(f.name)
            assert f"\n{key}\n" in text if key else f"\n{f.name} = " in text


def test_a_full_batch_is_a_word() -> None:
    full = Experiment(dense(784, 10), TrainingSpec(batch=FULL_BATCH))
    assert '\nbatch = "full"\n' in dumps(full)
    assert loads(minimal(training='batch = "full"')).training.batch == FULL_BATCH


def test_a_whole_number_may_stand_for_a_float_and_becomes_one() -> None:
    eta = loads(minimal(training="eta = 1")).training.eta
    assert (eta, type(eta)) == (1.0, float)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (bytes(range(256)), "the file is not text in UTF-8"),
        (b"# " + b"x" * 2_000_000, "the file is larger than 1,000,000 bytes"),
    ],
)
def test_what_is_no_text_is_told(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)
    with pytest.raises(InputError, match=rf"photo\.jpg: {sentence}"):
        read(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: there is no such file"):
        read(tmp_path / "none.toml")
    with pytest.raises(InputError, match="this is a folder"):
        read(tmp_path)


def test_windows_text_reads_too(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + minimal().replace("\n", "\r\n").encode())
    assert read(path) == loads(minimal())


def test_writing_replaces_the_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("old")
    experiment = replace(Experiment(dense(784, 10)), name="∇", notes="a\r\nb\n")
    write(path, experiment)
    assert read(path) == experiment
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.toml"
    write(path, Experiment(dense(784, 10)))
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(InputError, match=r"mine\.toml: the file cannot be written \(No space"):
        write(path, Experiment(dense(784, 20, 10)))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    experiment = Experiment(dense(784, 10))
    for path in (tmp_path, tmp_path / "no" / "x.toml", tmp_path / "a\0b"):
        with pytest.raises(InputError, match="the file cannot be written"):
            write(path, experiment)
    with pytest.raises(InputError, match="characters that UTF-8 cannot hold"):
        write(tmp_path / "x.toml", replace(experiment, name="\ud800"))


def own(path: Path, labels: str = "") -> Experiment:
    data = OwnData(path=str(path), labels_path=labels)
    return Experiment(dense(2, 2), TrainingSpec(data=data))


def test_data_beside_the_file_moves_with_it(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    write(here / "mine.toml", own(here / "data" / "points.csv"))
    assert '\npath = "data/points.csv"\n' in (here / "mine.toml").read_text()
    here.rename(there)
    assert read(there / "mine.toml") == own(there / "data" / "points.csv")


def test_data_elsewhere_keeps_its_full_path(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    experiment = own(tmp_path / "points.csv", str(tmp_path / "labels.idx"))
    write(tmp_path / "here" / "mine.toml", experiment)
    assert read(tmp_path / "here" / "mine.toml") == experiment


def test_the_bundled_experiments_are_all_in_the_menu_and_told() -> None:
    folder = Path(experiment_file.__file__).parent.parent / "resources" / "experiments"
    assert {path.name for path in folder.glob("*.toml")} == set(FILES)
    assert [name for name, _ in bundled()] == list(FILES)
    assert all(experiment.name and experiment.notes for _, experiment in bundled())
    assert len({experiment.name for _, experiment in bundled()}) == len(FILES)


def test_the_bundled_experiments_are_the_books() -> None:
    for name, experiment in bundled():
        if name.startswith(("fullbatch", "accuracy")):
            hidden = int(name.split("-")[1])
            assert experiment.architecture == dense(784, *[30] * hidden, 10)
            assert (experiment.training.eta, experiment.training.lmbda) == (0.1, 5.0)
        assert experiment.training.data.shape() == (784, 10)
