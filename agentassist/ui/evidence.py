# SPDX-License-Identifier: Apache-2.0
"""Evidence in words that fit on a chip: what agrees, what is a guess, what is shared."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from agentassist.domain.customer import Customer, Standing
from agentassist.domain.identity import Candidate, Evidence, Means
from agentassist.domain.merge import Agreement, Comparison
from agentassist.ui.widgets import TIGHT, Flow, chip
from agentassist.ui.words import field_word, word

Chip = tuple[str, str]
"""Text and look."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A customer whom a comparison found, with its evidence in words already."""

    customer: Customer
    chips: tuple[Chip, ...] = ()
    evidence: tuple[Evidence, ...] = ()


Shown = Candidate | Suggested
"""Somebody on a list: found by an identifier, or by a comparison of whole records."""

Candidates = Callable[[UUID], Sequence[Shown]]
"""Who may be the same person as a customer, the likeliest first, each with its evidence."""


def chips_of(candidate: Shown) -> list[Chip]:
    """Return what led to a customer, as chips."""
    if isinstance(candidate, Suggested):
        return list(candidate.chips)
    return [_chip(item) for item in candidate.evidence]


def in_short(candidate: Shown) -> str:
    """Return the evidence of a candidate in one line."""
    return ", ".join(text for text, _ in chips_of(candidate))


def is_guess(candidate: Shown) -> bool:
    """Tell whether everything that led to a customer is a guess."""
    return bool(candidate.evidence) and all(
        item.means is Means.LAST_DIGITS or item.standing is Standing.MAYBE
        for item in candidate.evidence
    )


def comparison_chips(found: Iterable[Comparison]) -> list[Chip]:
    """Return what two records have in common and what speaks against one person."""
    return [_comparison(item) for item in found]


def chip_row(chips: Iterable[Chip]) -> Flow:
    """Return chips in a row that wraps."""
    flow = Flow(gap=TIGHT)
    for text, look in chips:
        flow.add(chip(text, look))
    return flow


def _comparison(item: Comparison) -> Chip:
    what = field_word(item.what)
    if item.agreement is Agreement.SAME:
        return QCoreApplication.translate("evidence", "same {what}").format(what=what), "yes"
    if item.agreement is Agreement.SHARED:
        return QCoreApplication.translate("evidence", "shared {what}").format(what=what), "plain"
    return QCoreApplication.translate("evidence", "different {what}").format(what=what), "danger"


def _chip(item: Evidence) -> Chip:
    if item.standing is Standing.MAYBE:
        return _guess(item.label), "caution"
    if item.standing is Standing.SHARED:
        text = QCoreApplication.translate("evidence", "shared {what}")
        return text.format(what=word(item.kind)), "plain"
    text = QCoreApplication.translate("evidence", "{means} {kind}")
    look = "caution" if item.means is Means.LAST_DIGITS else "yes"
    return text.format(means=word(item.means), kind=word(item.kind)), look


def _guess(source: str) -> str:
    if not source:
        return QCoreApplication.translate("evidence", "a guess")
    text = QCoreApplication.translate("evidence", "a guess, from: {source}")
    return text.format(source=source)
