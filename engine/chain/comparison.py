"""Does another activation help? The same weights, biases, input and target with every one."""

from dataclasses import replace

from engine.activations import HIDDEN
from engine.chain.spec import ChainSpec
from engine.chain.trace import ChainTrace, trace


def same_weights(chain: ChainSpec) -> tuple[ChainTrace, ...]:
    """One trace for each hidden activation, in the order of the table; the cost stays.

    With a cost that is made for one activation, the last neuron has that one in all of them.
    """
    return tuple(trace(replace(chain, activation=key)) for key in HIDDEN)
