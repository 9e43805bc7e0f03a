# SPDX-License-Identifier: Apache-2.0
"""From the entered line to the painted prompt, in the real window, among 200 policies."""

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QWidget

from agentassist.domain.call import Speaker
from agentassist.domain.policy import Bundle
from agentassist.domain.verdict import Match
from benchmarks import knowledge, many_policies, models
from benchmarks.figures import Budget, Figure, figure
from benchmarks.options import Options
from benchmarks.painted import Painted
from benchmarks.stage import Stage, rest

_POLICIES = 200
_POLICIES_QUICK = 40
_PASSAGES = 10_000
_PASSAGES_QUICK = 1_000
_REPEATS = 4
_PAUSE = 0.25
_BUDGET = Budget(150, on_p95=True)
_NUMBER = "+1 303-555-0142"


def measure(options: Options) -> list[Figure]:
    """Ask what each shipped policy answers, several times, as a customer would."""
    count = _POLICIES_QUICK if options.quick else _POLICIES
    passages = _PASSAGES_QUICK if options.quick else _PASSAGES
    repeats = 1 if options.quick else _REPEATS
    with TemporaryDirectory(prefix="agentassist-bench-") as folder:
        data_dir = knowledge.copied(options, passages, Path(folder) / "data")
        policies = many_policies.made(Path(folder) / "policies", count)
        with closing(Stage(data_dir, models.exported(options), policies)) as stage:
            stage.start()
            stage.call(_NUMBER)
            rest(1.0)
            desk = Prompts(stage)
            lines = questions(desk.bundle)
            desk.ask(*lines[0])  # what is loaded by the first prompt alone
            times = [1000 * desk.ask(*line) for _ in range(repeats) for line in lines]
            return [_figure(times, len(desk.bundle.policies))]


def _figure(times: list[float], count: int) -> Figure:
    name = f"utterance to painted prompt, {count} policies"
    return figure(name, "ms", times, _BUDGET, "Enter to paint, the search for articles beside it")


def questions(bundle: Bundle) -> list[tuple[str, str]]:
    """Return (policy id, line) of what ships: an example, with a word or two before it."""
    own = (policy for policy in bundle.policies.values() if "made_up" not in policy.id)
    return [(x.id, f"Hello, {x.examples['en'][0]}, please") for x in own if x.examples.get("en")]


@dataclass(slots=True)
class Prompts:
    """The conversation panel of a stage, and when a prompt is painted in it."""

    stage: Stage
    _wanted: str = ""
    _painted: Painted = field(init=False)

    def __post_init__(self) -> None:
        page = self.stage.panes.conversation.findChild(QWidget, "scrolled")
        if page is None:
            raise RuntimeError("the conversation has no page")
        self._painted = Painted(page, self._shows)

    @property
    def bundle(self) -> Bundle:
        """The bundle in force."""
        desk = self.stage.application.desk
        if desk is None or desk.policies.bundle is None:
            raise RuntimeError("no policies are loaded")
        return desk.policies.bundle

    def ask(self, policy_id: str, text: str) -> float:
        """Enter a line as the customer; return the seconds until its prompt is painted."""
        board, contact = self.stage.application.board, self.stage.contact
        if board is None or contact is None:
            raise RuntimeError("there is no contact")
        board.clear()
        contact.closed_policies.clear()
        rest(_PAUSE)
        self._wanted = policy_id
        line = self.stage.panes.conversation.line
        return self.stage.timed(self._painted, lambda: line.entered.emit(Speaker.CUSTOMER, text))

    def _shows(self) -> bool:
        board = self.stage.application.board
        cards = board.cards if board else ()
        found = (card for card in cards if card.prompt.verdict.policy_id == self._wanted)
        return any(card.isVisible() and card.prompt.match in Match for card in found)
