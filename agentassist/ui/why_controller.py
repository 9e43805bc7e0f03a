# SPDX-License-Identifier: Apache-2.0
"""Finds what would make a verdict a yes, once the agent asks why."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from agentassist.domain.verdict import Prompt
from agentassist.ui.call_controller import CallController
from agentassist.ui.prompt_board import PromptBoard
from agentassist.ui.task_runner import Lane, TaskRunner

if TYPE_CHECKING:
    from agentassist.services.desk import Desk


class WhyController(QObject):
    """Asks in the background: it takes milliseconds, and the newest question counts."""

    def __init__(
        self,
        desk: "Desk",
        runner: TaskRunner,
        board: PromptBoard,
        calls: CallController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._board = board
        self._calls = calls
        board.why_wanted.connect(self._explain)

    def _explain(self, prompt: Prompt) -> None:
        contact = self._calls.contact
        call_id = contact.call.id if contact else None
        policies = self._desk.policies
        job = partial(policies.ways_to_yes, prompt.verdict, prompt.language, call_id=call_id)
        show = partial(self._board.show_ways, prompt)
        self._runner.submit(Lane.MODEL, job, show, key="why")
