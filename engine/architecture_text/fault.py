"""What is wrong in a text, and where."""

from engine.faults import InputError


class TextFault(InputError):  # noqa: N818 - it names a place
    """The characters ``start`` to ``end`` (exclusive) are at fault; none: something lacks.

    ``unfinished``: what is typed at the end of the text may mend it.
    """

    def __init__(self, sentence: str, start: int, end: int, unfinished: bool = False) -> None:
        super().__init__(sentence)
        self.start = start
        self.end = end
        self.unfinished = unfinished or start == end
