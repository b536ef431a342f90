import io

import pytest

from engine.progress_bar import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_one_line_that_is_gone_at_the_end() -> None:
    stream = Terminal()
    with ProgressBar(stream) as bar:
        bar.show(0.5, "half")
        bar.show(1.0, "whole")
    assert "\n" not in stream.getvalue()
    lines = stream.getvalue().split("\r\x1b[K")
    assert lines == [
        "", "[############............]  50 %  half", "[########################] 100 %  whole", ""
    ]  # fmt: skip


def test_silence_where_there_is_no_terminal_or_no_wish() -> None:
    for stream, quiet in ((io.StringIO(), False), (Terminal(), True)):
        with ProgressBar(stream, quiet) as bar:
            assert not bar.due
            bar.show(0.5, "half")
        assert stream.getvalue() == ""


def test_it_is_due_ten_times_a_second() -> None:
    now = [0.0]
    bar = ProgressBar(Terminal(), clock=lambda: now[0])
    shown = 0
    for now[0] in (t / 1000 for t in range(1000)):
        if bar.due:
            bar.show(0.1, "")
            shown += 1
    assert shown in (9, 10, 11)


def test_a_narrow_terminal_cuts_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    stream = Terminal()
    ProgressBar(stream).show(2.0, "x" * 100)
    assert len(stream.getvalue()) == len("\r\x1b[K") + 39
