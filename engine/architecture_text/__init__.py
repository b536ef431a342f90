"""An architecture as one line of text: 784-[30 relu]*20-10 +1>3.

The grammar, spaces being free and letters of either case::

    network  = inputs { "-" item } { skip }
    item     = layer | "(" item { "-" item } ")" | item "*" times
    layer    = neurons { word } | "[" neurons { word } "]"
    word     = an activation (its key, its label or a unique beginning) | "frozen"
    skip     = "+" column ">" column          columns count from the input, 0; also "in", "out"

A layer without an activation is sigmoid; only an output that must be softmax stays so. Arrows and
longer dashes are read as "-"; so are "×", "x", a comma or a space where no other sign stands
between layers, and brackets around the whole list, as the book writes it: [784, 30, 10].
"""

from engine.architecture_text.fault import TextFault
from engine.architecture_text.parsing import parse, rewrite
from engine.architecture_text.words import WORDS
from engine.architecture_text.writer import describe

__all__ = ["WORDS", "TextFault", "describe", "parse", "rewrite"]
