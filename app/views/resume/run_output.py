"""The Output tab comes and goes with the selected session.

One idea: a session that no launcher was started from here has nothing to show; a launcher that is just
starting is brought forward. Not for what the tab shows (`output_view`).
"""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from app.resume_exchange import Run
from app.views.detail import DetailPane


class RunOutput(QObject):
    """Shows the output of runs in one detail pane. `watched` carries the session that the run on the screen
    has made, None for none.
    """

    watched = Signal(object)

    def __init__(self, detail: DetailPane) -> None:
        super().__init__(detail)
        self._detail = detail
        self._directory: str | None = None
        self._heir = ""
        self._watched: str | None = None
        detail.tabs.currentChanged.connect(lambda _: self._tell())

    def follow(self, directory: str | None) -> None:
        """Another session is selected, or none."""
        self._directory, self._heir = directory, ""
        self._show()

    def follow_heir(self, heir: str) -> None:
        """The selected session was resumed as this one; "" if it was not, or that is not known. A run knows
        the session that it began on by its directory of then, and the one that it made.
        """
        self._heir = heir
        self._show()

    def put(self, run: Run) -> None:
        """Take in what became of a launcher that was started from here."""
        self._detail.output.put(run)
        self._show()
        if run.state == "starting":
            self.bring_forward()

    def bring_forward(self) -> None:
        """Go to what the launcher of the selected session says, where there is one."""
        if self._run() is None:
            return
        if self._detail.state.isAncestorOf(QApplication.focusWidget() or self._detail):
            self._detail.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)
        self._detail.tabs.setCurrentWidget(self._detail.output)

    def _show(self) -> None:
        run = self._run()
        self._detail.show_output_tab(run is not None)
        if run is not None:
            self._detail.output.show_run(run)
        self._tell()

    def _tell(self) -> None:
        on_screen = self._detail.tabs.currentWidget() is self._detail.output
        run = self._run() if on_screen else None
        watched = (run.session or None) if run is not None else None
        if watched != self._watched:
            self._watched = watched
            self.watched.emit(watched)

    def _run(self) -> Run | None:
        output = self._detail.output
        return output.run_of(self._directory) or output.run_that_made(self._heir)
