# SPDX-License-Identifier: Apache-2.0
"""Markdown articles to plain-text passages of 60 to 150 words, each with its heading path.

Sections are kept whole where they fit; a long one is cut into even parts at its
paragraphs, then sentences, then words; short neighbours share a passage. No word is
lost, and text without spaces counts as words of at most `LONGEST_WORD` characters.
"""

import hashlib
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from markdown_it import MarkdownIt
from markdown_it.token import Token

from agentassist.domain.knowledge import Article, Passage
from agentassist.retrieval.analyzer import mendable

MOST_WORDS = 150
FEWEST_WORDS = 60
LONGEST_WORD = 80
_BREAKS = {"softbreak", "hardbreak"}
_CODE = {"fence", "code_block"}
_CELLS = {"th_openth", "td_opentd"}
_HEADING = "heading_openh"
_SENTENCE_END = re.compile(r"(?<=[.!?。？！…])\s+")


@dataclass(slots=True)
class _Section:
    """The lines under one heading. `path` are the headings above it, outermost first."""

    path: tuple[str, ...]
    lines: list[str] = field(default_factory=list)

    @property
    def words(self) -> int:
        return sum(count_words(line) for line in self.lines)


def cut(article: Article) -> tuple[Passage, ...]:
    """Return the passages of an article in reading order; at least one.

    An unchanged passage keeps its id, so that indexes touch only what changed.
    """
    pieces = list(_pieces(_sections(article))) or [((), article.short_answer or article.title)]
    seen: dict[str, int] = {}
    return tuple(
        _passage(article, ordinal, " > ".join(path), text, seen)
        for ordinal, (path, text) in enumerate(pieces)
    )


def encoded_text(title: str, heading: str, text: str) -> str:
    """Return what is encoded of a passage; `Passage.digest` is its sha256."""
    return "\n".join(part for part in (title, heading, text) if part)


def digest_of(text: str) -> str:
    """Return the sha256 of a text in hexadecimal: the name of its vector."""
    return hashlib.sha256(mendable(text).encode()).hexdigest()


def count_words(text: str) -> int:
    """Count words separated by space; one longer than `LONGEST_WORD` counts as several."""
    return sum(math.ceil(len(word) / LONGEST_WORD) for word in text.split())


def _passage(
    article: Article, ordinal: int, heading: str, text: str, seen: dict[str, int]
) -> Passage:
    digest = digest_of(encoded_text(article.title, heading, text))
    seen[digest] = seen.get(digest, 0) + 1
    key: UUID = uuid5(article.id, f"{digest}:{seen[digest]}")
    return Passage(key, article.id, ordinal, heading, text, digest)


def _sections(article: Article) -> list[_Section]:
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(mendable(article.body))
    sections = [_Section(())]
    path: list[tuple[int, str]] = []
    for level, line in _lines(tokens):
        if not line:
            continue
        if not level:
            sections[-1].lines.append(line)
            continue
        path = [above for above in path if above[0] < level]
        if line.casefold() != article.title.casefold():
            path.append((level, line))
            sections.append(_Section(tuple(text for _, text in path)))
    return _with_headings_kept(sections)


def _with_headings_kept(sections: Iterable[_Section]) -> list[_Section]:
    """Drop empty sections whose heading lives on in the path of the next one."""
    kept: list[_Section] = []
    later = list(sections)
    for section, following in zip(later, [*later[1:], _Section(())], strict=True):
        under = section.path and following.path[: len(section.path)] == section.path
        if section.lines:
            kept.append(section)
        elif section.path and not under:
            kept.append(_Section(section.path, [section.path[-1]]))
    return kept


def _lines(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield (level, text) for each heading, and (0, text) for each paragraph, item, row, line."""
    cells: list[str] = []
    marker, above = "", ""
    for token in tokens:
        if token.type == "list_item_open":
            marker = f"{token.info}. " if token.info else "- "
        elif token.type == "tr_close":
            yield 0, " | ".join(cells)
            cells = []
        elif text := _plain(token):
            if above in _CELLS:
                cells.append(text)
            else:
                yield from _block(token, above, marker + text)
                marker = ""
        above = token.type + token.tag


def _block(token: Token, above: str, text: str) -> Iterator[tuple[int, str]]:
    if above.startswith(_HEADING):
        yield int(above[-1]), _plain(token)
    elif token.type in _CODE:
        yield from ((0, line) for line in token.content.splitlines() if line.strip())
    else:
        yield 0, text


def _plain(token: Token) -> str:
    if token.type in _CODE:
        return token.content.strip()
    parts = []
    for child in token.children or ():
        if child.type in _BREAKS:
            parts.append(" ")
        elif child.type == "image":
            parts.append(_plain(child))
        else:
            parts.append(child.content)
    return " ".join("".join(parts).split())


def _pieces(sections: Sequence[_Section]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield (heading path, text): short sections joined, long ones in even parts."""
    for section in _joined(sections):
        lines = [part for line in section.lines for part in _short_enough(line)]
        parts = math.ceil(section.words / MOST_WORDS)
        target = section.words / max(1, parts)
        for group in _groups(lines, target):
            yield section.path, "\n".join(group)


def _joined(sections: Iterable[_Section]) -> Iterator[_Section]:
    """Join a section that is too short with its neighbours, its heading in the text."""
    current: _Section | None = None
    for section in sections:
        if current is None:
            current = _Section(section.path, list(section.lines))
        elif _fit(current, section):
            shared = _common(current.path, section.path)
            current = _Section(shared, [*_named(current, shared), *_named(section, shared)])
        else:
            yield current
            current = _Section(section.path, list(section.lines))
    if current is not None:
        yield current


def _fit(current: _Section, following: _Section) -> bool:
    shared = _common(current.path, following.path)
    lines = [*_named(current, shared), *_named(following, shared)]
    short = min(current.words, following.words) < FEWEST_WORDS
    return short and sum(map(count_words, lines)) <= MOST_WORDS


def _named(section: _Section, shared: tuple[str, ...]) -> list[str]:
    own = " > ".join(section.path[len(shared) :])
    return [own, *section.lines] if own else section.lines


def _common(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    same = [a for a, b in zip(left, right, strict=False) if a == b]
    return left[: len(same)] if left[: len(same)] == right[: len(same)] else ()


def _groups(lines: Sequence[str], target: float) -> Iterator[list[str]]:
    """Cut where the middle of a line passes a multiple of `target`; never over `MOST_WORDS`."""
    group: list[str] = []
    words, before, cut_at = 0, 0, target
    for line in lines:
        more = count_words(line)
        if group and (before + more / 2 > cut_at or words + more > MOST_WORDS):
            yield group
            cut_at = max(cut_at, before) + target
            group, words = [], 0
        group.append(line)
        words += more
        before += more
    if group:
        yield group


def _short_enough(line: str) -> Iterator[str]:
    """Cut a line of more than `MOST_WORDS` words at its sentences, else at its words."""
    if count_words(line) <= MOST_WORDS:
        yield line
        return
    for sentence in _SENTENCE_END.split(line):
        yield from _word_runs(sentence)


def _word_runs(sentence: str) -> Iterator[str]:
    run: list[str] = []
    for word in sentence.split():
        for start in range(0, len(word), LONGEST_WORD):
            if len(run) == MOST_WORDS:
                yield " ".join(run)
                run = []
            run.append(word[start : start + LONGEST_WORD])
    if run:
        yield " ".join(run)
