"""Chains as TOML: what the window saves and opens. Reading is strict, what is written is complete.

Every field of ``ChainSpec`` is a key of the same name; ``w`` and ``b`` are arrays from the first
neuron on, ``draw`` is a table. Keys that are left out take their defaults.
"""

from pathlib import Path

from engine.chain.draws import Draw
from engine.chain.spec import ChainSpec, check_values
from engine.faults import InputError
from engine.toml_document import TomlDocument, names, read_text, shown, toml, values, write_text

FORMAT = "nablascope chain"
VERSION = 1
ARRAYS = ("w", "b")


def dumps(chain: ChainSpec) -> str:
    """The chain with every default written out; every number reads back as the same."""
    arrays = {key: _array(getattr(chain, key)) for key in ARRAYS}
    lines = "".join(f"{key} = {text}\n" for key, text in arrays.items())
    head = toml({"format": FORMAT, "version": VERSION, **values(chain)})
    return f"{head}{lines}\n{toml({'draw': values(chain.draw)})}"


def loads(text: str, source: str = "") -> ChainSpec:
    """Raises ``InputError``: one line that names ``source``, the place and what is wrong there."""
    document = TomlDocument.parse(text, source)
    document.check_format(FORMAT, VERSION, "chain")
    known = {"format", "version", "draw", *ARRAYS, *names(ChainSpec)}
    document.allow(document.tree, (), known)
    table = document.table(document.tree, "draw")
    document.allow(table, ("draw",), names(Draw))
    draw = document.make(Draw, table, ("draw",))
    w, b = (_numbers(document, key) for key in ARRAYS)
    return document.make(ChainSpec, document.tree, (), w=w, b=b, draw=draw)


def read(path: Path) -> ChainSpec:
    """Raises ``InputError`` as ``loads`` does, and where the file is none that can be read."""
    return loads(read_text(path, "chain"), path.name)


def write(path: Path, chain: ChainSpec) -> None:
    """Replace the file in one go; raises ``InputError`` where that cannot be."""
    write_text(path, dumps(chain))


def _array(numbers: tuple[float, ...]) -> str:
    return f"[{', '.join(repr(float(number)) for number in numbers)}]"


def _numbers(document: TomlDocument, key: str) -> tuple[float, ...]:
    if key not in document.tree:
        raise document.fault((), f"{key!r} is missing")
    array = document.tree[key]
    if not isinstance(array, list):
        raise document.fault((key,), f"{key} must be an array of numbers, not {shown(array)}", ())
    for j, number in enumerate(array, 1):
        if type(number) not in (int, float):
            raise document.fault((key,), f"{key}_{j} must be a number, not {shown(number)}", ())
    try:
        numbers = tuple(float(number) for number in array)
        check_values(key, numbers)
    except OverflowError:
        raise document.fault((key,), f"a number of {key} is too large", ()) from None
    except InputError as error:
        raise document.fault((key,), error, ()) from error
    return numbers
