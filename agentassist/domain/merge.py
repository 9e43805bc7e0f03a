# SPDX-License-Identifier: Apache-2.0
"""Two records of one person, joined without destroying either; and what changed hands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from agentassist.domain.comparison import Comparison
from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.history import Channel

_OWN = frozenset({"id", "contact_points", "source", "source_ref"})
FIELDS = tuple(item.name for item in fields(Customer) if item.name not in _OWN)
"""The fields of a joined record whose value may be either side's. Contact points are united."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Says that `customer_id` is the same person as `survivor_id`, until it is undone.

    `evidence` is what agreed and disagreed; `snapshot` is what both looked like then.
    `chosen` names, for fields of the joined record that are not the survivor's own, the
    customer whose value is shown.
    """

    id: UUID
    customer_id: UUID
    survivor_id: UUID
    merged_at: datetime
    actor: str
    reason: str = ""
    evidence: Mapping[str, object] = field(default_factory=dict)
    snapshot: Mapping[str, object] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    undone_at: datetime | None = None
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class Join:
    """The part of an open merge that decides what the joined record shows."""

    customer_id: UUID
    survivor_id: UUID
    chosen: Mapping[str, str] = field(default_factory=dict)


def value_owner(name: str, survivor_id: UUID, joins: Sequence[Join]) -> UUID:
    """Return the customer whose own value of field `name` a joined record shows.

    `joins` are in the order in which they were made: the newest choice counts. Whoever was
    chosen may be a joined record too, and shows what was chosen there.
    """
    while (chosen := _chosen(name, survivor_id, joins)) is not None:
        survivor_id = chosen
    return survivor_id


def _chosen(name: str, survivor_id: UUID, joins: Sequence[Join]) -> UUID | None:
    for join in reversed(joins):
        absorbed = join.customer_id
        if join.survivor_id == survivor_id and join.chosen.get(name) == str(absorbed):
            return absorbed
    return None


_RANK = {Standing.MAYBE: 0, Standing.OWN: 1, Standing.SHARED: 2}


def united(points: Iterable[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Return the points of several records as those of one person, each once.

    Where one record guesses what another knows, it is known; what anybody shares is shared.
    """
    distinct: dict[tuple[ContactKind, str], ContactPoint] = {}
    for point in points:
        known = distinct.setdefault((point.kind, point.value), point)
        if _RANK[point.standing] > _RANK[known.standing]:
            distinct[point.kind, point.value] = replace(known, standing=point.standing)
    return tuple(distinct.values())


# The preview


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much of what belongs to a customer."""

    interactions: Mapping[Channel, int] = field(default_factory=dict)
    purchases: int = 0
    promises: int = 0
    contact_points: int = 0
    preferences: int = 0
    payment_methods: int = 0
    pins: int = 0
    loops: int = 0

    @property
    def contacts(self) -> int:
        """The number of interactions over all channels."""
        return sum(self.interactions.values())


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of the two records: both values, and whether the absorbed one's is shown."""

    name: str
    kept: str
    absorbed: str
    take_absorbed: bool = False

    @property
    def differs(self) -> bool:
        """True when there is something to choose."""
        return self.kept != self.absorbed

    @property
    def disputed(self) -> bool:
        """True when both say something, and not the same."""
        return self.differs and bool(self.kept and self.absorbed)

    @property
    def result(self) -> str:
        """The value that the joined record shows."""
        return self.absorbed if self.take_absorbed else self.kept


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do. Both records are as they are read now, merged ones as one.

    `moves` is what joins the history of `kept`, `stays` what is there already, and
    `both` the contact points that stand on both and become one. `apart` tells that
    somebody found these two to be two people.
    """

    kept: Customer
    absorbed: Customer
    result: Customer
    pairs: tuple[FieldPair, ...]
    comparison: Comparison
    moves: Holdings
    stays: Holdings
    both: tuple[ContactPoint, ...]
    apart: bool = False

    @property
    def needs_reason(self) -> bool:
        """True when it may only be done with a reason."""
        return self.apart or bool(self.comparison.contradictions)


def pair_up(kept: Customer, absorbed: Customer, take: Iterable[str] | None) -> list[FieldPair]:
    """Return the fields of both; with `take` None, the absorbed value fills what is empty."""
    pairs = []
    for name in FIELDS:
        ours, theirs = str(getattr(kept, name)), str(getattr(absorbed, name))
        wanted = (not ours and bool(theirs)) if take is None else name in take
        pairs.append(FieldPair(name, ours, theirs, wanted and ours != theirs))
    return pairs


def choosing(preview: MergePreview, take: Iterable[str]) -> MergePreview:
    """Return the preview with these fields shown from the absorbed record."""
    pairs = tuple(pair_up(preview.kept, preview.absorbed, frozenset(take)))
    values = {pair.name: pair.result for pair in pairs}
    return replace(preview, pairs=pairs, result=joined(preview.kept, preview.absorbed, values))


def turned(preview: MergePreview) -> MergePreview:
    """Return the preview in the other direction; what is shown stays the same."""
    shown = {pair.name for pair in preview.pairs if pair.differs and not pair.take_absorbed}
    other = replace(
        preview,
        kept=preview.absorbed,
        absorbed=preview.kept,
        moves=preview.stays,
        stays=preview.moves,
        comparison=preview.comparison.turned(),
        both=common_points(preview.absorbed, preview.kept),
    )
    return choosing(other, shown)


def joined(kept: Customer, absorbed: Customer, values: Mapping[str, str]) -> Customer:
    """Return the record that both become, with the values that are shown."""
    points = united((*kept.contact_points, *absorbed.contact_points))
    return replace(kept, contact_points=points, **values)  # type: ignore[arg-type]  # text fields


def common_points(kept: Customer, absorbed: Customer) -> tuple[ContactPoint, ...]:
    """Return the contact points of `kept` that the other has too."""
    theirs = {(point.kind, point.value) for point in absorbed.contact_points}
    return tuple(point for point in kept.contact_points if (point.kind, point.value) in theirs)


# What changed hands


class MovedKind(StrEnum):
    """What follows an interaction to another customer."""

    INTERACTION = "interaction"
    CONVERSATION = "conversation"
    CALL = "call"
    UTTERANCE = "utterance"
    DECISION = "decision"
    WRAP_UP = "wrap-up"
    PROMISE = "promise"
    PREFERENCE = "preference"


@dataclass(frozen=True, slots=True)
class Moved:
    """One row that a move takes along; `before` is whose it was, None for nobody's."""

    kind: MovedKind
    row_id: UUID
    before: UUID | None


@dataclass(frozen=True, slots=True)
class Move:
    """Says that rows were given to another customer, until it is undone.

    `to_customer_id` is None for what is no longer anybody's. A wrap-up is named by its call
    and a pin by its interaction; lines of a summary go with their wrap-up.
    """

    id: UUID
    to_customer_id: UUID | None
    moved_at: datetime
    actor: str
    reason: str = ""
    undone_at: datetime | None = None
    undone_by: str = ""
