"""What is looked at closely: joins the view bar and the cards with the picture of a network."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QStyle

from engine.architecture import BIAS
from engine.inspection import Inspection, Subject
from engine.spec import Experiment
from gui.canvas.cards.hover_card import HoverCard
from gui.canvas.cards.parameter_card import ParameterCard
from gui.canvas.cards.surface import LEAST, SMALL, SurfaceCard
from gui.canvas.passes.pass_player import PassPlayer
from gui.canvas.scene import NOTHING
from gui.canvas.targets import Target
from gui.canvas.view import NetworkView
from gui.canvas.view_bar import ViewBar
from gui.canvas.viewing import Viewing
from gui.canvas.words.hover_text import hover_image, hover_numbers, hover_text
from gui.common.input_picture import image_shape
from gui.common.throttle import Throttle
from gui.document import ExperimentDocument
from gui.theme import Theme

HOVER_MS = 400  # until the card of a layer opens
LAYER_KINDS = ("header", "neuron", "column")
PASSES = {"forward": "Forward pass", "backward": "Backward pass"}


class CloseLook(QObject):
    """Owns the cards over the picture; ``subject_changed`` asks the engine for what they show."""

    subject_changed = Signal(object)  # Subject
    refused = Signal(str)

    def __init__(self, view: NetworkView, bar: ViewBar, document: ExperimentDocument) -> None:
        super().__init__(view)
        self._view, self._bar, self._document = view, bar, document
        self._live = view.network.live
        self.subject = Subject()
        # Of the view: children of its viewport are scrolled with it.
        self.hover, self.surface = HoverCard(view), SurfaceCard(view)
        self.parameter = ParameterCard(document, view.network.look.theme, view)
        self.player = PassPlayer(self._live)
        self._pointed = NOTHING
        self._probe_count = 1
        self._opening = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._hover_texts_due = Throttle(self)
        self._connect()
        view.viewport().installEventFilter(self)
        self._on_experiment_changed(document.experiment)

    def _connect(self) -> None:
        self._opening.timeout.connect(self._on_hover_due)
        self._hover_texts_due.due.connect(self._on_hover_texts_due)
        self._view.network.pointed.connect(self._on_pointed)
        self._live.inspection_shown.connect(self._on_inspection_shown)
        self._live.placed.connect(self._on_placed)
        self._bar.viewing_changed.connect(self._on_viewing_changed)
        self._bar.pass_requested.connect(self.begin_pass)
        self._bar.pace_changed.connect(self._on_pace_changed)
        self._bar.pass_bar.toggled.connect(self._on_pass_toggled)
        self._bar.pass_bar.stepped.connect(self.player.step)
        self._bar.pass_bar.closed.connect(self.player.end)
        self.player.changed.connect(self._on_pass_changed)
        self.player.ended.connect(self._on_pass_ended)
        self.parameter.picked.connect(self._on_parameter_picked)
        self.parameter.refused.connect(self.refused)
        self._document.changed.connect(self._on_experiment_changed)

    @property
    def viewing(self) -> Viewing:
        return self._live.viewing

    def set_theme(self, theme: Theme) -> None:
        """After the view has got it."""
        self._bar.set_theme(theme)
        self.parameter.set_theme(theme)
        self._on_placed()

    @Slot(object)
    def open_parameter(self, place: tuple[int, int, int]) -> None:
        """Open the card of a weight or bias: layer (from 0), neuron, source."""
        self._hide_hover()
        self.parameter.open(*place)
        self.parameter.stand_in(self._room())

    @Slot(str)
    def begin_pass(self, direction: str) -> None:
        """Play a forward or backward pass of what is looked at now."""
        inspection = self._live.inspection
        if inspection is None:
            self.refused.emit("There is nothing to pass yet: the network has not been looked at.")
            return
        self._hide_hover()
        style = self._view.style()
        duration = style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self._view)
        self.player.tween = duration > 0
        self.player.begin("forward" if direction == "forward" else "backward", inspection)
        self._bar.set_passing(True)

    # -- what is asked of the engine -------------------------------------------------------

    def _ask(self) -> None:
        hovered = self._pointed.index - 1 if self.hover.isVisible() else -1
        subject = self.viewing.subject(hovered if hovered >= 0 else None, self.parameter.place)
        if subject != self.subject:
            self.subject = subject
            self.subject_changed.emit(subject)

    @Slot(object)
    def _on_viewing_changed(self, viewing: Viewing) -> None:
        self._live.set_viewing(viewing, image_shape(self._document.experiment))
        if not viewing.surface:
            self.surface.show_surface(None)
        self._ask()

    @Slot(object)
    def _on_experiment_changed(self, experiment: Experiment) -> None:
        image = image_shape(experiment)
        self._bar.set_offers(image is not None, experiment.architecture.inputs == 2)
        self._live.set_viewing(self._bar.viewing(), image)
        if not self.viewing.surface:
            self.surface.show_surface(None)
        self._hide_hover()
        self._ask()

    @Slot(object)
    def _on_inspection_shown(self, inspection: Inspection) -> None:
        if inspection.subject.example is None and inspection.count != self._probe_count:
            self._probe_count = inspection.count
            self._bar.set_examples(inspection.count)
        if inspection.surface is not None and self.viewing.surface:
            self.surface.show_surface(inspection.surface)
        self.parameter.show_reading(inspection.reading, inspection.subject.parameter)
        self._hover_texts_due.request()

    # -- the card of a layer ---------------------------------------------------------------

    @Slot(object)
    def _on_pointed(self, target: Target) -> None:
        before, self._pointed = self._pointed, target
        self._mark_pointed(before, target)
        if target.kind not in LAYER_KINDS or self.player.is_playing:
            self._opening.stop()
            self._hide_hover()
        elif self.hover.isVisible():
            self._show_hover()
        elif target.column != before.column or not self._opening.isActive():
            self._opening.start()

    def _mark_pointed(self, before: Target, target: Target) -> None:
        edges = self._view.network.edges
        if before.kind == "edge" and before.index < len(edges):
            edges[before.index].marks.point_at(None)
        if target.kind == "edge":
            edges[target.index].marks.point_at((target.neuron, target.source))

    @Slot()
    def _on_hover_due(self) -> None:
        if self._pointed.kind in LAYER_KINDS and self._view.underMouse():
            self._show_hover()

    def _show_hover(self) -> None:
        network, column = self._view.network, self._pointed.index
        if column >= len(network.columns):
            return
        colour = network.look.layer(column, len(network.columns) - 2)
        self.hover.set_look(network.look, QColor(colour), self._room())
        self.hover.show_histograms(column > 0)
        self._fill_hover()
        self.hover.show_beside(self._column_rect(column), self._room())
        self._hover_texts_due.reset()
        self._ask()

    @Slot()
    def _on_hover_texts_due(self) -> None:
        if self.hover.isVisible():
            self._fill_hover()

    def _fill_hover(self) -> None:
        live, target = self._live, self._pointed
        inspection = live.inspection
        known = inspection
        if inspection is not None and inspection.subject.layer != target.index - 1:
            known = None  # the distributions are of the layer before
        self.hover.show_content(
            hover_text(target, live.architecture),
            hover_numbers(target, inspection),
            hover_image(target, live),
            known,
        )

    def _hide_hover(self) -> None:
        self._opening.stop()
        if self.hover.isVisible():
            self.hover.hide()
            self._ask()

    def _column_rect(self, column: int) -> QRect:
        layout = self._view.network.layout
        x, half = layout.columns[column].x, max(layout.radius, layout.frame_half)
        top, bottom = layout.bands.frame
        corners = QPointF(x - half, top), QPointF(x + half, bottom)
        return QRect(*map(self._view.mapFromScene, corners))

    def _room(self) -> QRect:
        return self._view.viewport().rect()

    # -- the card of a parameter -----------------------------------------------------------

    @Slot(object)
    def _on_parameter_picked(self, place: tuple[int, int, int] | None) -> None:
        for layer, edges in enumerate(self._view.network.edges):
            mine = place is not None and place[0] == layer and place[2] != BIAS
            edges.marks.pick(place[1:] if mine and place is not None else None)
        if place is None:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    # -- passes ----------------------------------------------------------------------------

    @Slot(float)
    def _on_pace_changed(self, seconds: float) -> None:
        self.player.seconds_per_layer = seconds

    @Slot()
    def _on_pass_toggled(self) -> None:
        self.player.toggle()

    @Slot()
    def _on_pass_changed(self) -> None:
        if self.player.current is not None:
            title = PASSES[self.player.current.direction]
            self._bar.pass_bar.show_state(title, self.player.text(), self.player.is_playing)

    @Slot()
    def _on_pass_ended(self) -> None:
        self._bar.set_passing(False)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- where everything stands -----------------------------------------------------------

    @Slot()
    def _on_placed(self) -> None:
        self._hide_hover()
        self._place_surface()
        self.surface.set_look(self._view.network.look)
        self.parameter.stand_in(self._room())
        self._on_parameter_marked()

    def _place_surface(self) -> None:
        """Under the output neurons, above the legend."""
        layout = self._view.network.layout
        below = layout.bands.speeds - 12 * layout.scale
        free = below - float(layout.columns[-1].y[-1]) - layout.radius - 8
        small = min(max(free, LEAST * layout.scale), SMALL * layout.scale)
        room = self._room()
        room.setBottom(self._view.mapFromScene(QPointF(0, below)).y())
        self.surface.place(room, int(small))

    def _on_parameter_marked(self) -> None:
        if (place := self.parameter.place) is not None and place[0] < len(self._view.network.edges):
            edge = None if place[2] == BIAS else place[1:]
            self._view.network.edges[place[0]].marks.pick(edge)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._opening.stop()
            self._hide_hover()
            if self.player.is_playing and event.button() == Qt.MouseButton.LeftButton:
                self.player.pause()
                self._bar.pass_bar.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        elif kind in (QEvent.Type.Wheel, QEvent.Type.Leave):
            self._hide_hover()
        return False
