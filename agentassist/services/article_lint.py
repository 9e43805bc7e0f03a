# SPDX-License-Identifier: Apache-2.0
"""Check a folder of articles before they are imported."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from agentassist.domain.curation import (
    FEWEST_QUESTIONS,
    MOST_SHORT_ANSWER,
    MOST_WORDS,
    LintFinding,
    LintRule,
)
from agentassist.domain.importing import RowFault
from agentassist.domain.knowledge import Article
from agentassist.errors import Place
from agentassist.intake.articles import ArticleFile, line_of, read_folder

_LINK = re.compile(r"\]\(kb:([^)\s]+)\)")
_FIELD = {
    LintRule.TITLE_IS_QUESTION: "title",
    LintRule.HAS_QUESTIONS: "questions",
    LintRule.HAS_SHORT_ANSWER: "short_answer",
    LintRule.SHORT_ANSWER_FITS: "short_answer",
    LintRule.HAS_OWNER: "owner",
    LintRule.HAS_VERIFY_BY: "verify_by",
    LintRule.CHECKED_IN_TIME: "verify_by",
}
_Finding = tuple[LintRule, str]


def lint(folder: Path, today: date) -> tuple[LintFinding, ...]:
    """Return what the articles below `folder` fall short of, file by file.

    Raises BadInput when the folder has no articles.
    """
    read = list(read_folder(folder))
    files = [item for item in read if isinstance(item, ArticleFile)]
    findings = [_unreadable(item) for item in read if isinstance(item, RowFault)]
    keys = {file.article.key for file in files}
    for file in files:
        for rule, detail in (*_own(file.article, today), *_links(file.article, keys)):
            findings.append(_finding(file, rule, detail))
    findings += _duplicates(files)
    return tuple(sorted(findings, key=lambda item: (item.place.file, item.place.line)))


def _unreadable(fault: RowFault) -> LintFinding:
    return LintFinding(fault.place, "", LintRule.UNREADABLE, fault.reason)


def _finding(file: ArticleFile, rule: LintRule, detail: str) -> LintFinding:
    field = _FIELD.get(rule, "")
    line = line_of(Path(file.place.file), field) if field else 0
    return LintFinding(Place(file.place.file, line, field), file.article.key, rule, detail)


def _own(article: Article, today: date) -> Iterator[_Finding]:
    """Yield what can be seen from one article alone."""
    words = len(article.body.split())
    if not article.title.endswith(("?", "\uff1f")):
        yield LintRule.TITLE_IS_QUESTION, article.title
    if words > MOST_WORDS:
        yield LintRule.ONE_PAGE, str(words)
    if len(article.questions) < FEWEST_QUESTIONS:
        yield LintRule.HAS_QUESTIONS, str(len(article.questions))
    if not article.short_answer:
        yield LintRule.HAS_SHORT_ANSWER, ""
    if len(article.short_answer) > MOST_SHORT_ANSWER:
        yield LintRule.SHORT_ANSWER_FITS, str(len(article.short_answer))
    yield from _care(article, today)


def _care(article: Article, today: date) -> Iterator[_Finding]:
    """Yield what is missing so that somebody keeps the article true."""
    if not article.owner:
        yield LintRule.HAS_OWNER, ""
    if article.verify_by is None:
        yield LintRule.HAS_VERIFY_BY, ""
    elif article.verify_by < today:
        yield LintRule.CHECKED_IN_TIME, article.verify_by.isoformat()


def _links(article: Article, keys: set[str]) -> Iterator[_Finding]:
    for target in dict.fromkeys(_LINK.findall(article.body)):
        if target not in keys:
            yield LintRule.LINKS_LEAD_SOMEWHERE, target


def _duplicates(files: Sequence[ArticleFile]) -> Iterator[LintFinding]:
    """Yield phrases that two articles of one language claim: only one can be right."""
    first: dict[tuple[str, str], str] = {}
    for file in files:
        phrases = {_folded(phrase) for phrase in (file.article.title, *file.article.questions)}
        for phrase in sorted(phrases):
            other = first.setdefault((file.article.language, phrase), file.article.key)
            if other != file.article.key:
                yield _finding(file, LintRule.NO_DUPLICATE, f"{phrase} ({other})")


def _folded(phrase: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", phrase.casefold()).split())
