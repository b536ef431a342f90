import pytest

from gui import preflight


@pytest.mark.parametrize(
    ("pyside", "python", "fine"),
    [
        ("6.11.3", (3, 11), True), ("6.12.0", (3, 12), True), ("6.13.1", (3, 14), True),
        ("6.12.0", (3, 11), False), ("6.12.1", (3, 11), False), ("7.0.0", (3, 11), False),
    ],
)  # fmt: skip
def test_the_pair_that_aborts_is_refused(pyside: str, python: tuple[int, int], fine: bool) -> None:
    said = preflight.version_fault(pyside, python)
    assert (said is None) == fine
    if said:
        assert "PySide6-Essentials<6.12" in said
        assert "Python 3.12" in said


def test_no_pyside_at_all() -> None:
    assert "not installed" in str(preflight.version_fault(None, (3, 12)))


def test_here_everything_is_fine() -> None:
    assert preflight.fault({"QT_QPA_PLATFORM": "offscreen"}) is None


@pytest.mark.parametrize("environment", [{"QT_QPA_PLATFORM": "minimal"}, {}])
def test_only_a_platform_with_a_display_needs_one(environment: dict[str, str]) -> None:
    said = preflight._display_fault(environment)
    assert (said is None) == bool(environment)


def test_a_wayland_session_is_a_display(tmp_path) -> None:
    (tmp_path / "wayland-0").touch()
    session = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert preflight._display_fault(session) is None
