"""The old file is never harmed: not by a crash, a full disk, or what stands in the way."""

import errno
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import atomic_file
from engine.atomic_file import write_bytes, writing
from engine.faults import InputError

OLD, NEW = b"old\n" * 1_000, b"new\n" * 1_000
ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions, links and signals")


@pytest.fixture(params=["nameless", "named"])
def draft(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to write a draft: Linux's, and that of every other system."""
    if request.param == "named":
        monkeypatch.setattr(atomic_file, "NAMELESS", 0)
    elif not atomic_file.NAMELESS:
        pytest.skip("this system gives every file a name")
    return str(request.param)


@pytest.fixture
def path(tmp_path: Path, draft: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def old_stays(path: Path) -> Iterator[None]:
    yield
    assert path.read_bytes() == OLD
    assert files(path.parent) == [path.name]


def files(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def refused(path: Path, data: bytes = NEW) -> str:
    with pytest.raises(InputError) as caught:
        write_bytes(path, data)
    return str(caught.value)


@pytest.mark.parametrize("durable", [True, False])
def test_it_replaces(path: Path, durable: bool) -> None:
    write_bytes(path, NEW, durable)
    write_bytes(path.with_name("other"), OLD, durable)
    assert path.read_bytes() == NEW
    assert files(path.parent) == ["mine.toml", "other"]


def fail_with(number: int):
    def fails(*_arguments: object, **_more: object) -> None:
        raise OSError(number, os.strerror(number))

    return fails


@pytest.mark.parametrize("call", ["fsync", "replace", "link", "fchmod", "open"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.usefixtures("old_stays")
def test_a_call_that_fails(
    path: Path, draft: str, call: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if (draft, call) == ("named", "link"):
        pytest.skip("not called")
    monkeypatch.setattr(os, call, fail_with(number))
    sentence = refused(path)
    monkeypatch.undo()
    assert sentence == f"mine.toml: the file cannot be written ({os.strerror(number)})."


LIMITED = """
import os, resource, sys
from pathlib import Path
from engine import atomic_file
from engine.faults import InputError
atomic_file.NAMELESS *= sys.argv[2] == "nameless"
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    atomic_file.write_bytes(Path(sys.argv[1]), bytes(1_000_000))
except InputError as error:
    print(error)
"""


def python(code: str, *arguments: object, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


@posix
@pytest.mark.usefixtures("old_stays")
def test_a_disk_that_takes_only_a_part(path: Path, draft: str) -> None:
    process = python(LIMITED, path, draft)
    sentence = process.communicate()[0]
    assert process.returncode == 0
    assert sentence == "mine.toml: the file cannot be written (File too large).\n"


SLOW = """
import os, sys, time
from pathlib import Path
from engine import atomic_file
atomic_file.NAMELESS *= sys.argv[2] == "nameless"
moment = sys.argv[3]
actual = getattr(os, moment)
def stop(*arguments, **more):
    print("now", flush=True)
    time.sleep(60)
setattr(os, moment, stop)
atomic_file.write_bytes(Path(sys.argv[1]), b"new" * 1_000_000)
"""


@posix
@pytest.mark.parametrize("moment", ["fsync", "link", "replace"])
def test_a_kill_at_any_moment_leaves_the_old_file(path: Path, draft: str, moment: str) -> None:
    if (draft, moment) == ("named", "link"):
        pytest.skip("not called")
    process = python(SLOW, path, draft, moment)
    assert process.stdout is not None
    assert process.stdout.readline() == "now\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert path.read_bytes() == OLD
    if draft == "nameless" and moment != "replace":
        assert files(path.parent) == [path.name]


ENDLESS = """
import sys
from pathlib import Path
from engine.atomic_file import write_bytes, writing
print("now", flush=True)
number = 0
while True:
    number += 1
    write_bytes(Path(sys.argv[1]), b"%07d\\n" % (number % 10) * 200_000, durable=False)
"""


@posix
def test_a_reader_never_sees_half_a_file_and_a_kill_leaves_a_whole_one(path: Path) -> None:
    path.write_bytes(b"0000000\n" * 200_000)
    process = python(ENDLESS, path)
    assert process.stdout is not None
    process.stdout.readline()
    seen = set()
    while len(seen) < 5:
        seen.add(whole(path.read_bytes()))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    whole(path.read_bytes())


def whole(data: bytes) -> bytes:
    assert data == data[:8] * 200_000
    return data[:8]


TRY = """
import os, sys
from pathlib import Path
from engine.atomic_file import write_bytes, writing
from engine.faults import InputError
if os.geteuid() == 0:  # who may write anywhere
    os.setuid(65534)
try:
    write_bytes(Path(sys.argv[1]), b"new")
except InputError as error:
    print(error)
"""


@posix
@pytest.mark.parametrize(
    ("folder_mode", "mode", "reason"),
    [(0o555, 0o666, "Permission denied"), (0o777, 0o444, "the file is write-protected")],
)
def test_what_may_not_be_written_to(folder_mode: int, mode: int, reason: str) -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own are closed to other users
        path = Path(name) / "mine.toml"
        path.write_bytes(OLD)
        path.chmod(mode)
        path.parent.chmod(folder_mode)
        sentence = python(TRY, path).communicate()[0]
        path.parent.chmod(0o755)
        assert sentence == f"mine.toml: the file cannot be written ({reason}).\n"
        assert path.read_bytes() == OLD
        assert files(path.parent) == ["mine.toml"]


@pytest.mark.usefixtures("old_stays")
def test_names_that_cannot_be(path: Path) -> None:
    assert "File name too long" in refused(path.with_name("n" * 300))
    assert "cannot be written" in refused(path.with_name("a\0b"))
    assert "No such file" in refused(path.parent / "none" / "mine.toml")
    assert "Not a directory" in refused(path / "mine.toml")


def test_the_longest_name_that_can_be(path: Path) -> None:
    long = path.with_name("n" * 255)
    write_bytes(long, NEW)
    assert long.read_bytes() == NEW


def test_a_folder_in_the_way(path: Path) -> None:
    folder = path.with_name("folder.toml")
    folder.mkdir()
    sentence = refused(folder)
    assert sentence == "folder.toml: the file cannot be written (a folder has this name)."
    assert files(path.parent) == ["folder.toml", "mine.toml"]


@posix
def test_a_pipe_is_not_replaced(path: Path) -> None:
    pipe = path.with_name("pipe")
    os.mkfifo(pipe)
    assert "this is a device or a pipe" in refused(pipe)
    assert pipe.is_fifo()


@posix
def test_a_link_stays_one(path: Path) -> None:
    (path.parent / "there").mkdir()
    link, dangling, ring = (path.parent / "there" / name for name in ("link", "dangling", "ring"))
    link.symlink_to("../mine.toml")
    dangling.symlink_to("new.toml")
    ring.symlink_to("ring")
    write_bytes(link, NEW)
    write_bytes(dangling, NEW)
    assert link.is_symlink()
    assert path.read_bytes() == NEW
    assert (path.parent / "there" / "new.toml").read_bytes() == NEW
    assert "cannot be written" in refused(ring)
    assert files(path.parent / "there") == ["dangling", "link", "new.toml", "ring"]


@posix
def test_permissions_are_kept_and_new_files_take_the_usual_ones(path: Path) -> None:
    for mode in (0o600, 0o640, 0o666, 0o755):
        path.chmod(mode)
        write_bytes(path, NEW)
        assert stat.S_IMODE(path.stat().st_mode) == mode
    before = os.umask(0o027)
    try:
        write_bytes(path.with_name("new"), NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.with_name("new").stat().st_mode) == 0o640


def test_in_pieces_the_file_is_there_when_all_are(tmp_path: Path, draft: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    turns = writing(path, [b"ne", b"w"])
    for _ in range(2):
        next(turns)
        assert path.read_bytes() == OLD
    with pytest.raises(StopIteration):
        next(turns)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_closed_before_its_end_it_leaves_all_as_it_was(tmp_path: Path, draft: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    turns = writing(path, iter([NEW, NEW]))
    next(turns)
    turns.close()
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_a_piece_that_cannot_be_made_harms_nothing(tmp_path: Path, draft: str) -> None:
    def pieces() -> Iterator[bytes]:
        yield NEW
        raise OSError(errno.ENOSPC, "no space")

    path = tmp_path / "file"
    path.write_bytes(OLD)
    with pytest.raises(InputError, match="cannot be written"):
        list(writing(path, pieces()))
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]
