# SPDX-License-Identifier: Apache-2.0
"""Evidence in words that fit on a chip: what agrees, what is a guess, what is shared."""

from collections.abc import Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from agentassist.domain.comparison import Clue, Comparison, Field, How, Veto
from agentassist.domain.customer import Standing
from agentassist.domain.duplicates import Suggestion
from agentassist.domain.identity import Candidate, Evidence, Means
from agentassist.ui.widgets import TIGHT, Flow, chip
from agentassist.ui.words import word

Chip = tuple[str, str]
"""Text and look."""

_IN_SHORT = 3
_ADJECTIVES = frozenset({How.SAME, How.SIMILAR, How.MAYBE, How.DIFFERENT})
_ADJECTIVE = QT_TRANSLATE_NOOP("evidence", "{how} {what}")
_NOTE = QT_TRANSLATE_NOOP("evidence", "{what}: {how}")
_FORBIDS = {
    Veto.ID_NUMBER: Field.ID_NUMBER,
    Veto.BIRTH_DATE: Field.BIRTH_DATE,
    Veto.GIVEN_NAME: Field.NAME,
    Veto.NAME: Field.NAME,
}


Shown = Candidate | Suggestion
"""Somebody on a list: found by an identifier, or by a comparison of whole records."""


def chips_of(shown: Shown) -> list[Chip]:
    """Return what led to a customer, as chips."""
    if isinstance(shown, Suggestion):
        return comparison_chips(shown.comparison)
    return [_chip(item) for item in shown.evidence]


def in_short(shown: Shown) -> str:
    """Return the evidence for a customer in one line: the strongest, and what is against it."""
    if isinstance(shown, Candidate):
        return ", ".join(text for text, _ in chips_of(shown))
    speaks = [text for text, look in chips_of(shown) if look == "yes"][:_IN_SHORT]
    against = [text for text, look in chips_of(shown) if look == "danger"]
    return ", ".join((*speaks, *against))


def is_guess(candidate: Candidate) -> bool:
    """Tell whether everything that led to a customer is a guess."""
    return bool(candidate.evidence) and all(
        item.means is Means.LAST_DIGITS or item.standing is Standing.MAYBE
        for item in candidate.evidence
    )


def comparison_chips(comparison: Comparison) -> list[Chip]:
    """Return what two records have in common, the strongest first, and what is against it."""
    told = {_FORBIDS.get(veto) for veto in comparison.vetoes}
    clues = sorted(comparison.clues, key=lambda clue: -clue.weight)
    against = comparison.contradictions
    chips = [_clue(clue, clue in against) for clue in clues if clue.field not in told]
    return chips + [(word(veto), "danger") for veto in comparison.vetoes if veto in _FORBIDS]


def chip_row(chips: Iterable[Chip]) -> Flow:
    """Return chips in a row that wraps."""
    flow = Flow(gap=TIGHT)
    for text, look in chips:
        flow.add(chip(text, look))
    return flow


def _clue(clue: Clue, contradicts: bool) -> Chip:  # noqa: FBT001  one of two looks
    pattern = _ADJECTIVE if clue.how in _ADJECTIVES else _NOTE
    text = QCoreApplication.translate("evidence", str(pattern))
    said = text.format(how=word(clue.how), what=word(clue.field))
    return said, "danger" if contradicts else _look(clue)


def _look(clue: Clue) -> str:
    if clue.how is How.SHARED:
        return "plain"
    return "yes" if clue.weight > 0 and clue.how is not How.MAYBE else "caution"


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
