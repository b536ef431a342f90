"""Strict reading of a TOML document: no key goes unnoticed, and a fault has a place and a line."""

import re
import tomllib
from bisect import bisect_left
from contextlib import suppress
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import tomli_w

from engine.atomic_file import write_bytes
from engine.datasets.readers.source_file import opened, read_up_to
from engine.faults import InputError, fault
from engine.hyper import hypers

Place = tuple[str | int, ...]  # ("architecture", "layer", 0, "neurons")
Made = TypeVar("Made")

DOCUMENTS = {"nablascope experiment": "an experiment", "nablascope chain": "a chain"}
MOST_BYTES = 1_000_000
MOST_LINES = 2_000  # of a document in which the line of a fault is searched
MOST_PARTS = 50  # of a key: reading one takes the square of their number
GREATEST = 2**63 - 1  # TOML's whole numbers
KINDS = {int: "a whole number", float: "a number", str: "a text in quotes", bool: "true or false"}
# "Expected ']' (at line 3, column 5)"; the standard library has the line in the message only.
WHERE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
TEXT_OR_COMMENT = re.compile(
    r'''"""(?:\\.|[^\\])*?"""|\'{3}.*?\'{3}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*''', re.DOTALL
)
LONG_KEY = re.compile(rf"(?<![\w-])(?:(?:[\w-]++|'')[ \t]*+\.[ \t]*+){{{MOST_PARTS}}}")
LEFT_OPEN = ("", '"""', "'''", "]")  # a beginning of a document may need one of these at its end


def settings(of: Any) -> tuple[Any, ...]:
    """The fields of a dataclass that hold a number, a text or a truth value."""
    return tuple(f for f in fields(of) if f.type in KINDS)


@dataclass(frozen=True, slots=True)
class TomlDocument:
    """A parsed document; ``name`` is the file's, for the messages."""

    name: str
    text: str
    tree: dict[str, Any]

    @classmethod
    def parse(cls, text: str, name: str) -> "TomlDocument":
        if long := _line_of_long_key(text):
            raise fault(name, f"a key has more than {MOST_PARTS} parts", long)
        try:
            return cls(name, text, tomllib.loads(text))
        except (ValueError, RecursionError) as error:
            where = WHERE.search(str(error))
            line = where["line"] if where else None
            what = WHERE.sub("", str(error)).replace("\n", " ")
            raise fault(name, f"this is not TOML: {what}", int(line) if line else None) from error

    def check_format(self, wanted: str, newest: int, what: str) -> None:
        """Refuse another ``format``, and a ``version`` that this program does not know."""
        found = self.tree.get("format")
        if isinstance(found, str) and found in DOCUMENTS and found != wanted:
            raise self.fault(("format",), f"this is {DOCUMENTS[found]}, no {what}", ())
        if found != wanted:
            raise self.fault((), f"this is no {what}: it lacks the line format = {wanted!r}")
        version = self.tree.get("version")
        if type(version) is not int or version < 1:
            place = ("version",) if "version" in self.tree else ()
            raise self.fault(place, f"version must be {newest}, not {shown(version)}", ())
        if version > newest:
            read = f"this program reads versions up to {newest}"
            told = f"this file is of version {shown(version)}; {read}"
            raise self.fault(("version",), told, ())

    def fault(self, place: Place, what: object, table: Place | None = None) -> InputError:
        """``table`` is the place that is named, where it is not the one whose line is."""
        words = _words(place if table is None else table)
        return fault(self.name, f"{words}: {what}" if words else what, self._line(place))

    def table(self, tree: dict[str, Any], key: str, place: Place = ()) -> dict[str, Any]:
        """The table of this key, empty where there is none."""
        table = tree.get(key, {})
        if not isinstance(table, dict):
            raise self.fault((*place, key), "must be a table")
        return table

    def allow(self, table: dict[str, Any], place: Place, known: set[str]) -> None:
        """Refuse the keys that mean nothing here: a slip would pass for a default."""
        for key in table:
            if key not in known:
                near = get_close_matches(key, known, 1)
                hint = (
                    f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(known))}"
                )
                raise self.fault((*place, key), f"there is no {key!r} here; {hint}", place)

    def choice(
        self, tree: dict[str, Any], place: Place, key: str, known: dict[str, type[Made]]
    ) -> type[Made]:
        """The entry of ``known`` that ``key`` names; it must be there."""
        if key not in tree:
            raise self.fault(place, f"{key!r} is missing; choose one of: {', '.join(known)}")
        if not isinstance(tree[key], str) or tree[key] not in known:
            what = f"there is no {key} {shown(tree[key])}; choose one of: {', '.join(known)}"
            raise self.fault((*place, key), what, place)
        return known[tree[key]]

    def make(self, cls: type[Made], table: dict[str, Any], place: Place, **made: object) -> Made:
        """A dataclass from the settings in ``table`` and from what is ``made`` already."""
        wanted = settings(cls)
        for f in wanted:
            if f.name not in table and f.default is MISSING and f.default_factory is MISSING:
                raise self.fault(place, f"{f.name!r} is missing")
        titles = {h.name: h.title for h in hypers(cls)}
        given = {
            f.name: self._value(titles.get(f.name, f.name), f.type, table[f.name], (*place, f.name))
            for f in wanted if f.name in table
        }  # fmt: skip
        try:
            return cls(**made, **given)
        except InputError as error:
            key = _culprit(cls, made, given, str(error))
            raise self.fault((*place, key) if key else place, error, place) from error

    def _value(self, title: str, kind: Any, value: object, place: Place) -> object:
        if isinstance(value, int) and abs(value) > GREATEST:
            raise self.fault(place, f"{title} is too large", place[:-1])
        if kind is float and type(value) is int:
            return float(value)
        if type(value) is not kind:
            what = f"{title} must be {KINDS[kind]}, not {shown(value)}"
            raise self.fault(place, what, place[:-1])
        return value

    def _line(self, place: Place) -> int | None:
        """The line on which the value at ``place`` begins, if it can be found."""
        lines = self.text.split("\n")
        if not place or len(lines) > MOST_LINES:
            return None
        ends = range(len(lines) + 1)
        line = bisect_left(ends, True, key=lambda n: _present(lines[:n], place))
        return line if line in ends else None


def read_text(path: Path, what: str) -> str:
    """The text of a file that should hold a ``what``; raises ``InputError``."""
    with opened(path) as file:
        data = bytes(read_up_to(file, MOST_BYTES + 1))
    if len(data) > MOST_BYTES:
        raise fault(path.name, f"the file is larger than {MOST_BYTES:,} bytes: no {what} is")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fault(path.name, "the file is not text in UTF-8") from error


def write_text(path: Path, text: str) -> None:
    """Replace the file in one go; raises ``InputError`` where that cannot be."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise fault(path.name, "a text holds characters that UTF-8 cannot hold") from error
    write_bytes(path, data)


def names(of: Any) -> set[str]:
    return {f.name for f in settings(of)}


def values(of: Any) -> dict[str, Any]:
    """The settings in their declared types: a learning rate of 1 is written as 1.0."""
    return {f.name: f.type(getattr(of, f.name)) for f in settings(of)}


def toml(tree: dict[str, Any]) -> str:
    # A text over several lines would lose its carriage returns.
    returns = any("\r" in value for value in tree.values() if isinstance(value, str))
    return tomli_w.dumps(tree, multiline_strings=not returns)


def _line_of_long_key(text: str) -> int:
    """The line of the first key with more than ``MOST_PARTS`` parts, 0 where there is none."""
    bare = TEXT_OR_COMMENT.sub(lambda found: "''" + "\n" * found[0].count("\n"), text)
    long = LONG_KEY.search(bare)
    return bare.count("\n", 0, long.start()) + 1 if long else 0


def shown(value: object) -> str:
    """What was read, or where Python cannot print it, what it is."""
    try:
        return repr(value)
    except ValueError:  # a whole number of more than 4,300 digits
        return "a number without end"
    except RecursionError:
        return "tables within tables"


def _words(place: Place) -> str:
    """``architecture.layer 2`` for ("architecture", "layer", 1)."""
    dotted = "".join(f" {p + 1}" if isinstance(p, int) else f".{p}" for p in place)
    return dotted.removeprefix(".")


def _culprit(
    cls: type, made: dict[str, object], given: dict[str, object], sentence: str
) -> str | None:
    """The one setting that earns this fault by itself, the others left at their defaults."""
    needed = {f.name for f in fields(cls) if f.default is MISSING} & given.keys()
    base = made | {key: given[key] for key in needed}
    if _complains(cls, base, sentence):
        return None
    return next((k for k in given if _complains(cls, base | {k: given[k]}, sentence)), None)


def _complains(cls: type, values: dict[str, object], sentence: str) -> bool:
    try:
        cls(**values)
    except InputError as error:
        return str(error) == sentence
    except TypeError:  # a part that has no default is not among them
        pass
    return False


def _present(lines: list[str], place: Place) -> bool:
    """Whether ``place`` is in the longest beginning of these lines that is TOML by itself.

    A value over several lines counts from its first one on.
    """
    while True:
        for end in LEFT_OPEN:
            with suppress(ValueError, RecursionError):
                return _reaches(tomllib.loads("\n".join((*lines, end))), place)
        lines = lines[:-1]


def _reaches(tree: Any, place: Place) -> bool:
    try:
        for part in place:
            tree = tree[part]
    except (KeyError, IndexError, TypeError):
        return False
    return True
