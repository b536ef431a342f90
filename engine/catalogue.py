"""The tables of the engine as a page: `python -m engine.catalogue > docs/catalogue.md`."""

from collections.abc import Iterable

from engine.activations import ACTIVATIONS
from engine.architecture import LayerSpec
from engine.chain.draws import DISTRIBUTIONS, Draw
from engine.chain.spec import ChainSpec
from engine.costs import COSTS
from engine.datasets import DATA_SOURCES
from engine.hyper import hypers
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.measures import MEASURES
from engine.optimizers import OPTIMIZERS
from engine.spec import TrainingSpec

HEAD = """\
# Catalogue

Everything that can be chosen, by its name in the file of an experiment or a chain. This page is
printed from the tables (`python -m engine.catalogue`); a test keeps it true.
"""


def page() -> str:
    """The whole page as Markdown."""
    formulas = (
        ("Activations", ACTIVATIONS), ("Costs", COSTS), ("Initial weights", INITIALIZERS),
        ("Initial biases", BIAS_INITIALIZERS), ("Distributions of a chain", DISTRIBUTIONS),
    )  # fmt: skip
    parts = [HEAD]
    for title, table in formulas:
        rows = ((key, entry.label, entry.formula) for key, entry in table.items())
        parts.append(_table(title, ("name", "label", "formula"), rows))
    rules = ((k, cls.label, cls.formula, _settings(cls)) for k, cls in OPTIMIZERS.items())
    parts.append(_table("Optimizers", ("name", "label", "rule", "settings"), rules))
    sources = ((k, cls.label, cls.help, _settings(cls)) for k, cls in DATA_SOURCES.items())
    parts.append(_table("Data", ("name", "label", "what it is", "settings"), sources))
    specs = (
        ("Training", TrainingSpec), ("Layer", LayerSpec), ("Chain", ChainSpec),
        ("Draw of a chain", Draw),
    )  # fmt: skip
    for title, spec in specs:
        numbers = ((h.name, h.symbol, f"{h.default:g}", h.help) for h in hypers(spec))
        parts.append(_table(title, ("name", "symbol", "default", "meaning"), numbers))
    measures = ((m.key, m.symbol, m.definition, m.formula) for m in MEASURES)
    head = ("name", "symbol", "definition", "formula")
    parts.append(_table("Measures of every layer", head, measures))
    return "\n".join(parts)


def _settings(cls: type) -> str:
    return ", ".join(f"`{h.name}` {h.default:g}" for h in hypers(cls))


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"## {title}\n", _row(head), _row("---" for _ in head)]
    lines += [
        _row((f"`{name}`", *(cell.replace("|", "\\|") for cell in cells))) for name, *cells in rows
    ]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(page(), end="")
