"""The grammar of the text, by recursive descent: what is written, with its places."""

from typing import Literal

from engine.architecture import MOST_LAYERS, LayerSpec
from engine.architecture_text.fault import TextFault
from engine.architecture_text.tokens import Kind, Token, tokens
from engine.architecture_text.words import FROZEN, meanings
from engine.architecture_text.written import Written, WrittenLayer, WrittenSkip
from engine.faults import InputError

DEEPEST = 8  # groups within groups
COLUMN_WORDS = {"in": "in", "input": "in", "out": "out", "output": "out"}

Between = Literal["dash", "cross", "comma", "space"]
MIXED: dict[str, str] = {
    "cross": "{0} can mean '-' or '*' here: write the one or the other",
    "comma": "{0} does not belong here: layers are separated by '-', digits by nothing",
    "space": "'-' is missing before {0}",
}


def read(text: str) -> Written:
    """Raise ``TextFault`` at the first place that the grammar does not allow."""
    return _Reader(tokens(text)).network()


class _Reader:
    def __init__(self, row: list[Token]) -> None:
        self._tokens = row
        self._at = 0
        self._between: dict[Between, Token] = {}

    # -- tokens ----------------------------------------------------------------------------

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += token.kind != "end"
        return token

    def _is_mark(self, *marks: str) -> bool:
        return self._next.kind == "mark" and self._next.text in marks

    def _number(self, missing: str) -> Token:
        return self._needed("number", missing)

    def _needed(self, kind: Kind, missing: str) -> Token:
        if self._next.kind != kind:
            raise self._next.fault(missing)
        return self._take()

    # -- the network -----------------------------------------------------------------------

    def network(self) -> Written:
        in_brackets = self._is_mark("[") and self._tokens[2:3] and self._tokens[2].kind == "comma"
        if in_brackets:
            opened = self._take()
        inputs = self._inputs()
        layers: list[WrittenLayer] = []
        while self._another():
            layers += self._item(0)
            _check_number(layers, inputs, self._tokens[self._at - 1])
        if in_brackets:
            self._close("]", opened)
        skips = self._skips(len(layers))
        if self._next.kind != "end":
            raise self._next.fault(f"{self._next.quoted} cannot stand here")
        return Written(inputs, tuple(layers), skips, self._next)

    def _inputs(self) -> Token:
        inputs = self._number("the text begins with the number of inputs, such as 784")
        if self._next.kind == "word":
            raise self._next.fault("the input has no activation and nothing to freeze")
        if self._is_mark("*"):
            raise self._next.fault("the input cannot be repeated")
        return inputs

    def _another(self) -> bool:
        """Whether another item follows; what stands between items is taken and must agree."""
        token, kind = self._next, self._next.kind
        between: Between
        if kind == "dash" or kind == "cross" or kind == "comma":
            between = kind
            self._take()
        elif kind == "number" or self._is_mark("[", "("):
            between = "space"
        else:
            return False
        self._between.setdefault(between, token)
        if len(self._between) > 1:
            odd = next(kind for kind in self._between if kind != "dash")
            raise self._between[odd].fault(MIXED[odd].format(self._between[odd].quoted))
        return True

    def _item(self, depth: int) -> list[WrittenLayer]:
        first = self._next
        if self._is_mark("("):
            layers = self._group(depth + 1)
        elif self._is_mark("["):
            layers = [self._bracket()]
        else:
            size = self._number(f"a number of neurons must stand {self._place()}")
            layers = [_layer(size, self._words())]
        while self._is_mark("*"):
            self._take()
            times = self._number("after '*' must stand how many times, such as 30*20")
            if times.number < 1:
                raise times.fault(f"layers are repeated 1 to {MOST_LAYERS:,} times")
            _check_number(layers, first, times, times.number)
            layers = layers * times.number
        return layers

    def _place(self) -> str:
        return "at the end" if self._next.kind == "end" else f"here, not {self._next.quoted}"

    def _group(self, depth: int) -> list[WrittenLayer]:
        opened = self._take()
        if depth > DEEPEST:
            raise opened.fault(f"groups stand at most {DEEPEST} deep in one another")
        layers = self._item(depth)
        while self._another():
            layers = layers + self._item(depth)
            _check_number(layers, opened, self._tokens[self._at - 1])
        self._close(")", opened)
        return layers

    def _close(self, mark: str, opened: Token) -> None:
        if self._next.kind == "end" or (mark == "]" and not self._is_closed()):
            sentence = f"this {opened.quoted} is never closed by '{mark}'"
            raise TextFault(sentence, opened.start, opened.end, unfinished=True)
        if not self._is_mark(mark):
            raise self._next.fault(f"'{mark}' must stand here, not {self._next.quoted}")
        self._take()

    # -- one layer -------------------------------------------------------------------------

    def _bracket(self) -> WrittenLayer:
        opened = self._take()
        words = self._words()
        size = self._number("the number of neurons is missing, as in [30 relu]")
        words += self._words()
        if self._next.kind == "number":
            raise self._next.fault("a layer has one number of neurons")
        if self._next.kind in ("dash", "cross", "comma") and self._is_closed():
            raise self._next.fault("several layers stand in ( ), not in [ ]: (30-20)*3")
        self._close("]", opened)
        return _layer(size, words)

    def _is_closed(self) -> bool:
        """Whether a ``]`` follows before the next ``[``."""
        rest = (token.text for token in self._tokens[self._at :] if token.text in ("[", "]"))
        return next(rest, "") == "]"

    def _words(self) -> list[Token]:
        words = []
        while self._next.kind == "word":
            words.append(self._take())
        return words

    # -- skip connections ------------------------------------------------------------------

    def _skips(self, last: int) -> tuple[WrittenSkip, ...]:
        skips: dict[tuple[int, int], WrittenSkip] = {}
        while self._is_mark("+"):
            skip = self._skip(last)
            columns = skip.source, skip.target
            if columns in skips:
                raise skip.first.fault(
                    f"there are two skip connections {skip.source}>{skip.target}", skip.last
                )
            skips[columns] = skip
        return tuple(skips.values())

    def _skip(self, last: int) -> WrittenSkip:
        first = self._take()
        source = self._column(last)
        if self._next.kind != "dash" and not self._is_mark(">"):
            raise self._next.fault("a skip connection is written +1>3: from column 1 to column 3")
        self._take()
        end = self._next
        target = self._column(last)
        name = f"the skip connection {source}>{target}"
        if target <= source:
            raise first.fault(f"{name} must lead forward, to a later layer", end)
        if target == source + 1:
            raise first.fault(f"{name} must pass at least one layer", end)
        return WrittenSkip(source, target, first, end)

    def _column(self, last: int) -> int:
        token = self._next
        name = COLUMN_WORDS.get(token.text.casefold()) if token.kind == "word" else None
        if name is None:
            self._number("a column's number must stand here: the input is 0, the first layer 1")
            if token.number > last:
                raise token.fault(f"there is no column {token.text[:9]}: the output is {last}")
            return token.number
        self._take()
        return 0 if name == "in" else last


def _layer(size: Token, words: list[Token]) -> WrittenLayer:
    try:
        LayerSpec(size.number)
    except InputError as error:
        raise size.fault(str(error)) from None
    activation, named_at, frozen = "", size, False
    for meaning, word in meanings(words):
        if meaning == FROZEN:
            frozen = True
        elif activation:
            raise word.fault(f"a layer has one activation: {activation} or {meaning}")
        else:
            activation, named_at = meaning, word
    return WrittenLayer(size, activation, frozen, named_at)


def _check_number(layers: list[WrittenLayer], first: Token, last: Token, times: int = 1) -> None:
    if (number := len(layers) * times) > MOST_LAYERS:
        raise first.fault(f"a network needs 1 to {MOST_LAYERS:,} layers, not {number:,}", last)
