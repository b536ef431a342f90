"""One quiet line: where in the run one looks, and what can be done from there."""

import re

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from engine.keyframes import Moments
from engine.snapshot import Snapshot
from gui.common.card import FlatCombo
from gui.common.focus_ring import FocusRing
from gui.common.icons import icon
from gui.common.table_combo import Choice
from gui.common.throttle import Throttle
from gui.theme import CAPTION, Theme
from gui.timeline.course import NOWHERE, Course
from gui.timeline.player import Player
from gui.timeline.rail import Rail

PACES = {str(seconds): Choice(f"{seconds} s") for seconds in (5, 10, 20, 40)}
USUAL = "10"
RAIL_TIP = (
    "Time line: drag back to see the network and all plots as they were.\n"
    "Left and Right: one moment, Page: ten, Home: the start, End: now. Marks: the ends of epochs."
)
BRANCH_TIP = (
    "Train on from this moment as a new run (Ctrl+Shift+B). With the same settings it repeats what"
    " came, bit for bit; change them to see what else could have come. Undo brings this run back."
)
NOW_TIP = "Back to the newest moment (End)"
WIDE_DIGIT = re.compile(r"\d")
DIRECTIONS = {1: ("play", "Play forward"), -1: ("play_back", "Play backward")}


class TimeLine(QWidget):
    """Moves all views to an earlier moment of the run; asks for one at a time."""

    moment_chosen = Signal(object)  # a step; None: now
    branch_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("time_line")
        self.setAccessibleName("Time line")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._snapshot: Snapshot | None = None  # what is shown
        self._newest: Snapshot | None = None
        self._wanted: int | None = None  # the step that was asked for last, until it is shown
        self._is_now = True
        self._theme = theme
        self.player = Player(self)
        self._text = Throttle(self)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    def _make_widgets(self) -> None:
        self.buttons = {direction: _tool_button(direction) for direction in (-1, 1)}
        self.pace = FlatCombo("Pace of the time line", PACES, "The whole run in so many seconds")
        self.pace.set_key(USUAL)
        self.rail = Rail()
        self.moment = QLabel()
        self.moment.setObjectName("moment")
        font = self.moment.font()
        font.setFeature(QFont.Tag("tnum"), 1)
        self.moment.setFont(font)
        self.moment.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.branch = _push_button("Branch here", BRANCH_TIP)
        self.now = _push_button("Now", NOW_TIP)

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 2, 16, 2)
        self._row.setSpacing(6)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(self.buttons[-1])
        self._row.addWidget(self.buttons[1])
        self._row.addWidget(self.pace)
        self._row.addWidget(self.rail, 1)
        self._row.addWidget(self.moment)
        self._row.addWidget(self.branch)
        self._row.addWidget(self.now)
        FocusRing(self.rail)

    def _connect(self) -> None:
        self.rail.chosen.connect(self._on_chosen)
        self.buttons[1].clicked.connect(self._on_forward_clicked)
        self.buttons[-1].clicked.connect(self._on_backward_clicked)
        self.pace.key_chosen.connect(self._on_pace_chosen)
        self.branch.clicked.connect(self.branch_wanted)
        self.now.clicked.connect(self.come_back)
        self.player.due.connect(self._on_due)
        self.player.direction_changed.connect(self._show_buttons)
        self._text.due.connect(self._show_text)

    # -- from the run --------------------------------------------------------------------------

    def forget(self) -> None:
        """Another run begins."""
        self.player.stop()
        self._wanted = self._snapshot = self._newest = None
        self.rail.show_course(NOWHERE, 0)
        self._show_now(True)
        self._text.reset()
        self._show_text()

    def show_snapshot(self, snapshot: Snapshot, looking_back: bool) -> None:
        """``looking_back`` is whether an earlier moment is asked for; the newest may still come."""
        is_earlier = looking_back and snapshot.step < snapshot.newest_step
        self._snapshot = snapshot
        if not is_earlier:
            self._newest = snapshot
        if not looking_back:
            self._wanted = None
            self.player.stop()
        self._place(snapshot, is_earlier)
        self._show_now(not looking_back)
        self._text.request()
        if is_earlier:
            self.player.painted()

    def _place(self, snapshot: Snapshot, is_earlier: bool) -> None:
        course = Course.of(self._newest or snapshot)
        if is_earlier and snapshot.step == self._wanted:
            self._wanted = None
        step = snapshot.step if self._wanted is None else self._wanted
        self.rail.show_course(course, course.last if step >= course.newest else course.place(step))

    # -- hands ---------------------------------------------------------------------------------

    def go(self, moments: int) -> None:
        """So many moments on, or back; stops what plays."""
        self.player.stop()
        self.rail.setValue(self.rail.value() + moments)

    @Slot()
    def come_back(self) -> None:
        self.player.stop()
        self.rail.setValue(self.rail.maximum())

    @Slot(int)
    def _on_chosen(self, place: int) -> None:
        self.player.stop()
        self._choose(place)

    @Slot(int)
    def _on_due(self, moments: int) -> None:
        rail = self.rail
        place = min(max(0, rail.value() + moments), rail.maximum())
        if place in (0, rail.maximum()):
            self.player.stop()
        self._choose(place)

    def _choose(self, place: int) -> None:
        course = self.rail.course
        self._wanted = None if place >= course.last else course.step(place)
        self.rail.show_course(course, place)
        self.rail.update()
        self._show_now(self._wanted is None)
        self.moment_chosen.emit(self._wanted)

    @Slot()
    def _on_forward_clicked(self) -> None:
        self._play(1)

    @Slot()
    def _on_backward_clicked(self) -> None:
        self._play(-1)

    def _play(self, direction: int) -> None:
        """Play that way, or pause; from now on forward means from the start."""
        if self.player.direction == direction:
            self.player.stop()
            return
        if self.rail.maximum() == 0:
            return
        if direction > 0 and self.rail.is_now:
            self._choose(0)
        elif direction < 0 and self.rail.value() == 0:
            self._choose(self.rail.maximum() - 1)
        self._set_pace()
        self.player.start(direction)

    @Slot(str)
    def _on_pace_chosen(self, _key: str) -> None:
        self._set_pace()

    def _set_pace(self) -> None:
        self.player.pace = max(1, self.rail.maximum()) / float(self.pace.key)

    # -- what is shown -------------------------------------------------------------------------

    def _show_now(self, now: bool) -> None:
        """What only an earlier moment needs keeps its room: the rail does not jump."""
        if now != self._is_now:
            self._is_now = now
            self._fold()
            self._paint_moment()

    def _paint_moment(self) -> None:
        colour = self._theme.dim if self._is_now else self._theme.accent
        self.moment.setStyleSheet(f"color: {colour};")

    @Slot()
    def _show_text(self) -> None:
        snapshot, newest = self._snapshot, self._newest or self._snapshot
        if snapshot is None or newest is None:
            self.moment.clear()
            return
        self.moment.setText(moment_text(snapshot.step, snapshot.epoch))
        self._grow(newest)
        words = memory_text(snapshot.moments) if snapshot.moments else ""
        self.rail.setToolTip(f"{RAIL_TIP}\n{words}")
        self.rail.setAccessibleDescription(f"{self.moment.text()}. {words}")

    def _grow(self, newest: Snapshot) -> None:
        """Room for the longest text so far; it is kept."""
        longest = WIDE_DIGIT.sub("0", moment_text(newest.newest_step, newest.epoch))
        wanted = self.moment.fontMetrics().horizontalAdvance(longest) + 4
        if wanted > self.moment.minimumWidth():
            self.moment.setMinimumWidth(wanted)
            self._fold()

    @Slot(int)
    def _show_buttons(self, direction: int) -> None:
        for its, button in self.buttons.items():
            name, words = DIRECTIONS[its]
            plays = its == direction
            button.setIcon(self._icons["pause" if plays else name])
            button.setAccessibleName("Pause" if plays else words)
            button.setToolTip("Pause" if plays else f"{words} what has been trained")

    # -- look ----------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.rail.set_theme(theme)
        disabled = theme.blend(theme.dim, 0.6, theme.panel)
        self._icons = {n: icon(n, theme.dim, disabled) for n in ("play", "play_back", "pause")}
        self._show_buttons(self.player.direction)
        self._paint_moment()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold()
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Of what never folds away: the rail, and the way to branch from it."""
        return QSize(self._core_width(), super().minimumSizeHint().height())

    def _fit(self) -> None:
        self.pace.set_type(self, CAPTION)
        side = round(1.2 * self.fontMetrics().height())
        for button in self.buttons.values():
            button.setIconSize(QSize(side, side))
        self.moment.setMinimumWidth(0)
        if self._newest is not None:
            self._grow(self._newest)
        self._fold()

    def _core_width(self) -> int:
        margins = self._row.contentsMargins()
        widths = sum(widget.minimumSizeHint().width() for widget in (self.rail, self.branch))
        return margins.left() + margins.right() + widths + 2 * self._row.spacing()

    def _fold(self) -> None:
        """Hide what there is no room for, the least important first."""
        room = self.width() - self._core_width() - 3 * self.fontMetrics().height()
        widgets: tuple[QWidget, ...] = (
            self.moment, self.buttons[1], self.buttons[-1], self.now, self.pace,
        )  # fmt: skip
        for widget in widgets:
            wide = max(widget.minimumWidth(), widget.minimumSizeHint().width())
            room -= wide + self._row.spacing()
            _keep_room(widget, room >= 0)
            widget.setVisible(room >= 0 and not (self._is_now and widget is self.now))
        self.branch.setVisible(not self._is_now)


def moment_text(step: int, epoch: float) -> str:
    return f"step {step:,} · epoch {epoch:.2f}"


def memory_text(moments: Moments) -> str:
    """How many moments there are, and what they take."""
    count, megabytes = len(moments.steps), moments.nbytes / 2**20
    budget = f"{moments.budget / 2**20:,.0f} MB"
    if not count and moments.newest:
        return f"One moment of this network takes more than {budget}: none is kept."
    return f"{count:,} earlier moments, {megabytes:,.0f} MB of {budget}"


def _tool_button(direction: int) -> QToolButton:
    button = QToolButton()
    button.setObjectName(f"time_line_{DIRECTIONS[direction][0]}")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _push_button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "line")
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    _keep_room(button, True)
    return button


def _keep_room(widget: QWidget, room: bool) -> None:
    policy = widget.sizePolicy()
    if policy.retainSizeWhenHidden() != room:
        policy.setRetainSizeWhenHidden(room)
        widget.setSizePolicy(policy)
