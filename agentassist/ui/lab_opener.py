# SPDX-License-Identifier: Apache-2.0
"""Opens the policy lab beside the desk; its parts are loaded when it is first wanted."""

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from agentassist.ui.task_runner import Lane, TaskRunner
from agentassist.ui.theme import Theme

if TYPE_CHECKING:
    from agentassist.services.desk import Desk
    from agentassist.ui.lab_controller import LabController
    from agentassist.ui.lab_window import LabWindow

_PARTS = "agentassist.ui.lab_controller"


class LabOpener(QObject):
    """One lab window for each desk; `close` it with the desk.

    Signals:
        opened: the window is on screen.
        activated: other policies are in force.
        failed: an error while it was opened.
    """

    opened = Signal()
    activated = Signal()
    failed = Signal(object)

    def __init__(
        self,
        desk: "Desk",
        runner: TaskRunner,
        theme: Theme,
        now: Callable[[], datetime],
        layout_file: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._runner, self._theme, self._now = desk, runner, theme, now
        self._layout_file = layout_file
        self.window: LabWindow | None = None
        self.controller: LabController | None = None
        self._making: Iterator[Any] | None = None
        self._parts: list[Any] = []

    def open(self) -> None:
        """Show the lab, or bring it to the front."""
        if self.window is not None:
            self.window.come_forward()
        else:
            # The window's modules take longer to load than a frame lasts.
            load = lambda: import_module(_PARTS)  # noqa: E731
            self._runner.submit(
                Lane.IO, load, lambda _: self._begin(), self.failed.emit, "lab-open"
            )

    def close(self) -> None:
        """Save what was typed and take the window away."""
        self._making = None
        if self.controller is not None and self.window is not None:
            self.controller.close()
            self.window.close()
            self.window.deleteLater()
            self.controller = self.window = None

    def _begin(self) -> None:
        """Make the window part by part, so that a desk in a call goes on painting."""
        from agentassist.ui.lab_parts import part_by_part  # noqa: PLC0415  see `open`

        if self.window is None and self._making is None:
            self._making = part_by_part(self._theme, self._now)
            self._parts.clear()
            self._go_on()

    def _go_on(self) -> None:
        if self._making is None:
            return
        part = next(self._making, None)
        if part is None:
            self._making = None
            self._finish()
        else:
            self._parts.append(part)
            QTimer.singleShot(0, self, self._go_on)

    def _finish(self) -> None:
        from agentassist.ui.lab_controller import LabController  # noqa: PLC0415  see `open`
        from agentassist.ui.lab_parts import LabParts  # noqa: PLC0415
        from agentassist.ui.lab_window import LabWindow  # noqa: PLC0415

        parts = LabParts(*self._parts)
        self._parts.clear()
        self.window = LabWindow(self._theme, self._now, self._layout_file, parts)
        self.controller = LabController(
            self._desk.lab, self._desk.staff.sign_in, self._runner, self.window, self._now, self
        )
        self.controller.activated.connect(self.activated)
        self.controller.start()
        self.window.show()
        self.window.activateWindow()
        self.opened.emit()
