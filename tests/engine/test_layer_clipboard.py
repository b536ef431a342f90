import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.architecture import ArchitectureSpec, LayerSpec, dense
from engine.edits import duplicate_layers, insert_residual_block
from engine.faults import InputError
from engine.layer_clipboard import dumps_layers, paste_layers
from engine.spec import Experiment, TrainingSpec
from tests.engine.architectures import architectures

HERE = Experiment(dense(784, 30, 20, 10))


@given(architectures(), st.data())
def test_what_is_copied_is_pasted_like_a_duplicate(
    architecture: ArchitectureSpec, data: st.DataObject
) -> None:
    hidden = len(architecture.layers) - 1
    if not hidden:
        return
    positions = data.draw(st.sets(st.integers(0, hidden - 1), min_size=1))
    text = dumps_layers(architecture, positions)
    there = Experiment(architecture, TrainingSpec(cost="quadratic"))
    pasted, places = paste_layers(there, max(positions) + 1, text)
    assert pasted == duplicate_layers(there, positions)
    assert [pasted.architecture.layers[k].neurons for k in places] == [
        architecture.layers[k].neurons for k in sorted(positions)
    ]


def test_a_block_goes_to_another_network_with_its_skip() -> None:
    block = insert_residual_block(Experiment(dense(2, 5, 2)), 1, LayerSpec(7, "relu", gain=2.0))
    pasted, places = paste_layers(HERE, 2, dumps_layers(block.architecture, {1, 2}))
    assert places == (2, 3)
    assert pasted.architecture.sizes == (784, 30, 20, 7, 7, 10)
    assert pasted.architecture.skip_columns == ((2, 4),)
    assert pasted.architecture.layers[3].gain == 2.0


def test_a_written_architecture_is_pasted_too() -> None:
    pasted, places = paste_layers(HERE, 0, " 40-[20 relu]*2 ")
    assert pasted.architecture.sizes == (784, 40, 20, 20, 30, 20, 10)
    assert [layer.activation for layer in pasted.architecture.layers[:3]] == [
        "sigmoid", "relu", "relu",
    ]  # fmt: skip
    assert places == (0, 1, 2)
    assert len({layer.id for layer in pasted.architecture.layers}) == 6


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "hello", "30-", "x" * 2_000_000, 'format = "nablascope layers"',
        'format = "nablascope layers"\n[[layer]]\nneurons = 0\n',
        'format = "nablascope layers"\n[[layer]]\n[[skip]]\nsource = 1\ntarget = 4\n',
        'format = "nablascope layers"\n[[layer]]\nactivation = "softmax"\n',
        'format = "nablascope layers"\n[[layer\n', "30-[20 softmax]", "30*100000",
    ],
)  # fmt: skip
def test_what_holds_no_layers_is_told(text: str) -> None:
    with pytest.raises(InputError) as caught:
        paste_layers(HERE, 0, text)
    assert "\n" not in str(caught.value)


def test_the_output_is_not_copied() -> None:
    with pytest.raises(InputError, match="cannot be copied"):
        dumps_layers(HERE.architecture, {2})
