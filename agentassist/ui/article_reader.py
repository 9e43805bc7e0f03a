# SPDX-License-Identifier: Apache-2.0
"""A whole article to read, in place. It loads nothing and opens nothing unasked."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from agentassist.domain.knowledge import Article, Audience
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import (
    MARGIN,
    TIGHT,
    Flow,
    button,
    chip,
    column,
    label,
    row,
)

_STYLE = """
h1, h2 { font-size: large; font-weight: 600; margin-top: 14px; margin-bottom: 4px; }
h3, h4, h5, h6 { font-size: medium; font-weight: 600; margin-top: 10px; margin-bottom: 2px; }
p, li { margin-bottom: 6px; }
table { margin-top: 6px; margin-bottom: 10px; }
th { text-align: left; }
th, td { padding: 4px 12px 4px 0; }
"""


class _Page(QTextBrowser):
    """Shows HTML that was made safe; refuses to fetch anything it names."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> None:
        """Return nothing: an article has no outside parts."""


class ArticleReader(QFrame):
    """Title, marks, body; links to other articles open here, web links ask first.

    Signals:
        closed: the agent goes back to the cards.
        link_opened: the key of the article that a link names.
    """

    closed = Signal()
    link_opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = label("", "heading", wrap=True)
        self._marks = Flow()
        self._page = _Page()
        self._page.setOpenLinks(False)
        self._page.document().setDefaultStyleSheet(_STYLE)
        self._page.setAccessibleName(self.tr("Article"))
        self._page.anchorClicked.connect(self._follow)
        self._asked = QUrl()
        self._open_link = button("", self._open_asked, "quiet")
        self._open_link.hide()
        back = button(self.tr("Back to the &cards"), self.closed.emit, "quiet", "Esc")
        back.setShortcut("Esc")
        head = column(row(back, None), self._title, self._marks, margin=MARGIN, gap=TIGHT)
        column(head, self._open_link, self._page, parent=self, gap=0)

    def show_article(self, article: Article, html: str) -> None:
        """Show an article; `html` is already of the allow-list."""
        self._title.setText(article.title)
        self._marks.clear()
        for text, kind in self._facts(article):
            self._marks.add(chip(text, kind))
        self._open_link.hide()
        self._page.setHtml(html)

    def _facts(self, article: Article) -> list[tuple[str, str]]:
        internal = article.audience is Audience.INTERNAL
        facts = [
            (self.tr("Internal: do not paste"), "caution")
            if internal
            else (self.tr("Public"), "yes")
        ]
        if article.verify_by:
            facts.append(
                (self.tr("verify by {day}").format(day=article.verify_by.isoformat()), "plain")
            )
        if article.owner:
            facts.append((article.owner, "plain"))
        return facts

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == "kb":
            self.link_opened.emit(url.path())
            return
        self._asked = url
        self._open_link.setText(
            self.tr("Open {host} in the browser").format(host=url.host() or url.path())
        )
        self._open_link.show()

    def _open_asked(self) -> None:
        self._open_link.hide()
        QDesktopServices.openUrl(self._asked)
