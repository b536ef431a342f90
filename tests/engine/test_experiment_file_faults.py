"""What is wrong in an experiment file is told in one line, with its place."""

import random
from pathlib import Path
from time import perf_counter

import pytest

from engine.architecture import (
    BIAS,
    ArchitectureSpec,
    GivenParameter,
    SkipSpec,
    dense,
)
from engine.datasets import DATA_SOURCES
from engine.experiment_file import dumps, loads, read, write
from engine.experiments import bundled
from engine.faults import InputError
from engine.spec import Experiment, TrainingSpec
from tests.engine.experiment_texts import minimal


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
