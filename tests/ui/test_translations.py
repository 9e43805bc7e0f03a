# SPDX-License-Identifier: Apache-2.0
"""Every string has a finished translation, and a Korean window has no English left."""

import ast
import importlib.util
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from agentassist.domain.call import CallState, Speaker, Utterance
from agentassist.domain.customer import ContactKind, Preference
from agentassist.domain.history import Essentials, Purchase, PurchaseLine, Timeline
from agentassist.domain.identifiers import new_id
from agentassist.domain.identity import Attempt, Candidate, Evidence, Means, Outcome, Recognition
from agentassist.domain.knowledge import (
    Article,
    Audience,
    Passage,
    SearchMode,
    Strength,
    Suggestion,
    Suggestions,
)
from agentassist.domain.money import Money
from agentassist.domain.promise import Promise
from agentassist.domain.verdict import (
    Match,
    Offer,
    Owner,
    Prompt,
    Question,
    Verdict,
    VerdictKind,
    Wording,
)
from agentassist.domain.wrap_up import Disposition, LineKind, SummaryLine
from agentassist.errors import UserError
from agentassist.services.wrap_up import Review
from agentassist.ui.desk_window import DeskWindow
from agentassist.ui.policy_prompt import PolicyPrompt
from agentassist.ui.theme import Theme
from agentassist.ui.translations import install
from agentassist.ui.words import sentence, state
from tests.ui.conftest import NOON, call, customer, timeline

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / ".ci" / "translations.py"
FILES = sorted((ROOT / "resources" / "translations").glob("*.ts"))
# Keys of the keyboard, one-letter keys of a card, versions, and the product's own name.
LATIN_ALLOWED = re.compile(
    r"\b(?:Ctrl|Shift|Alt|Enter|Return|Esc|agentassist|v\d+|[A-Z])\b", re.ASCII
)
MNEMONIC = re.compile(r"\(&([A-Z])\)")


def messages(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each source text with its translation, or with all its plural forms."""
    for message in ET.parse(file).iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")]
        yield message.findtext("source") or "", forms or [translation.text or ""]


class TestFiles:
    def test_nothing_is_missing_or_unfinished(self) -> None:
        done = subprocess.run(
            [sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False
        )
        assert (done.stdout, done.returncode) == ("", 0), done.stderr

    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
    def test_the_compiled_file_is_up_to_date(self, file: Path, tmp_path: Path) -> None:
        fresh = tmp_path / "fresh.qm"
        tool = Path(sys.executable).with_name("pyside6-lrelease")
        subprocess.run([str(tool), str(file), "-qm", str(fresh)], check=True, capture_output=True)
        assert fresh.read_bytes() == file.with_suffix(".qm").read_bytes()

    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
    def test_what_is_filled_in_survives(self, file: Path) -> None:
        holes = re.compile(r"\{[^{}]*\}|%n")
        lost = [
            source
            for source, forms in messages(file)
            for form in forms
            if Counter(holes.findall(source)) != Counter(holes.findall(form))
        ]
        assert lost == []

    def test_a_key_in_the_source_is_a_key_in_korean(self) -> None:
        (korean,) = (file for file in FILES if file.stem.endswith("_ko"))
        wrong = [
            source
            for source, forms in messages(korean)
            if len(re.findall("&[^&]", source)) != len(MNEMONIC.findall(forms[0]))
        ]
        assert wrong == []


class TestCollector:
    @pytest.fixture
    def collector(self) -> ModuleType:
        spec = importlib.util.spec_from_file_location("translations", SCRIPT)
        assert spec is not None
        assert spec.loader is not None
        made = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(made)
        return made

    @pytest.mark.parametrize(
        ("code", "found"),
        [
            ('raise Base("One {x}.", x=1)', {"One {x}."}),
            ('raise Child(place("not this."), "Two.")', {"Two."}),
            ('def fail(key, template): raise Base(template)\nfail("key.", "Three.")', {"Three."}),
            ('class A:\n def f(self, template): pass\nA().f("Four.")', {"Four."}),
            ('text = "Five."\nRecord("R1.", text)', {"Five."}),
            ('raise Base("Six." if x else "Seven.")', {"Six.", "Seven."}),
            ('raise Base("size")', set()),
            ('raise ValueError("Eight.")', set()),
        ],
    )
    def test_finds_the_templates(self, collector: ModuleType, code: str, found: set[str]) -> None:
        classes = ast.parse(
            "class Grandchild(Child): pass\n"
            "class Child(Base):\n def __init__(self, place, template): pass\n"
            "class Base:\n def __init__(self, template, **values): pass\n"
            "class Record:\n rule: str\n template: str\n"
        )
        makers = collector.class_makers([classes])
        assert makers == {"Base": 0, "Child": 1, "Grandchild": 1, "Record": 1}
        assert set(collector.error_templates(ast.parse(code), makers)) == found


@pytest.fixture
def korean(qapp: QApplication, theme: Theme) -> Iterator[None]:
    """Korean for one test: English has only plural forms, so Korean would show through."""
    before = set(qapp.findChildren(QTranslator))
    locale = QLocale()
    install(qapp, "ko")
    yield
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)


@pytest.fixture
def window(qtbot: QtBot, korean: None, theme: Theme, tmp_path: Path) -> DeskWindow:
    """A Korean desk in which every panel has something to show."""
    made = DeskWindow(theme, lambda: NOON, tmp_path / "window.ini")
    qtbot.addWidget(made)
    made.show()
    panes = made.panes
    fill_caller(made)
    panes.show_customer(korean_timeline())
    panes.conversation.show_utterance(
        Utterance(new_id(), new_id(), Speaker.CUSTOMER, "반품할 수 있나요?", NOON)
    )
    panes.knowledge.show_suggestions(Suggestions("반품", SearchMode.KEYWORD_ONLY, cards()))
    panes.knowledge.show_article(cards()[1].article, "<p>본문</p>")
    panes.wrap_up.show_review(review(), {}, alternative_offered=False)
    panes.strip.show_call(call(queue="반품"), "이준호")
    panes.strip.show_waiting(2)
    for prompt in prompts():
        panes.conversation.prompts.addWidget(PolicyPrompt(theme, prompt))
    made.notice.show_problem(UserError("There is no folder {folder}.", folder="/"))
    QApplication.processEvents()
    return made


def fill_caller(window: DeskWindow) -> None:
    """Show the screens of nobody and of many; what both leave behind stays to be read."""
    attempts = tuple(Attempt(ContactKind.PHONE, means, "5555", 0) for means in Means)
    window.panes.caller.show_recognition(call(), Recognition(Outcome.NO_MATCH, (), attempts))
    evidence = tuple(Evidence(ContactKind.PHONE, means, "5555") for means in Means)
    known = replace(customer("이준호"), tier="골드")
    window.panes.caller.show_found((Candidate(known, evidence), Candidate(known, ())))


def korean_timeline() -> Timeline:
    who = replace(customer("이준호"), tier="골드", language="ko", contact_points=())
    lines = (PurchaseLine("리넨 조명"),)
    purchase = Purchase(
        new_id(), who.id, "204817", "204817", "delivered", Money(89000, "KRW"), lines=lines
    )
    preferences = (Preference(new_id(), who.id, "contact", "이메일 선호"),)
    return replace(
        timeline(who), essentials=Essentials(who, preferences, (promise(),), (purchase,))
    )


def promise() -> Promise:
    return Promise(new_id(), new_id(), "다시 전화", "김하늘", NOON, NOON)


def cards() -> tuple[Suggestion, ...]:
    """Return a strong card for all and a weak one for the house."""
    made = []
    for audience, strength in ((Audience.PUBLIC, Strength.STRONG), (Audience.INTERNAL, None)):
        article = Article(
            new_id(), "key", "반품 기한", "본문", "ko", audience=audience, verify_by=NOON.date()
        )
        passage = Passage(
            new_id(), article.id, 0, "", "서른 날 안에 돌려보낼 수 있습니다.", "digest"
        )
        made.append(
            Suggestion(article, passage, strength or Strength.POSSIBLE, 0.9, ("반품",), "언제까지")
        )
    return tuple(made)


def review() -> Review:
    lines = tuple(SummaryLine(kind, "내용") for kind in LineKind)
    return Review(call(state=CallState.ENDED), lines, Disposition.DECLINED, (promise(),))


def prompts() -> Iterator[Prompt]:
    """Yield a prompt of each kind, an uncertain one among them."""
    for kind in VerdictKind:
        offers = tuple(
            Offer(owner.value, "적립금 지급", owner, hours, Money(5000, "KRW"))
            for owner, hours in zip(Owner, (0, 5, 48), strict=True)
        )
        verdict = Verdict(
            kind, "1", 1, "b", "늦은 반품", alternatives=offers, missing=("본인 확인",),
            question=Question("fact", "사용하셨나요?", ("yes", "no")), wording=Wording("가능해요."),
        )  # fmt: skip
        yield Prompt(verdict, Match.SHOW, "반품", "늦은 반품", "ko")
    yield Prompt(verdict, Match.OFFER, "반품", "늦은 반품", "ko")


def texts(window: QWidget) -> Iterator[str]:
    """Yield every text of a window that a person or a screen reader may meet."""
    for widget in window.findChildren(QWidget):
        if widget.objectName().startswith("qt_"):
            continue
        for read in ("text", "placeholderText", "toolTip", "accessibleName", "title"):
            yield str(getattr(widget, read, str)())
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(index) for index in range(widget.count()))
    yield from (action.text() for action in window.findChildren(QAction))


class TestWindow:
    def test_no_english_is_left(self, window: DeskWindow) -> None:
        english = {
            text for text in texts(window) if re.search("[A-Za-z]", LATIN_ALLOWED.sub("", text))
        }
        assert english == set()

    def test_the_panels_did_fill(self, window: DeskWindow) -> None:
        """The test above means nothing where there is nothing to read."""
        everything = "\n".join(texts(window))
        for part in (
            "후처리",
            "끝 8자리 일치",
            "대안 안내",
            "지식 베이스 검색",
            "내부용",
            "요청 불가",
        ):
            assert part in everything

    def test_mnemonics_are_unique(self, window: DeskWindow) -> None:
        owners: dict[str, set[str]] = {}
        for text in texts(window):
            for key in MNEMONIC.findall(text):
                owners.setdefault(key, set()).add(text)
        assert len(owners) > 5
        assert {key: who for key, who in owners.items() if len(who) > 1} == {}

    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            ("resolved", "해결"),
            ("Delivered", "배송 완료"),
            ("Lost at sea", "Lost at sea"),
            ("", ""),
        ],
    )
    def test_a_state_that_is_known_has_a_word(self, korean: None, given: str, shown: str) -> None:
        assert state(given) == shown

    def test_an_error_is_told_in_korean(self, korean: None) -> None:
        told = sentence(UserError("There is no folder {folder}.", folder="/tmp/kb"))
        assert told == "/tmp/kb 폴더가 없습니다."
