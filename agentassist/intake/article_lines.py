# SPDX-License-Identifier: Apache-2.0
"""JSON lines to articles: whole articles, and utterances that carry the label they belong to.

    {"id": "returns", "title": "…", "summary": "…", "text": "…", "questions": ["…"]}
    {"id": "17", "text": "where is my card", "label": "card_arrival"}

All utterances of a label make one article with them as its questions and no body: an
index of what people say for what. Whoever exports such a file means it to be found, so
its articles are published.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from agentassist.domain.identifiers import new_id
from agentassist.domain.importing import RowFault
from agentassist.domain.knowledge import Article, ArticleState, Audience
from agentassist.errors import BadInput, Place
from agentassist.intake.articles import ArticleFile, language_of
from agentassist.intake.files import Reader
from agentassist.intake.json_fields import Fields
from agentassist.intake.json_lines import JsonObject, filled, objects

MOST_UTTERANCES = 2_000
"""How many utterances of one label are taken."""
LONGEST_UTTERANCE = 1_000
LONGEST_KEY = 120
LONGEST_TITLE = 120

_KNOWN = frozenset(
    {"id", "title", "text", "language", "questions", "labels", "products", "audience"}
)
_SENTENCE_END = re.compile(r"(?<=[.!?。？！])\s|\n")
_WORDS = re.compile(r"[\s_.:/-]+|(?<=[a-z0-9])(?=[A-Z])")
_LONGEST_ACRONYM = 4


@dataclass(slots=True)
class _Label:
    """The utterances of one label so far; `place` is that of the first."""

    place: Place
    language: str
    utterances: dict[str, None] = field(default_factory=dict)


class ArticleLines(Reader):
    """One file of articles and utterances. Iterate once; `close` ends it.

    Utterances of a label may stand anywhere, so their articles come last.
    """

    def __init__(self, path: Path) -> None:
        """Open the file; raises BadInput when it is no text file, or empty."""
        self._file = filled(path)
        self.size = self._file.size
        self._taken: dict[str, int] = {}
        self._labels: dict[str, _Label] = {}

    def __iter__(self) -> Iterator[ArticleFile | RowFault]:
        for item in objects(self._file):
            try:
                made = item if isinstance(item, RowFault) else self._take(Fields(item), item)
            except BadInput as error:
                made = RowFault.of(error)
            if made is not None:
                yield made
        yield from self._of_labels()

    def _take(self, fields: Fields, item: JsonObject) -> ArticleFile | RowFault | None:
        if "label" in fields:
            return self._remember(fields)
        article = _article(fields)
        self._claim(article.key, item.place, "id")
        return ArticleFile(article, item.place)

    def _remember(self, fields: Fields) -> RowFault | None:
        key, text = _key(fields, "label"), fields.needed("text")
        label = self._labels.setdefault(key, _Label(fields.place, fields.text("language")))
        if len(label.utterances) >= MOST_UTTERANCES and text not in label.utterances:
            raise fields.fault("label", "The label has {most} already.", most=MOST_UTTERANCES)
        label.utterances.setdefault(text[:LONGEST_UTTERANCE])
        if len(text) <= LONGEST_UTTERANCE:
            return None
        sentence = "The value is too long: only its first {most} characters were kept."
        error = fields.fault("text", sentence, most=LONGEST_UTTERANCE)
        return RowFault.of(error, kept=True)

    def _of_labels(self) -> Iterator[ArticleFile | RowFault]:
        for key, label in self._labels.items():
            try:
                self._claim(key, label.place, "label")
            except BadInput as error:
                yield RowFault.of(error)
            else:
                yield ArticleFile(_of_label(key, label), label.place)

    def _claim(self, key: str, place: Place, name: str) -> None:
        other = self._taken.setdefault(key, place.line)
        if other != place.line:
            raise BadInput(
                Place(place.file, place.line, name),
                "The id is that of line {other} too: give each article its own.",
                other=other,
            )


def readable(label: str) -> str:
    """Return a label as words: `card_arrival` is "Card arrival"."""
    words = [word for word in _WORDS.split(label) if word]
    shouted = label.isupper() and len(label) > _LONGEST_ACRONYM
    text = " ".join(word.lower() if shouted else word for word in words) or label
    return text[:1].upper() + text[1:]


def _article(fields: Fields) -> Article:
    body = fields.text("text") or fields.text("summary")
    questions = fields.texts("questions")
    title = fields.text("title") or _first_sentence(body or "\n".join(questions))
    if not title:
        raise fields.fault("text", "The article says nothing: give it a text.")
    return Article(
        id=new_id(),
        key=_key(fields, "id"),
        title=title,
        body=f"{body}\n" if body else "",
        language=fields.text("language") or language_of(title + body),
        audience=_audience(fields),
        state=ArticleState.PUBLISHED,
        labels=fields.texts("labels", split=";"),
        products=fields.texts("products", split=";"),
        questions=questions,
        extra=fields.others(_KNOWN),
    )


def _of_label(key: str, label: _Label) -> Article:
    questions = tuple(label.utterances)
    return Article(
        id=new_id(),
        key=key,
        title=readable(key),
        body="",
        language=label.language or language_of("".join(questions)),
        state=ArticleState.PUBLISHED,
        questions=questions,
    )


def _key(fields: Fields, name: str) -> str:
    key = fields.needed(name)
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise fields.fault(
            name, "Write the name on one line, {most} characters at most.", most=LONGEST_KEY
        )
    return key


def _audience(fields: Fields) -> Audience:
    given = fields.text("audience").casefold() or Audience.INTERNAL
    try:
        return Audience(given)
    except ValueError:
        raise fields.fault(
            "audience",
            '"{given}" is not known here: use one of {known}.',
            given=given[:40],
            known=", ".join(Audience),
        ) from None


def _first_sentence(text: str) -> str:
    sentence = _SENTENCE_END.split(text.strip(), maxsplit=1)[0].lstrip("# ")
    if len(sentence) <= LONGEST_TITLE:
        return sentence
    return sentence[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
