"""The engine's share of the chain: one trace, 10,000 random chains, the row of a network's norms.

Medians of several, on one thread. The 10,000 chains with all their statistics and the predicted
mean have half a second.
"""

import argparse
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from time import perf_counter

import numpy as np

from engine.chain.comparison import same_weights
from engine.chain.ensemble import Ensemble, ensemble
from engine.chain.matrices import factor_row
from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.chain.trace import factors, trace

LIMIT = 500.0  # ms
CASES = (("sigmoid", 12), ("sigmoid", 40), ("gelu", 40), ("relu", 40), ("sigmoid", 100))
LONG = 1000
NETWORK = (784, 1000, 1000, 10)


def milliseconds(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return 1000 * float(np.median(taken))


def statistics(found: Ensemble) -> None:
    """All that the study of many chains shows but the prediction."""
    _ = found.all_shares, found.quantiles, found.mean
    found.histogram(found.neurons)


def many_chains(activation: str, neurons: int, times: int) -> float:
    """Print a row; milliseconds in all."""
    chain = replace(start_chain(), activation=activation)
    found = ensemble(chain, neurons)
    parts = (
        milliseconds(lambda: ensemble(chain, neurons), times),
        milliseconds(lambda: statistics(replace(found)), times),  # a copy has computed nothing yet
        milliseconds(lambda: replace(found).predicted, times),
    )
    cells = (f"{ms:.1f}" for ms in (*parts, sum(parts)))
    print(f"| {neurons:,} {activation} | {' | '.join(cells)} |", flush=True)
    return sum(parts)


def memory(chain: ChainSpec) -> float:
    """The greatest number of megabytes that the longest chains took at once."""
    tracemalloc.start()
    statistics(ensemble(chain, LONG))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def single_chain(times: int) -> None:
    print("\n| one chain, µs | trace | its factors | every activation |\n|---|---|---|---|")
    for neurons in (4, 12, LONG):
        chain = drawn(neurons)
        t = trace(chain)
        works = (lambda c=chain: trace(c), lambda t=t: factors(t), lambda c=chain: same_weights(c))
        cells = (f"{1000 * milliseconds(work, 10 * times):,.0f}" for work in works)
        print(f"| {neurons:,} | {' | '.join(cells)} |", flush=True)


def matrices(times: int) -> None:
    rng = np.random.default_rng(0)
    W = tuple(rng.standard_normal((o, i)) / np.sqrt(i) for i, o in pairwise(NETWORK))
    prime = tuple(rng.uniform(0.0, 0.25, n) for n in NETWORK[1:])
    ms = milliseconds(lambda: factor_row(W, prime, np.ones(NETWORK[-1])), times)
    print(f"\nrow of norms of {'-'.join(map(str, NETWORK))}: {ms:.1f} ms")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks chain", description=__doc__)
    parser.add_argument("--times", type=int, default=9)
    options = parser.parse_args(arguments)
    print("| 10,000 chains, ms | drawn | statistics | predicted mean | in all |")
    print("|---|---|---|---|---|")
    totals = [many_chains(*case, options.times) for case in CASES]
    many_chains("sigmoid", LONG, max(1, options.times // 3))
    print(f"{LONG:,} neurons: {memory(start_chain()):.0f} MB at most")
    single_chain(options.times)
    matrices(options.times)
    return 0 if max(totals) < LIMIT else 1
