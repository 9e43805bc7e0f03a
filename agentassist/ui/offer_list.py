# SPDX-License-Identifier: Apache-2.0
"""What can be done instead, or safely: one key each, with owner, time, cost and who signs."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from agentassist.domain.verdict import Discovery, Offer, Verdict, VerdictKind
from agentassist.ui.prompt_parts import Keys, answer, choice
from agentassist.ui.prompt_times import within
from agentassist.ui.prompt_words import about_offer
from agentassist.ui.widgets import GAP, TIGHT, Flow, button, column
from agentassist.ui.words import word


class OfferList(QWidget):
    """The alternatives or safe paths of a verdict; `take` gets the one the customer accepts."""

    def __init__(
        self,
        verdict: Verdict,
        keys: Keys,
        take: Callable[[Offer], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = column(parent=self, gap=TIGHT)
        for place, offer in enumerate(verdict.alternatives, start=1):
            about = _about(verdict, offer)
            made = choice(place, offer.text, about, partial(take, offer))
            made.setToolTip(self.tr("The customer accepts this"))
            keys.add(made, f"Alt+{place}")
            layout.addWidget(made)


def _about(verdict: Verdict, offer: Offer) -> str:
    if verdict.kind is VerdictKind.REFUSE:
        return f"{word(offer.owner)} · {within(offer.within_hours)}"
    return about_offer(offer)


class NeedList(QWidget):
    """The needs that may be behind a request; `choose` gets the one, or nothing to skip."""

    def __init__(
        self,
        discovery: Discovery,
        keys: Keys,
        choose: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        needs = Flow(GAP)
        for place, (key, name) in enumerate(discovery.needs, start=1):
            made = answer(place, name, partial(choose, key))
            keys.add(made, f"Alt+{place}")
            needs.add(made)
        skip = button(self.tr("Skip"), partial(choose, ""), "quiet")
        skip.setToolTip(self.tr("They would not say: show the alternatives"))
        keys.add(skip, "Alt+9")
        needs.add(skip)
        column(needs, parent=self, gap=TIGHT)
