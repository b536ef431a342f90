"""What the tests of the data sets share."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.faults import InputError

Refused = Callable[[Path, Callable[[], object]], str]


@pytest.fixture(scope="session")
def refused() -> Refused:
    """Assert that a call fails with one sentence on one line that names the file; give it back."""

    def check(path: Path, call: Callable[[], object]) -> str:
        with pytest.raises(InputError) as caught:
            call()
        message = str(caught.value)
        assert message.isprintable()
        assert re.match(rf"{re.escape(path.name)}(, line [\d,]+)?: ", message), message
        assert message.endswith(".")
        assert ". " not in message
        assert len(message) < 300
        return message

    return check
