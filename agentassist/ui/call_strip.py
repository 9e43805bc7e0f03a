# SPDX-License-Identifier: Apache-2.0
"""The line at the top: who is on the phone, since when, through which queue."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from agentassist.domain.call import Call, CallState
from agentassist.domain.history import Channel, Direction
from agentassist.domain.pre_call import Verification
from agentassist.domain.queue import QueueCounts
from agentassist.ui.channel_menu import pick_channel
from agentassist.ui.formats import lasting
from agentassist.ui.widgets import MARGIN, button, chip, column, em, label, restyle, row
from agentassist.ui.words import word

_FEWEST_EMS = 3
_CHIPS = {CallState.RINGING: "caution", CallState.TALKING: "yes", CallState.ENDED: "plain"}


class CallStrip(QFrame):
    """Shows a call without ever taking the focus.

    Signals:
        close_wanted: the agent wants to wrap the contact up.
        find_wanted: the agent wants to look a customer up without a call.
        queue_wanted: the agent wants to see what is open.
        move_wanted: the contact goes on on another channel, a Channel.
    """

    close_wanted = Signal()
    find_wanted = Signal()
    queue_wanted = Signal()
    move_wanted = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "strip")
        self._now = now
        self._call: Call | None = None
        self._state = chip("")
        self._who = label("", "heading")
        self._about = label("", "small")
        for text in (self._who, self._about):
            text.setMinimumWidth(em(_FEWEST_EMS))  # with large text, the buttons need the room
        self._verified = chip("")
        self._waiting = chip("", "caution")
        self._waiting.hide()
        self._time = label("", "heading")
        self._wrap_up = button(self.tr("&Wrap up"), self.close_wanted.emit, "primary", "Ctrl+W")
        self._find = button(self.tr("&Find customer"), self.find_wanted.emit, "", "Ctrl+F")
        self._queue = button("", self.queue_wanted.emit, "", "Ctrl+U")
        self._move = button(self.tr("Continue by…"), self._pick, "quiet")
        layout = row(
            self._state,
            column(self._who, self._about, gap=0),
            self._verified,
            None,
            self._waiting,
            self._time,
            self._move,
            self._wrap_up,
            self._queue,
            self._find,
            parent=self,
            margin=MARGIN,
            gap=MARGIN,
        )
        layout.setContentsMargins(MARGIN, 8, MARGIN, 8)
        self._ticker = QTimer(self, interval=1000)
        self._ticker.timeout.connect(self._tick)
        self.show_queue(QueueCounts())
        self.clear()

    def show_call(self, call: Call, name: str = "") -> None:
        """Show a call and, once known, the caller's name."""
        self._call = call
        self._state.setText(word(call.state))
        restyle(self._state, "chip", _CHIPS[call.state])
        number = call.remote or self.tr("Number withheld")
        self._who.setText(name or number)
        direction = (
            self.tr("Outgoing") if call.direction is Direction.OUTBOUND else self.tr("Incoming")
        )
        self._about.setText(
            " · ".join(filter(None, (direction, number if name else "", call.queue)))
        )
        self._wrap_up.setVisible(True)
        self._move.setVisible(True)
        self._tick()
        if call.state is CallState.ENDED:
            self._ticker.stop()
        else:
            self._ticker.start()

    def show_verification(self, found: Verification) -> None:
        """Say whether the caller proved who they are, and how."""
        if not found.proven:
            self._verified.setText(self.tr("Not verified"))
        elif found.by == "agent":
            self._verified.setText(self.tr("Verified by you"))
        elif found.by:
            self._verified.setText(self.tr("Verified: {means}").format(means=found.by[:24]))
        else:
            self._verified.setText(self.tr("Verified"))
        restyle(self._verified, "chip", "yes" if found.proven else "plain")
        self._verified.show()

    def show_waiting(self, count: int) -> None:
        """Say how many other calls wait."""
        self._waiting.setText(self.tr("%n more call(s)", "", count))
        self._waiting.setVisible(count > 0)

    def show_queue(self, counts: QueueCounts) -> None:
        """Say how much is open, and how much of it is late."""
        text = self.tr("Open {open}").format(open=f"{counts.open:,}")
        if counts.late:
            text += " · " + self.tr("{count} late").format(count=f"{counts.late:,}")
        self._queue.setText(text)
        self._queue.setAccessibleName(text)
        restyle(self._queue, "look", "late" if counts.late else "")

    def clear(self) -> None:
        """Show that the agent is free."""
        self._call = None
        self._ticker.stop()
        self._state.setText(self.tr("Ready"))
        restyle(self._state, "chip", "accent")
        self._who.setText(self.tr("No call"))
        self._about.setText(self.tr("The next caller appears here by itself."))
        self._time.setText("")
        self._wrap_up.setVisible(False)
        self._verified.hide()
        self._move.setVisible(False)

    def _pick(self) -> None:
        pick_channel(self._move, Channel.CALL, self.move_wanted.emit)

    def _tick(self) -> None:
        call = self._call
        if call is not None and call.started_at is not None:
            since = call.answered_at or call.started_at
            self._time.setText(lasting((call.ended_at or self._now()) - since))
