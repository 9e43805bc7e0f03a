# SPDX-License-Identifier: Apache-2.0
"""A way through the policy lab on the sample, as a supervisor would go it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from PySide6.QtWidgets import QWidget

from agentassist.domain.policy_form import TestForm
from agentassist.ui.lab_controller import LabController
from agentassist.ui.lab_opener import LabOpener
from agentassist.ui.lab_window import LabWindow

_POLICY = "hotel.breakfast.late"
_RULE = ("declines", 1, "when")
_LATER = ("hotel.time between 13:31 and 17:00",)
_TESTS = ("tests",)
_LUNCH, _LUNCH_NOW = "11:01", "13:31"
_TRIED = {"hotel.time": "14:00", "hotel.is_weekend": "no", "hotel.occupancy_pct": "60"}

Wait = Callable[[Callable[[], bool]], None]
"""Handles events until something is true."""


class Host(Protocol):
    """What has a lab to open."""

    lab: LabOpener | None

    def open_lab(self) -> None:
        """Open the policy lab."""


class LabTour:
    """Opens the lab of an application, changes a policy and looks back."""

    def __init__(self, host: Host, wait: Wait) -> None:
        self._host, self._wait = host, wait
        self._window: LabWindow | None = None
        self._controller: LabController | None = None

    @property
    def window(self) -> LabWindow:
        """The lab's window, once it is open."""
        assert self._window is not None  # noqa: S101  `open` comes first
        return self._window

    @property
    def controller(self) -> LabController:
        """Who holds the order in the lab, once it is open."""
        assert self._controller is not None  # noqa: S101  `open` comes first
        return self._controller

    def open(self, size: tuple[int, int]) -> LabWindow:
        """Open the lab and wait for its list."""
        self._host.open_lab()
        opener = self._host.lab
        assert opener is not None  # noqa: S101  the desk is ready
        self._wait(lambda: opener.window is not None)
        self._window, self._controller = opener.window, opener.controller
        self.window.resize(*size)
        self._wait(lambda: self.window.list.model.rowCount() > 0)
        return self.window

    def sign_in(self, login: str, password: str) -> None:
        """Sign in as a person would."""
        line = self.window.sign_in
        if line.isHidden():
            self.window.sign_button.click()
        line.login.setText(login)
        line.password.setText(password)
        line.sign_button.click()
        self._wait(line.isHidden)

    def read(self, policy_id: str) -> None:
        """Open a policy."""
        self.window.list.policy_chosen.emit(policy_id)
        form = self.window.form
        self._wait(lambda: form.form is not None and form.form.id == policy_id)

    def edit(self, path: tuple[str | int, ...], value: object) -> None:
        """Change a part of the form and wait until it is saved and checked."""
        context = self.window.form.context
        assert context is not None  # noqa: S101  `read` comes first
        checked: list[object] = []
        self.controller.editor.checked.connect(checked.append)
        context.change(path, value)
        self._wait(lambda: bool(checked) and not self.controller.editor.unsaved)
        self.controller.editor.checked.disconnect(checked.append)

    def change(self) -> None:
        """Serve breakfast longer, and try it."""
        self.sign_in("dana", "maple and pine")
        self.read(_POLICY)
        self.edit(_RULE, _LATER)
        self.mend_tests()
        self.window.trial.set_values(_TRIED)
        self._wait(lambda: self.window.trial.card is not None)
        self.window.toast.hide()
        self.window.form.go_to(("decline", 1))

    def mend_tests(self) -> None:
        """Let the author's tests say what is true now that breakfast is served longer."""
        form = self.window.form.form
        assert form is not None  # noqa: S101  `read` comes first
        mended = (
            replace(test, expect="yes", alternatives=None) if _at_lunch(test) else test
            for test in form.tests
        )
        self.edit(_TESTS, tuple(mended))

    def replay(self) -> None:
        """Replay past decisions over the draft."""
        page = self.window.what_if
        self.show(page)
        self._wait(page.run.isEnabled)
        page.run.click()
        self._wait(lambda: page.result is not None)

    def show(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self.window.show_page(page)

    def close(self) -> None:
        """Close the lab's window; the desk goes on."""
        self.window.close()


def _at_lunch(test: TestForm) -> bool:
    """True for a time that was lunch and is breakfast now; written times compare as texts."""
    time = str(test.facts.get("hotel.time", "")).rjust(5, "0")
    return _LUNCH <= time < _LUNCH_NOW
