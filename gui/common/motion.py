"""Whether things may move."""

from PySide6.QtWidgets import QApplication, QStyle


def less_motion() -> bool:
    """Whether the user has asked the system not to animate."""
    return QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) <= 0
