import random
from dataclasses import MISSING, fields, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import experiment_file
from engine.activations import HIDDEN
from engine.architecture import (
    BIAS,
    INPUT,
    ArchitectureSpec,
    GivenParameter,
    LayerSpec,
    SkipSpec,
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


def minimal(**keys: str) -> str:
    """A small file; a keyword adds lines to a table: ``training="eta = 1.0"``."""
    parts = {"head": "", "architecture": "", "layer": "", "training": "", "data": "", "rule": ""}
    parts |= keys
    return f"""format = "nablascope experiment"
version = 1
{parts["head"]}
[architecture]
inputs = 2
{parts["architecture"]}
[[architecture.layer]]
neurons = 3
[[architecture.layer]]
neurons = 2
{parts["layer"]}
[training]
{parts["training"]}
[training.data]
source = "xor"
{parts["data"]}
[training.optimizer]
rule = "momentum"
{parts["rule"]}
"""


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
    ("part", "lines", "sentence"),
    [
        ("layer", "gain = 'x'", "line 11: architecture.layer 2: gain must be a number, not 'x'."),
        (
            "layer", "bias = 'zeros'",
            "line 11: architecture.layer 2: there is no bias initializer 'zeros';"
            " choose one of: normal, zero.",
        ),
        (
            "layer", "neuron = 3",
            "line 11: architecture.layer 2: there is no 'neuron' here; did you mean 'neurons'?",
        ),
        ("layer", "gain = 1e9", "line 11: architecture.layer 2: gain must lie between"),
        ("layer", "gain = true", "gain must be a number, not True."),
        ("layer", "gain = nan", "gain must be a number, not nan."),
        ("layer", "id = 7", "architecture.layer 2: id must be a text in quotes, not 7."),
        ("head", "name = 3", "line 3: name must be a text in quotes, not 3."),
        ("head", "playback = -1", "line 3: playback must lie between 0 and 3,600, not -1."),
        ("head", "colour = 1", "line 3: there is no 'colour' here; known: architecture, format"),
        ("training", "eta = '0.1'", "line 13: training: η (eta) must be a number, not '0.1'."),
        ("training", "batch = 1.5", "line 13: training: batch must be a whole number, not 1.5."),
        ("training", "batch = 'half'", "batch must be a whole number, not 'half'."),
        ("training", "seed = " + "9" * 400, "line 13: training: seed is too large."),
        ("training", "cost = 'cubic'", "line 13: training: there is no cost 'cubic'; choose one"),
        ("training", "cost = 'log_likelihood'", "the log-likelihood cost needs softmax outputs"),
        ("training", "lambda = 1", "line 13: training: there is no 'lambda' here; did you mean"),
        ("data", "bits = 3", "line 16: training.data: there is no 'bits' here"),
        ("data", "noise = 7", "line 16: training.data: σ (noise) must lie between 0 and 0.5"),
        ("rule", "mu = []", "line 19: training.optimizer: μ (mu) must be a number, not []."),
        ("rule", "mu", "line 19: this is not TOML: Expected"),
        ("rule", "mu = 0.5\nmu = 0.6", "this is not TOML: Cannot overwrite a value"),
        ("rule", "mu = " + "[" * 5000, "this is not TOML"),
        ("rule", "mu = " + "9" * 5000, "this is not TOML"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(part: str, lines: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        loads(minimal(**{part: lines}), "my.toml")
    message = str(caught.value)
    assert sentence.removesuffix(".") in message
    assert message.startswith("my.toml")
    assert_one_line(message)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('format = "nablascope experiment"', "", "this is no experiment: it lacks the line"),
        ('"nablascope experiment"', '"photo"', "this is no experiment: it lacks the line"),
        ("version = 1", "version = 3", "line 2: this file is of version 3; this program reads"),
        ("version = 1", "version = 'x'", "line 2: version must be 2, not 'x'"),
        ("version = 1", "", "x.toml: version must be 2, not None"),
        ('source = "xor"', "", "training.data: 'source' is missing; choose one of: mnist, xor"),
        ('source = "xor"', "source = 3", "training.data: there is no source 3; choose one of"),
        ('"momentum"', '"rmsprob"', "line 18: training.optimizer: there is no rule 'rmsprob'"),
        ('"momentum"', '"rprop"', "x.toml, line 12: training: Rprop (full batch) needs the full"),
        ("[training.data]", "[training.dat]", "there is no 'dat' here; did you mean 'data'?"),
        ("[[architecture.layer]]", "[architecture.layer]", "this is not TOML"),
        ("[training.data]\n", "data = 3\n#", "line 14: training.data: must be a table"),
    ],
)
def test_a_wrong_frame_is_told(old: str, new: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        loads(minimal().replace(old, new), "x.toml")
    assert sentence in str(caught.value)
    assert_one_line(str(caught.value))


def test_layers_that_are_no_tables_are_told() -> None:
    text = 'format = "nablascope experiment"\nversion = 1\n[architecture]\nlayer = [3, 4]\n'
    with pytest.raises(InputError, match=r"line 4: architecture\.layer: write each layer under"):
        loads(text)


def test_a_line_is_right_behind_a_text_over_several_lines() -> None:
    head = 'notes = """\n[training]\neta = 3\n"""'
    with pytest.raises(InputError, match="line 16: training: η"):
        loads(minimal(head=head, training="eta = 'x'"))


def test_a_line_is_right_before_a_text_over_several_lines() -> None:
    head = 'playback = -1\nnotes = """' + 40 * "\n" + '"""'
    with pytest.raises(InputError, match="line 3: playback"):
        loads(minimal(head=head))


def test_what_is_not_there_has_no_line() -> None:
    with pytest.raises(InputError, match=r"^x\.toml: architecture: a network needs 1 to 1,000"):
        loads('format = "nablascope experiment"\nversion = 1\n', "x.toml")


def test_what_no_key_is_to_blame_for_has_no_line() -> None:
    head, training = "name = 'mine'", "cost = 'log_likelihood'"
    with pytest.raises(InputError, match=r"^x\.toml: the log-likelihood cost needs softmax"):
        loads(minimal(head=head, training=training), "x.toml")


def test_a_name_with_a_line_break_breaks_no_line(tmp_path: Path) -> None:
    path = tmp_path / "a\nb.toml"
    path.write_text("?")
    with pytest.raises(InputError, match=r"^a\?b\.toml, line 1: this is not TOML"):
        read(path)
    with pytest.raises(InputError, match=r"^a\?b: the file cannot be written"):
        write(tmp_path / "none" / "a\nb", Experiment(dense(784, 10)))


def assert_one_line(message: str) -> None:
    assert len(message) <= 320
    assert message.isprintable()


def test_a_novel_instead_of_a_word_makes_no_novel_of_a_message() -> None:
    with pytest.raises(InputError) as caught:
        loads(minimal(layer=f"activation = '{'a' * 50_000}'"))
    assert_one_line(str(caught.value))


def damaged(text: str, rng: random.Random) -> bytes:
    data = bytearray(text.encode())
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data))
        end = at + rng.randint(1, 30)
        other = rng.randrange(len(data))
        rng.choice(
            [
                lambda at=at: data.__setitem__(at, rng.randrange(256)),
                lambda at=at, end=end: data.__delitem__(slice(at, end)),
                lambda at=at, end=end, o=other: data.__setitem__(slice(o, o), data[at:end]),
                lambda at=at: data.__setitem__(slice(at, at + 1), rng.choice(JUNK)),
            ]
        )()
    return bytes(data)


JUNK = [b"'", b'"', b"\n", b"[", b"]", b"=", b"-", b".", b"1e400", b"0x", b"\0", b"{", b"nan"]


def test_hundreds_of_damaged_files_load_or_are_told_in_one_line(tmp_path: Path) -> None:
    rng = random.Random(1)
    texts = [dumps(experiment) for _, experiment in bundled()] + [minimal()]
    path = tmp_path / "damaged.toml"
    sentences = []
    for _ in range(600):
        path.write_bytes(damaged(rng.choice(texts), rng))
        try:
            read(path)
        except InputError as error:
            sentences.append(str(error))
    assert 300 < len(sentences) < 600
    for sentence in sentences:
        assert sentence.startswith("damaged.toml")
        assert_one_line(sentence)


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


SKIPPING = ArchitectureSpec(
    2,
    dense(2, 3, 3, 2).layers,
    (SkipSpec("input", "h2"), SkipSpec("h1", "output")),
    (GivenParameter("h1", 0, BIAS, 0.5), GivenParameter("h2", 2, 1, -1.5, frozen=True)),
)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'target = "h2"',
            'target = "h1"',
            "skip 1: the skip connection input → h1 must",
        ),
        ('source = "h1"', 'source = "output"', "skip 2: the skip connection output → output must"),
        ('target = "h2"', 'target = "h9"', "leads to no layer: 'h9'"),
        ("neuron = 2", "neuron = 3", "given 2: a parameter is given that h2 (3 neurons, 3 inputs)"),
        ("neuron = 2", "neuron = -2", "given 2: there is no parameter -2, 1 of a layer"),
        ("value = 0.5", "value = nan", "given 1: a parameter must be a number up to"),
        ("value = 0.5", "", "given 1: 'value' is missing"),
        ('layer = "h2"', 'layer = "h7"', "of a layer that is not there: 'h7'"),
        ("frozen = true", "frozen = 1", "frozen must be true or false, not 1"),
        (
            "[[architecture.skip]]",
            "[[architecture.skips]]",
            "there is no 'skips' here",
        ),
    ],
)
def test_a_fault_in_skips_and_given_parameters_has_its_place(
    old: str, new: str, sentence: str
) -> None:
    text = dumps(Experiment(SKIPPING, TrainingSpec(data=DATA_SOURCES["spirals"]())))
    assert old in text
    with pytest.raises(InputError) as caught:
        loads(text.replace(old, new), "x.toml")
    assert sentence in str(caught.value)
    assert "x.toml, line " in str(caught.value)
    assert_one_line(str(caught.value))


def test_a_bias_is_written_without_a_source() -> None:
    text = dumps(Experiment(SKIPPING, TrainingSpec(data=DATA_SOURCES["spirals"]())))
    given = text.split("[[architecture.given]]")
    assert "source" not in given[1]
    assert "source = 1" in given[2]


def test_many_given_parameters_are_read_fast_and_the_wrong_one_is_found() -> None:
    layers = dense(2, 100, 100, 2).layers
    given = tuple(GivenParameter("h2", n // 100, n % 100, 1.0) for n in range(3_000))
    data = DATA_SOURCES["spirals"]()
    text = dumps(Experiment(ArchitectureSpec(2, layers, (), given), TrainingSpec(data=data)))
    began = perf_counter()
    assert loads(text).architecture.given == given
    assert perf_counter() - began < 1.0
    wrong = text.replace("neuron = 20\nsource = 7\n", "neuron = 100\nsource = 7\n")
    twice = wrong.replace("neuron = 10\nsource = 7\n", "neuron = 10\nsource = 6\n")
    faults = (wrong, 2008, "does not have: 100, 7"), (twice, 1008, "given twice")
    for broken, number, sentence in faults:
        with pytest.raises(InputError, match=rf"given {number}: .*{sentence}"):
            loads(broken)
