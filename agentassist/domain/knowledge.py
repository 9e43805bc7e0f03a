# SPDX-License-Identifier: Apache-2.0
"""What the company knows, and what of it fits what was just said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Audience(StrEnum):
    """Who may read an article. Internal text is never pasted to a customer unwarned."""

    INTERNAL = "internal"
    PUBLIC = "public"


class ArticleState(StrEnum):
    """Where an article is in its life."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Article:
    """One page of knowledge. `key` is the author's stable name for it.

    `questions` are phrases customers use; `short_answer` is what an agent can say at
    once (at most 140 characters); `extra` keeps front matter we do not know.
    """

    id: UUID
    key: str
    title: str
    body: str
    language: str
    audience: Audience = Audience.INTERNAL
    state: ArticleState = ArticleState.DRAFT
    labels: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    short_answer: str = ""
    owner: str = ""
    verify_by: date | None = None
    version: int = 1
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """What the article is about in a sentence or two, where its author wrote it."""
        return str(self.extra.get("summary") or "")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article, small enough to read at a glance; plain text.

    `digest` is the sha256 of what is encoded (title, heading and text): vectors are
    stored by it, so that unchanged text is never encoded twice.
    """

    id: UUID
    article_id: UUID
    ordinal: int
    heading: str
    text: str
    digest: str


class Strength(StrEnum):
    """How sure a suggestion is; agents never see a raw score."""

    STRONG = "strong"
    POSSIBLE = "possible"


class SearchMode(StrEnum):
    """Which halves of the search answered."""

    KEYWORD_ONLY = "keyword only"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles may be suggested. Empty fields do not restrict."""

    language: str = ""
    labels: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    include_internal: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that search found. `score` is how likely it answers, 0..1.

    `question` is the article's own phrase that comes closest, empty when none does.
    `solved` counts earlier contacts like this one that the article helped, the last on
    `day` (`date.toordinal`); who they were is never told.
    """

    passage_id: UUID
    article_id: UUID
    score: float
    strength: Strength
    words: tuple[str, ...] = ()
    semantic: bool = False
    question: str = ""
    solved: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passage on a card: the article it is from, how sure, and why.

    `words` are the words of the query that the passage contains; `question` is the
    article's own phrase that comes closest, empty when none does; `solved` counts earlier
    contacts like this one that the article helped, the last on `solved_on`.
    """

    article: Article
    passage: Passage
    strength: Strength
    score: float
    words: tuple[str, ...] = ()
    question: str = ""
    semantic: bool = False
    solved: int = 0
    solved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What search answers to one text: at most three cards, best first."""

    query: str
    mode: SearchMode
    cards: tuple[Suggestion, ...] = ()


class FeedbackKind(StrEnum):
    """What an agent did with a suggestion. A flag tells the article's owner."""

    USED = "used"
    LINKED = "linked"
    NOT_RELEVANT = "not relevant"
    FLAGGED = "flagged"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One act on a suggestion, with the query that brought it up."""

    id: UUID
    article_id: UUID
    kind: FeedbackKind
    query: str
    at: datetime
    call_id: UUID | None = None
    passage_id: UUID | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the knowledge base could not answer, in the customer's words."""

    id: UUID
    query: str
    language: str
    at: datetime
    call_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ArticleHeader:
    """What search needs to know of the article a passage is from; no body."""

    id: UUID
    key: str
    title: str
    language: str
    audience: Audience
    state: ArticleState
    labels: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    short_answer: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Unencoded:
    """A text that a model has no vector for yet, found by the digest of the whole."""

    digest: str
    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """An article as it was at one time."""

    article: Article
    saved_at: datetime
