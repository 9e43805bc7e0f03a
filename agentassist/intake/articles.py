# SPDX-License-Identifier: Apache-2.0
"""A folder of Markdown files with YAML front matter to articles.

Keys that are not known are kept in `Article.extra`. Size, depth and aliases of the
front matter are checked before it is read, so that a hostile file costs nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml
from frontmatter.default_handlers import YAMLHandler

from agentassist.domain.identifiers import new_id
from agentassist.domain.importing import RowFault
from agentassist.domain.knowledge import Article, ArticleState, Audience
from agentassist.errors import BadInput, Place

MAX_BYTES = 1_000_000
MAX_DEPTH = 30

_KNOWN = frozenset(
    {"id", "title", "language", "audience", "state", "labels", "products", "owner"}
    | {"verify_by", "short_answer", "questions"}
)
_HEADING = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
_KEY = re.compile(r"[\w.-]{1,120}")
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article and the file it stands in; `line` of its body is for faults found later."""

    article: Article
    place: Place


def files_in(folder: Path) -> list[Path]:
    """Return the Markdown files below `folder` in order; no links, hidden files or read-mes.

    Raises BadInput when there is no such folder or nothing in it.
    """
    if not folder.is_dir():
        raise BadInput(Place(str(folder)), "There is no such folder: name one with Markdown files.")
    found = sorted(path for path in folder.rglob("*.md") if _is_article(path, folder))
    if not found:
        raise BadInput(Place(str(folder)), "There is no Markdown file (.md) in this folder.")
    return found


def read_folder(folder: Path) -> Iterator[ArticleFile | RowFault]:
    """Yield the article of each file, or what is wrong with it; a key is taken once."""
    taken: dict[str, str] = {}
    for path in files_in(folder):
        try:
            item = read_article(path)
            _claim(item, taken)
        except BadInput as error:
            yield RowFault.of(error)
        else:
            yield item


def read_article(path: Path) -> ArticleFile:
    """Read one file. Raises BadInput with file and line."""
    place = Place(str(path))
    text = _text(path, place)
    front, body = _split(text, place)
    meta = _front_matter(front, place)
    key = str(meta.get("id") or path.stem)
    if not _KEY.fullmatch(key):
        raise _fault(place, front, "id", "The id has blanks or signs: write words-with-hyphens.")
    title = str(meta.get("title") or "").strip() or _first_heading(body)
    if not title:
        raise _fault(place, front, "title", "The article has no title.")
    article = Article(
        id=new_id(),
        key=key,
        title=title,
        body=body.strip() + "\n",
        language=str(meta.get("language") or language_of(title + body)),
        audience=_word(Audience, meta, "audience", Audience.INTERNAL, place, front),
        state=_word(ArticleState, meta, "state", ArticleState.DRAFT, place, front),
        labels=_list(meta, "labels", place, front),
        products=_list(meta, "products", place, front),
        questions=_list(meta, "questions", place, front),
        short_answer=str(meta.get("short_answer") or "").strip(),
        owner=str(meta.get("owner") or "").strip(),
        verify_by=_date(meta, place, front),
        extra={str(name): _plain(value) for name, value in meta.items() if name not in _KNOWN},
    )
    return ArticleFile(article, place)


def line_of(path: Path, field: str) -> int:
    """Return the line on which a key of the front matter stands, 1 where it is missing."""
    try:
        front = path.read_text("utf-8-sig", errors="replace")
    except OSError:
        return 1
    return _line(front.removeprefix("---\n"), field)


def _is_article(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    hidden = any(part.startswith((".", "_")) for part in parts)
    plain = path.is_file() and not any(
        step.is_symlink() for step in (path, *path.parents[:-1]) if folder in step.parents
    )
    return plain and not hidden and path.stem.casefold() != "readme"


def _text(path: Path, place: Place) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(place, "The file cannot be read ({why}).", why=error.strerror) from error
    if len(raw) > MAX_BYTES:
        raise BadInput(place, "The article is over 1 MB: cut it into pages of one question each.")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\x00", "")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(
            Place(place.file, line), "The file is not UTF-8: save it as UTF-8."
        ) from None


def _split(text: str, place: Place) -> tuple[str, str]:
    handler = YAMLHandler()
    if not handler.detect(text):
        raise BadInput(Place(place.file, 1), "No front matter: begin with --- and id, title.")
    try:
        front, body = handler.split(text)
    except ValueError:
        raise BadInput(Place(place.file, 1), "The front matter is not closed: add ---.") from None
    return front.lstrip("\n"), body


def _front_matter(front: str, place: Place) -> Mapping[str, object]:
    try:
        _check_shape(front, place)
        meta = YAMLHandler().load(front)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        why = getattr(error, "problem", None) or "unreadable"
        raise BadInput(
            Place(place.file, line), "The front matter is not YAML ({why}).", why=why
        ) from None
    except (ValueError, RecursionError):
        raise BadInput(Place(place.file, 1), "The front matter cannot be read.") from None
    if not isinstance(meta, dict):
        raise BadInput(Place(place.file, 2), "The front matter is no list of `key: value`.")
    return meta


def _check_shape(front: str, place: Place) -> None:
    depth = 0
    for event in yaml.parse(front, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 2 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise BadInput(Place(place.file, line), "YAML aliases are not read: write it out.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise BadInput(Place(place.file, line), "The front matter is nested too deep.")


def _word(
    words: type[_Word],
    meta: Mapping[str, object],
    field: str,
    default: _Word,
    place: Place,
    front: str,
) -> _Word:
    given = str(meta.get(field) or default).strip().casefold().replace("_", " ")
    try:
        return words(given)
    except ValueError:
        raise _fault(
            place,
            front,
            field,
            '"{given}" is not known here: use one of {known}.',
            given=given[:40],
            known=", ".join(words),
        ) from None


def _list(meta: Mapping[str, object], field: str, place: Place, front: str) -> tuple[str, ...]:
    value = meta.get(field)
    if value is None:
        return ()
    if isinstance(value, str):
        return (value.strip(),) if value.strip() else ()
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return tuple(str(item).strip() for item in value if item is not None)
    raise _fault(place, front, field, "Write a list of short texts here.")


def _date(meta: Mapping[str, object], place: Place, front: str) -> date | None:
    value = meta.get("verify_by")
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _fault(place, front, "verify_by", "Write the date as 2027-03-31.") from None


def _plain(value: object) -> object:
    """Return what JSON can hold: dates and the like become text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _first_heading(body: str) -> str:
    found = _HEADING.search(body)
    return found[1] if found else ""


def language_of(text: str) -> str:
    """Return `ko` for a text with much Hangul, else `en`."""
    hangul = sum("\uac00" <= character <= "\ud7a3" for character in text)
    return "ko" if 5 * hangul > len(text) else "en"


def _claim(item: ArticleFile, taken: dict[str, str]) -> None:
    other = taken.setdefault(item.article.key, item.place.file)
    if other != item.place.file:
        raise BadInput(
            Place(item.place.file, line_of(Path(item.place.file), "id"), "id"),
            "The id is that of {other} too: give each article its own.",
            other=other,
        )


def _line(front: str, field: str) -> int:
    for number, line in enumerate(front.splitlines(), 2):
        if line.startswith(f"{field}:"):
            return number
    return 1


def _fault(place: Place, front: str, field: str, template: str, **values: object) -> BadInput:
    return BadInput(Place(place.file, _line(front, field), field), template, **values)
