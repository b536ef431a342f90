from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS, HIDDEN
from engine.architecture import (
    BIAS,
    INPUT,
    MOST_LAYERS,
    ArchitectureSpec,
    GivenParameter,
    LayerSpec,
    SkipSpec,
    dense,
)
from engine.architecture_text import TextFault, describe, parse, rewrite
from engine.faults import InputError
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.spec import Experiment, TrainingSpec

BOOK = dense(784, 30, 30, 10)
PIECES = [
    *("784", "-", "30", "10", "[", "]", "(", ")", "*", "+", ">", "x", "×", "→", "->", ",", " "),
    *("relu", "sig", "frozen", "leaky ReLU", "[30 relu]*20", "(30-20)*3", "+1>3", "out", "999999"),
    *("relo", "ß", "İ", "٣", "²", ".", "_", "0", "\t", "\n", "'", "9" * 5000, "*1000", "🙂"),
]
WHOLE = ("784-30-30-10", "4-[30 relu frozen]*3-(3-2)*2-[3 softmax] +1>3 +0>8", "784 30 10", "")


@st.composite
def architectures(draw: st.DrawFn) -> ArchitectureSpec:
    layer = st.builds(
        LayerSpec,
        neurons=st.sampled_from([1, 2, 3, 30, 10_000]) | st.integers(1, 99),
        activation=st.sampled_from(list(HIDDEN)),
        initializer=st.sampled_from(list(INITIALIZERS)),
        bias=st.sampled_from(list(BIAS_INITIALIZERS)),
        gain=st.floats(-10, 10),
        frozen=st.booleans(),
    )
    runs = draw(st.lists(st.tuples(layer, st.integers(1, 7)), max_size=8))
    output = replace(draw(layer), activation=draw(st.sampled_from(list(ACTIVATIONS))), neurons=3)
    ids = draw(st.permutations([f"layer {n}" for n in range(57)]))
    layers = [*(layer for layer, times in runs for _ in range(times)), output]
    layers = [replace(layer, id=key) for layer, key in zip(layers, ids, strict=False)]
    names = [INPUT, *(layer.id for layer in layers)]
    column = st.integers(0, len(layers))
    ends = draw(st.lists(st.tuples(column, column), unique=True, max_size=5))
    skips = tuple(SkipSpec(names[s], names[t]) for s, t in ends if t > s + 1)
    at = draw(st.lists(st.integers(0, len(layers) - 1), unique=True, max_size=3))
    parameters = [GivenParameter(layers[k].id, 0, BIAS, 0.5, draw(st.booleans())) for k in at]
    try:
        return ArchitectureSpec(draw(st.integers(1, 9)), tuple(layers), skips, tuple(parameters))
    except InputError:  # too many parameters
        return ArchitectureSpec(4, (output,))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Pieces of texts in the middle of one that has, or had, no fault."""
    whole = draw(st.sampled_from(WHOLE))
    texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=20)
    start = draw(st.integers(0, len(whole)))
    return whole[:start] + draw(texts) + whole[start + draw(st.integers(0, 5)) :]


@given(architectures())
def test_what_is_written_is_read_back_exactly(architecture: ArchitectureSpec) -> None:
    assert parse(describe(architecture), architecture) == architecture


@given(architectures(), architectures())
def test_what_is_read_is_written_back_exactly(
    a: ArchitectureSpec, before: ArchitectureSpec
) -> None:
    output = replace(before.layers[-1], neurons=a.layers[-1].neurons, activation="tanh")
    before = ArchitectureSpec(a.inputs, (*before.layers[:-1], output))
    after = parse(describe(a), before)
    assert describe(after) == describe(a)
    assert parse(describe(after), before) == after
    assert parse(describe(after), after) == after


@pytest.mark.parametrize(
    ("architecture", "text"),
    [
        (BOOK, "784-30-30-10"),
        (dense(784, *[30] * 20, 10), "784-30*20-10"),
        (dense(10, 10, 10, 10), "10-10-10-10"),
        (dense(4, 3, activation="leaky_relu"), "4-[3 leaky_relu]"),
        (
            ArchitectureSpec(
                784,
                (*[LayerSpec(30, "relu", frozen=True)] * 3, LayerSpec(10, "softmax")),
                (SkipSpec("h1", "h3"), SkipSpec(INPUT, "output")),
            ),
            "784-[30 relu frozen]*3-[10 softmax] +1>3 +0>4",
        ),
    ],
)
def test_the_shortest_exact_text(architecture: ArchitectureSpec, text: str) -> None:
    assert describe(architecture) == text


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("784-[30 relu]*20-10", "784-[30 relu]*20-10"),
        (" 784 – 30 − 30 — 10 ", "784-30-30-10"),
        ("784→30->10", "784-30-10"),
        ("784 30 10", "784-30-10"),
        ("784x30 x 10", "784-30-10"),
        ("784×[30 ReLU]×10", "784-[30 relu]-10"),
        ("784, 30,10", "784-30-10"),
        ("[784, 30, 10]", "784-30-10"),
        ("[784, 30, 10] +0>2", "784-30-10 +0>2"),
        ("784-30 relu-10", "784-[30 relu]-10"),
        ("784-[relu 30 FROZEN]-10", "784-[30 relu frozen]-10"),
        (
            "784-[30 Leaky ReLU]-[30 leaky-relu]-[30 lea]-10",
            "784-[30 leaky_relu]*3-10",
        ),
        ("784-[30 sig fro]-10", "784-[30 frozen]-10"),
        ("784-(30-20 tanh)*2-10", "784-30-[20 tanh]-30-[20 tanh]-10"),
        ("784-((3-2)*2-1)*2-10", "784-3-2-3-2-1-3-2-3-2-1-10"),
        ("784-30*2*2-10*1", "784-30-30-30-30-10"),
        ("784-10*3", "784-10-10-10"),
        ("784-30-30-10 +1 > 3+in>out+0→2", "784-30-30-10 +1>3 +0>3 +0>2"),
        ("784-030-10", "784-30-10"),
    ],
)
def test_generous_readings(text: str, exact: str) -> None:
    assert describe(parse(text, BOOK)) == exact


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_every_activation_by_key_and_label(key: str) -> None:
    for name in (key, ACTIVATIONS[key].label, key.upper()):
        assert parse(f"784-10 {name}", BOOK).layers[-1].activation == key


@pytest.mark.parametrize(
    ("text", "marked", "words"),
    [
        ("", "", "the text begins with the number of inputs"),
        ("784", "", "the output is missing: the text ends with -10"),
        ("784-30-", "", "a number of neurons must stand at the end"),
        ("784--30-10", "-", "a number of neurons must stand here, not '-'"),
        ("783-30-10", "783", "one neuron per feature of the data: write 784"),
        ("784-30-9", "9", "one neuron per class of the data: the last number must be 10"),
        ("784 relu-10", "relu", "the input has no activation"),
        ("784*2-10", "*", "the input cannot be repeated"),
        ("784-[30 relo]-10", "relo", "there is no activation 'relo'; did you mean relu?"),
        ("784-[30 qqq]-10", "qqq", "there is no activation 'qqq'$"),
        ("784-[30 sof]-10", "sof", "'sof' can be softmax, softplus or softsign"),
        ("784-[30 relu tanh]-10", "tanh", "a layer has one activation: relu or tanh"),
        ("784-[30 softmax]*2-10", "softmax", "softmax .* can stand at the output only"),
        ("784-[30 20]-10", "20", "a layer has one number of neurons"),
        ("784-[relu]-10", "]", "the number of neurons is missing"),
        ("784-[30-20]*3-10", "-", r"several layers stand in \( \)"),
        ("784-[30 relu-10", "[", "this '\\[' is never closed by ']'"),
        ("784-[30-[20 relu]-10", "[", "this '\\[' is never closed by ']'"),
        ("784-[30 [20]]-10", "[", "this '\\[' is never closed by ']'"),
        ("784-(30-10", "(", "this '\\(' is never closed by '\\)'"),
        ("784-(30]-10", "]", "'\\)' must stand here, not ']'"),
        ("784-30)-10", ")", "'\\)' cannot stand here"),
        ("784-0-10", "0", "neurons must lie between 1 and 10,000, not 0"),
        ("784-99999-10", "99999", "neurons must lie between 1 and 10,000"),
        ("784-10000-10000-10", "10000", "107,960,010 parameters; the limit is 50,000,000"),
        ("784-30-10000-30-10000-10 +2>4", "10000", None),
        ("784-9000-30-9001-10 +1>3", "+1>3", "88,.* parameters; the limit"),
        ("784-1,000-10", ",", "',' does not belong here"),
        ("784-30 20-10", "20", "'-' is missing before '20'"),
        ("784-30x3-10", "x", "'x' can mean '-' or '\\*' here"),
        ("784-30*-10", "-", "after '\\*' must stand how many times"),
        ("784-30*0-10", "0", "repeated 1 to 1,000 times"),
        ("784-[30]*1001-10", "[30]*1001", "1 to 1,000 layers, not 1,001"),
        ("784-((30*99)*99)*99-10", "(30*99)*99", "1 to 1,000 layers, not 9,801"),
        ("784-30*1000-10", "784-30*1000-10", "1 to 1,000 layers, not 1,001"),
        ("784-" + "(" * 20, "(", "at most 8 deep"),
        ("784-30-10 +2>1", "+2>1", "2>1 must lead forward"),
        ("784-30-10 +1>2", "+1>2", "1>2 must pass at least one layer"),
        ("784-30-10 +0>7", "7", "there is no column 7: the output is 2"),
        ("784-30-10 +1", "", "a skip connection is written \\+1>3"),
        ("784-30-10 +0>2 + 0 > out", "+ 0 > out", "there are two skip connections 0>2"),
        ("784-30-10 +", "", "a column's number must stand here"),
    ],
)
def test_what_is_wrong_is_told_and_where(text: str, marked: str, words: str | None) -> None:
    if words is None:
        assert parse(text, BOOK)
        return
    with pytest.raises(TextFault, match=words) as caught:
        parse(text, BOOK)
    fault = caught.value
    assert text[fault.start : fault.end] == marked
    assert "\n" not in str(fault)
    if not marked:
        assert fault.start == fault.end == len(text)


def told(before: ArchitectureSpec, text: str) -> list[tuple[str, int]]:
    return [(layer.id, layer.neurons) for layer in parse(text, before).layers]


def test_layers_that_the_text_leaves_alone_stay_themselves() -> None:
    before = ArchitectureSpec(
        784,
        tuple(
            LayerSpec(neurons, "tanh", "he_normal", "zero", 2.0, id=key)
            for neurons, key in ((30, "a"), (20, "b"), (40, "c"), (10, "o"))
        ),
    )
    text = describe(before)
    changed = parse(text.replace("20 tanh", "25 relu frozen"), before)
    changes = {"neurons": 25, "activation": "relu", "frozen": True}
    a, b, c, o = before.layers
    assert changed.layers == (a, replace(b, **changes), c, o)
    longer = parse("784-[30 tanh]-[5 relu]-[20 tanh]-[40 tanh]-[10 tanh]", before)
    assert longer.layers == (a, replace(a, neurons=5, activation="relu", id="h1"), b, c, o)
    assert parse("784-[20 tanh]-[40 tanh]-[10 tanh]", before).layers == (b, c, o)
    assert [i for i, _ in told(before, "784-20 tanh-40 tanh-50-10 tanh")] == ["b", "c", "h1", "o"]
    assert [i for i, _ in told(before, "784-10 tanh")] == ["o"]
    assert parse("784-5-10", dense(784, 10)).layers[0] == LayerSpec(5, id="h1")


def test_a_thousand_layers_stay_themselves_as_well() -> None:
    sizes = [5 + n % 7 for n in range(998)]
    before = dense(784, *sizes, 10)
    after = parse("784-99-" + "-".join(str(n) for n in (*sizes, 10)), before)
    assert after.layers[1:] == before.layers
    assert (
        parse(describe(before).replace("-11-5-", "-11-99-5-", 1), before).layers[8:]
        == before.layers[7:]
    )


def test_given_parameters_stay_where_their_place_is_still_there() -> None:
    given = tuple(
        GivenParameter(key, 4, source, 1.0, True) for key in ("h1", "h2") for source in (9, BIAS)
    )
    before = ArchitectureSpec(784, dense(784, 30, 20, 10).layers, given=given)
    assert parse("784-30-25-10", before).given == given
    assert parse("784-8-20-10", before).given == (*given[:2], given[3])  # h2 has 8 inputs now
    assert parse("784-30-4-10", before).given == given[:2]
    assert parse("784-20-10", before).given == given[3:], "its weights have other sources now"
    assert parse("784-5-30-20-10", before).given == (given[1], *given[2:])
    assert parse("784-20-7-10", before).given == given[3:], "the new layer is another h1"
    assert [layer.id for layer in parse("784-20-7-10", before).layers] == ["h2", "h1", "output"]


def test_skip_connections_are_what_the_text_says() -> None:
    before = parse("784-30-20-30-10 +1>3", BOOK)
    assert parse("784-30-20-30-10", before).skips == ()
    assert parse("784-30-20-30-10 +0>2", before).skips == (SkipSpec(INPUT, before.layers[1].id),)


def test_an_output_that_must_be_softmax_stays_so() -> None:
    before = parse("784-30-[10 softmax]", BOOK)
    assert describe(parse("784-30-20-10", before)) == "784-30-20-[10 softmax]"
    assert parse("784-30-[10 sigmoid]", before).layers[-1].activation == "sigmoid"
    tanh = parse("784-30-[10 tanh]", BOOK)
    assert parse("784-30-10", tanh).layers[-1].activation == "sigmoid"


def test_an_output_against_the_cost_is_at_fault_there() -> None:
    experiment = Experiment(BOOK)
    for text, marked in (("784-[10 softmax]", "10 softmax"), ("784-[tanh 10]", "tanh 10")):
        with pytest.raises(TextFault, match="cross-entropy cost needs sigmoid outputs") as caught:
            rewrite(experiment, text)
        assert text[caught.value.start : caught.value.end] == marked
    loglike = Experiment(parse("784-[10 softmax]", BOOK), TrainingSpec(cost="log_likelihood"))
    with pytest.raises(TextFault, match="needs softmax outputs; this network has sigmoid"):
        rewrite(loglike, "784-[10 sigmoid]")
    assert describe(rewrite(loglike, "784-30-10").architecture) == "784-30-[10 softmax]"
    assert rewrite(experiment, "784-50-10") == replace(
        experiment, architecture=parse("784-50-10", BOOK)
    )


def fault_of(text: str, before: ArchitectureSpec) -> TextFault | None:
    try:
        after = parse(text, before)
    except TextFault as fault:
        return fault
    assert parse(describe(after), after) == after
    return None


@settings(max_examples=2_000, deadline=None)
@given(damaged())
def test_any_text_is_read_or_marked(text: str) -> None:
    for before in (BOOK, dense(4, 30, 3)):
        if fault := fault_of(text, before):
            assert 0 <= fault.start <= fault.end <= len(text)
            assert fault.start < fault.end or fault.end == len(text)
            assert 0 < len(str(fault)) < 200
            assert "\n" not in str(fault)


@pytest.mark.parametrize(
    "text",
    [
        "784-[30]*999999999-10",
        "784-" + "(" * 7 + "30" + "*999)" * 7 + "-10",
        "784-" + "(30)*1" * 5_000,
        "784-" + "-".join(["30"] * 10_000),
        "784-30" + "*1" * 10_000 + "-10",
        "784-[30 " + "relu" * 8_000 + "]-10",
        "784-[30" + " frozen" * 5_000 + "]-10",
        "784-30*900-10" + "".join(f" +0>{n}" for n in range(2, 900)),
        "[" * 30_000,
        "784-" + "[30" * 10_000,
        "784-" + " " * 30_000 + "10",
        "784-" + "x" * 30_000,
        "784-" + "a-" * 15_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    before = dense(784, *(5 + n % 7 for n in range(MOST_LAYERS - 1)), 10)
    start = perf_counter()
    fault_of(text, before)
    assert perf_counter() - start < 2, "on a busy machine; a tenth of it when it is idle"
