from dataclasses import replace

from engine.architecture import dense
from engine.inspection import Subject
from engine.spec import Experiment
from gui.canvas.viewing import Viewing, examples_text
from gui.canvas.words.labels import bars_text, power_of_ten
from gui.canvas.words.legend_text import BATCH, Shown, legend_lines, legend_segments

ARCHITECTURE = dense(784, 30, 10)
SHOWN = Shown(250, 250, 0.08, None, BATCH, "probe set, 1,000 examples")


def test_bars_and_shades_may_be_of_different_examples():
    assert legend_segments(ARCHITECTURE, SHOWN) == [
        "edges: 250 between these neurons, of 23,820",
        "sign of w: orange +, blue −",
        "width |w|",
        "strength |∂C/∂w| over 4 decades",
        "bar ∂C/∂b of the mini-batch, linear, full = 0.08 (longer: broken)",
        "fill a: □ 0 ■ 1, probe set, 1,000 examples",
    ]


def test_of_the_same_examples_they_are_named_once():
    shown = replace(SHOWN, bars_of="example 17", fills_of="example 17", decades=6, full=0.01)
    bars, fills = legend_segments(ARCHITECTURE, shown)[4:]
    assert bars == "example 17: bar ∂C/∂b, log, 10⁻⁸ to 10⁻²"
    assert fills == "fill a: □ 0 ■ 1"


def test_what_is_not_known_is_not_told():
    segments = legend_segments(ARCHITECTURE, Shown(250, 250))
    assert segments[4:] == ["bar ∂C/∂b, linear"]


def test_frozen_ones_are_explained():
    assert legend_segments(ARCHITECTURE, replace(SHOWN, frozen=2))[-1] == "dashed: frozen (2)"


def test_lines_are_no_wider_than_the_picture():
    lines = legend_lines(ARCHITECTURE, SHOWN, 500, lambda text, role, bold: 6.0 * len(text))
    assert all(6 * len(line) <= 500 - 36 for line in lines)
    assert len(lines) < len(legend_segments(ARCHITECTURE, SHOWN)) + 1


def test_decades_have_names():
    assert [power_of_ten(k) for k in (-30, -3, -1, 0, 1, 2)] == [
        "10⁻³⁰", "10⁻³", "0.1", "1", "10", "10²"
    ]  # fmt: skip
    assert bars_text(None, 3) == "bar ∂C/∂b, log"


def test_what_the_engine_is_asked_for():
    assert Viewing().subject() == Subject()
    assert Viewing("probe", 4).subject(layer=2) == Subject(layer=2)
    viewing = Viewing("example", 4, surface=True)
    assert viewing.subject(parameter=(0, 1, 2)) == Subject(4, None, (0, 1, 2), True)


def test_which_inspection_is_the_right_one(inspection_of):
    experiment = Experiment(ARCHITECTURE)
    mean, one = inspection_of(experiment), inspection_of(experiment, Subject(example=3))
    assert Viewing("batch").is_of(mean)
    assert Viewing("probe").is_of(mean)
    assert not Viewing("probe").is_of(one)
    assert not Viewing("example", 3).is_of(mean)
    assert Viewing("example", 9).is_of(one)  # the probe set may have no tenth
    assert not Viewing().is_of(None)
    assert examples_text(mean) == "probe set, 1,000 examples"
    assert examples_text(one) == "example 4"
