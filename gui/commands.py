"""What the actions do: one slot per entry of the table."""

import secrets
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMessageBox

from engine.edits import change_training
from gui.actions import STUDY
from gui.view_switch import CHAIN, NETWORK

if TYPE_CHECKING:
    from gui.main_window import MainWindow

ABOUT = """<h3>∇ Nablascope</h3>
<p>Why are deep neural networks hard to train? A laboratory after chapter 5 of Michael Nielsen,
<i>Neural Networks and Deep Learning</i> (2015).</p>
<p>MNIST: Y. LeCun, C. Cortes, C. Burges (CC BY-SA 3.0). Program: MIT licence.</p>"""
SCALE_STEP = 1.1


class Commands(QObject):
    """Slots named ``on_<action>``; they ask the window's parts to act."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    @Slot()
    def on_new(self) -> None:
        self._window.files.new()

    @Slot()
    def on_open(self) -> None:
        self._window.files.ask_and_open()

    @Slot()
    def on_save(self) -> None:
        if self._window.architecture.apply():
            self._window.files.save()

    @Slot()
    def on_save_as(self) -> None:
        self._window.files.ask_and_save()

    @Slot()
    def on_export_weights(self) -> None:
        self._window.exports.ask_and_write_weights()

    @Slot()
    def on_export_plots(self) -> None:
        self._window.plot_exports.ask_all()

    @Slot()
    def on_export_runs(self) -> None:
        self._window.runs.ask_and_export()

    @Slot()
    def on_quit(self) -> None:
        self._window.close()

    @Slot()
    def on_cut(self) -> None:
        self._window.network.canvas.cut_layers()

    @Slot()
    def on_copy(self) -> None:
        self._window.network.canvas.copy_layers()

    @Slot()
    def on_paste(self) -> None:
        self._window.network.canvas.paste_layers()

    @Slot()
    def on_duplicate(self) -> None:
        self._window.network.canvas.duplicate_layers()

    @Slot()
    def on_remove(self) -> None:
        self._window.network.canvas.remove_layers()

    @Slot()
    def on_select_all(self) -> None:
        self._window.network.canvas.select_all()

    @Slot()
    def on_architecture(self) -> None:
        self._window.architecture.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(bool)
    def on_play(self, playing: bool) -> None:
        session = self._window.session
        if playing:
            session.resume()
        else:
            session.pause()
        self._window.show_running(session.is_running)

    @Slot()
    def on_step(self) -> None:
        self._window.session.step_once()

    @Slot()
    def on_epoch(self) -> None:
        self._window.session.epoch_once()

    @Slot()
    def on_moment_back(self) -> None:
        self._window.network.go(-1)

    @Slot()
    def on_moment_forward(self) -> None:
        self._window.network.go(1)

    @Slot()
    def on_branch(self) -> None:
        self._window.run.branch()

    @Slot()
    def on_restart(self) -> None:
        self._window.run.begin(self._window.session.is_running, anew=True)

    @Slot()
    def on_new_seed(self) -> None:
        document = self._window.document
        seed = secrets.randbelow(1_000_000)
        document.change("New seed", change_training(document.experiment, seed=seed))

    @Slot()
    def on_forward_pass(self) -> None:
        self._window.network.panel.play_pass("forward")

    @Slot()
    def on_backward_pass(self) -> None:
        self._window.network.panel.play_pass("backward")

    @Slot()
    def on_nudge(self) -> None:
        self._window.chain.nudge()

    @Slot()
    def on_redraw(self) -> None:
        self._window.chain.redraw()

    @Slot()
    def on_reset_chain(self) -> None:
        self._window.chain.reset()

    @Slot()
    def on_longer_chain(self) -> None:
        self._window.chain.add_neurons(1)

    @Slot()
    def on_shorter_chain(self) -> None:
        self._window.chain.add_neurons(-1)

    @Slot()
    def on_study(self) -> None:
        if (action := self.sender()) is not None:
            self._window.chain.show_entry(action.objectName().removeprefix(STUDY))

    @Slot()
    def on_copy_chain(self) -> None:
        self._window.chain_exports.copy_text()

    @Slot()
    def on_copy_latex(self) -> None:
        self._window.chain_exports.copy_latex()

    @Slot()
    def on_export_picture(self) -> None:
        self._window.chain_exports.ask_and_write_picture()

    @Slot()
    def on_network(self) -> None:
        self._window.show_view(NETWORK)

    @Slot()
    def on_chain(self) -> None:
        self._window.show_view(CHAIN)

    @Slot()
    def on_zoom_in(self) -> None:
        self._window.network.canvas.zoom_in()

    @Slot()
    def on_zoom_out(self) -> None:
        self._window.network.canvas.zoom_out()

    @Slot()
    def on_zoom_fit(self) -> None:
        self._window.network.canvas.zoom_to_fit()

    @Slot(bool)
    def on_dark(self, dark: bool) -> None:
        self._window.set_theme("dark" if dark else "light")

    @Slot()
    def on_larger(self) -> None:
        self._window.set_scale(self._window.scale * SCALE_STEP)

    @Slot()
    def on_smaller(self) -> None:
        self._window.set_scale(self._window.scale / SCALE_STEP)

    @Slot(bool)
    def on_settings(self, shown: bool) -> None:
        self._window.network.show_settings(shown)

    @Slot()
    def on_maximise_plot(self) -> None:
        plots = self._window.network.plots
        if key := plots.maximised or plots.focused():
            plots.maximise(key)

    @Slot(bool)
    def on_plots_only(self, only: bool) -> None:
        self._window.network.plots.set_wide(only)

    @Slot()
    def on_usual_plots(self) -> None:
        self._window.network.plots.show_usual()

    @Slot()
    def on_every_plot(self) -> None:
        self._window.network.plots.show_every()

    @Slot(bool)
    def on_half_rate(self, half: bool) -> None:
        self._window.session.frame = 1 / 30 if half else 1 / 60

    @Slot(bool)
    def on_full_screen(self, full: bool) -> None:
        if full:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    @Slot()
    def on_about(self) -> None:
        QMessageBox.about(self._window, "About Nablascope", ABOUT)
