# SPDX-License-Identifier: Apache-2.0
"""The panel asks for what is needed and no more, and forgets passwords."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from agentassist.domain.money import Money
from agentassist.domain.override import OverrideKind, Signing
from agentassist.domain.verdict import Authority
from agentassist.ui.sign_panel import Filled, SignPanel
from agentassist.ui.theme import Theme

ABOVE = Authority("agent", "fee", Money(4_500, "USD"), Money(1_500, "USD"), "lead")
WITHIN = Signing(OverrideKind.WITHIN, 0, Authority())
UNKNOWN = Signing(OverrideKind.WITHIN, 0, Authority("agent", "fee"))
SIGNED = Signing(OverrideKind.SIGNED, 1, ABOVE)
DUAL = Signing(OverrideKind.DUAL_CONTROL, 2, Authority())
NOBODY = Signing(OverrideKind.SIGNED, 1, Authority("lead", "fee", Money(9, "USD"), Money(0, "USD")))

COST = "What it costs us, such as 40.00 (empty: nothing)"

Make = Callable[[Signing], SignPanel]


@pytest.fixture
def make(theme: Theme, qtbot: QtBot) -> Make:
    def panel(need: Signing) -> SignPanel:
        made = SignPanel(need, "Refund of a fee")
        qtbot.addWidget(made)
        made.show()
        return made

    return panel


def names(panel: SignPanel) -> list[str]:
    return [f.accessibleName() for f in panel.findChildren(QLineEdit) if not f.isHidden()]


def field(panel: SignPanel, name: str) -> QLineEdit:
    (found,) = [f for f in panel.findChildren(QLineEdit) if f.accessibleName() == name]
    return found


def buttons(panel: SignPanel) -> list[str]:
    return [b.text() for b in panel.findChildren(QPushButton) if not b.isHidden()]


@pytest.mark.parametrize(
    ("need", "asked", "shown"),
    [
        (WITHIN, [], ["Say yes", "Cancel"]),
        (UNKNOWN, [COST, "Login", "Password"], ["Say yes", "Cancel"]),
        (SIGNED, ["Login", "Password"], ["Sign", "Cancel"]),
        (DUAL, ["Login 1", "Password 1", "Login 2", "Password 2"], ["Sign", "Cancel"]),
    ],
)
def test_it_asks_for_what_is_needed(
    make: Make, need: Signing, asked: list[str], shown: list[str]
) -> None:
    panel = make(need)
    assert names(panel) == ["Why? In one sentence", *asked]
    assert buttons(panel) == shown


def test_where_nobody_may_sign_nothing_is_asked(make: Make) -> None:
    panel = make(NOBODY)
    assert names(panel) == []
    assert buttons(panel) == ["Cancel"]
    assert panel.accessibleName() == "More than anybody may sign now: Refund of a fee"


def test_enter_signs_once_and_escape_goes_back(make: Make, qtbot: QtBot) -> None:
    panel = make(SIGNED)
    told: list[Filled] = []
    left: list[bool] = []
    panel.signed.connect(told.append)
    panel.cancelled.connect(lambda: left.append(True))
    qtbot.keyClicks(field(panel, "Why? In one sentence"), "Twice delayed")
    qtbot.keyClicks(field(panel, "Login"), "mina")
    qtbot.keyClicks(field(panel, "Password"), "secret word")
    for _ in range(2):
        qtbot.keyClick(field(panel, "Password"), Qt.Key.Key_Return)
    assert told == [Filled("Twice delayed", (("mina", "secret word"),), "")]
    qtbot.keyClick(field(panel, "Login"), Qt.Key.Key_Escape)
    assert left == [True]


def test_a_fault_is_told_inline_and_only_passwords_go(make: Make, qtbot: QtBot) -> None:
    panel = make(DUAL)
    for name in ("Why? In one sentence", "Login 1", "Password 1", "Password 2"):
        qtbot.keyClicks(field(panel, name), "typed")
    panel.show_fault("Login and password do not match.")
    assert panel.accessibleDescription() == "Login and password do not match."
    kept = {f.accessibleName(): f.text() for f in panel.findChildren(QLineEdit) if f.text()}
    assert kept == {"Why? In one sentence": "typed", "Login 1": "typed"}


def test_a_password_is_never_shown_nor_written_out(make: Make) -> None:
    panel = make(SIGNED)
    assert field(panel, "Password").echoMode() is QLineEdit.EchoMode.Password
    assert "secret word" not in repr(Filled("why", (("mina", "secret word"),), ""))
