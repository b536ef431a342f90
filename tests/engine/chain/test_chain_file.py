"""Chains as TOML: what is written reads back, and what is wrong is told with its line."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import HIDDEN
from engine.chain.chain_file import dumps, loads, read, write
from engine.chain.draws import DISTRIBUTIONS, Draw
from engine.chain.edits import tie
from engine.chain.spec import CHAIN_COSTS, GREATEST, ChainSpec, drawn, start_chain
from engine.faults import InputError

NUMBERS = st.floats(-GREATEST, GREATEST)
DRAWS = st.builds(
    Draw,
    st.sampled_from(sorted(DISTRIBUTIONS)), st.floats(0, 1e3),
    st.sampled_from(sorted(DISTRIBUTIONS)), st.floats(0, 1e3), st.integers(0, 2**31 - 1),
)  # fmt: skip


@st.composite
def chains(some: st.DrawFn) -> ChainSpec:
    n = some(st.integers(1, 30))
    w, b = (tuple(some(st.lists(NUMBERS, min_size=n, max_size=n))) for _ in "wb")
    chain = ChainSpec(
        w, b, some(st.sampled_from(sorted(HIDDEN))), some(st.sampled_from(sorted(CHAIN_COSTS))),
        some(st.floats(-1e3, 1e3)), some(st.floats(-1e3, 1e3)),
        draw=some(DRAWS), name=some(st.text(st.characters(exclude_categories=["Cs"]))),
    )  # fmt: skip
    return tie(chain, some(st.booleans()))


@given(chains())
def test_what_is_written_reads_back_to_the_bit(chain: ChainSpec) -> None:
    again = loads(dumps(chain))
    assert again == chain
    assert [x.hex() for x in again.w + again.b] == [float(x).hex() for x in chain.w + chain.b]


def test_a_thousand_neurons_through_a_file(tmp_path: Path) -> None:
    chain, path = drawn(1_000), tmp_path / "long ∇.toml"
    write(path, chain)
    assert read(path) == chain


def test_defaults_may_be_left_out() -> None:
    text = 'format = "nablascope chain"\nversion = 1\nw = [1, 2.5]\nb = [0, -1]\n'
    assert loads(text) == ChainSpec((1.0, 2.5), (0.0, -1.0))


TEXT = dumps(start_chain())
LINES = {line.partition(" ")[0]: n for n, line in enumerate(TEXT.split("\n"), 1)}


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("-0.8", "'x'", "w", "w_2 must be a number, not 'x'"),
        ("-0.8", "true", "w", "w_2 must be a number, not True"),
        ("-0.8", "nan", "w", "w_2 must lie between -1,000,000 and 1,000,000, not nan"),
        ("-0.8", "1e400", "w", "w_2 must lie between -1,000,000 and 1,000,000, not inf"),
        ("-0.8", "1" + "0" * 400, "w", "a number of w is too large"),
        ("w = [1.2, ", "w = [", None, "3 weights need as many biases, not 4"),
        ("[1.2, -0.8, 1.6, 0.9]", "1.2", "w", "w must be an array of numbers, not 1.2"),
        ("tied = false", "tied = true", "tied", "a tied chain has one weight"),
        ("tied = false", "tied = 1", "tied", "tied must be true or false, not 1"),
        ("version = 1", "version = 2", "version", "of version 2; this program reads"),
        ("version = 1", "version = 0", "version", "version must be 1, not 0"),
        ("seed = ", "sead = ", "seed", "there is no 'sead' here; did you mean 'seed'?"),
        ("x = 0.8", "x = 1e9", "x", "a₀ (x) must lie between -1,000 and 1,000"),
        ('"sigmoid"', '"softmax"', "activation", "there is no activation 'softmax'"),
        ('"quadratic"', '"log_likelihood"', "cost", "there is no cost 'log_likelihood'"),
        ("nablascope chain", "nablascope experiment", "format", "this is an experiment, no chain"),
        ("nablascope chain", "poem", None, "this is no chain: it lacks the line format"),
        ("w = [1.2", "v = [1.2", "w", "there is no 'v' here"),
    ],
)
def test_faults_have_a_place(old: str, new: str, line: str | None, told: str) -> None:
    place = f"c.toml, line {LINES[line]}: " if line else "c.toml: "
    with pytest.raises(InputError) as caught:
        loads(TEXT.replace(old, new, 1), "c.toml")
    sentence = str(caught.value)
    assert sentence.startswith(place)
    assert told in sentence


def test_missing_weights() -> None:
    with pytest.raises(InputError, match="'w' is missing"):
        loads('format = "nablascope chain"\nversion = 1\nb = [0.0]\n')


def test_a_name_that_utf8_cannot_hold(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    write(path, start_chain())
    with pytest.raises(InputError, match="UTF-8"):
        write(path, replace(start_chain(), name="\ud800"))
    assert read(path) == start_chain()
