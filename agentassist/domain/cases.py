# SPDX-License-Identifier: Apache-2.0
"""Cases: the contacts about one matter, whatever channels they came by.

Nothing of it is stored. A book reads interactions as they are paged in, and puts each into
one case: the conversation or reply chain it belongs to, else the order it names, else the
topic it shares with what happened within days, else a case of its own. Two cases of the first
page become one when an entry ties them together; afterwards none splits and none joins another,
so that what is on the screen stays as it is while older pages arrive. Read in the same order,
any pages give the same cases.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from threading import Lock
from typing import TypeAlias, TypeVar
from uuid import UUID

from agentassist.domain.case_clues import Clues, clues_of
from agentassist.domain.history import CaseKeys, Channel, Interaction
from agentassist.domain.state_kind import StateKind, kind_of_state
from agentassist.domain.topic_likeness import Topics

_ORDER_GAP = timedelta(days=120)
_GAPS = {"order": _ORDER_GAP, "thread": timedelta(days=30)}
"""The same order, or the same subject of a mail, after longer than this is another matter."""
_KEPT_KEYS = 200
_FIRST_PAGE = 60
_SPAN_MARGIN = timedelta(days=30)

_Key: TypeAlias = tuple[str, object]
_Place = TypeVar("_Place")


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a case so far; `id` is that of the interaction it was found by first.

    `number` is an order number as it was written, and `rank` how surely it is one; `subject`
    are the words it goes by. `first` and
    `last` span the interactions read; `count` is their number. `state` is what the newest
    status says, None where none says anything.
    """

    id: UUID
    number: str = ""
    rank: int = 0
    subject: str = ""
    channels: tuple[Channel, ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    count: int = 0
    state: StateKind | None = None
    state_at: datetime | None = None
    ids: frozenset[UUID] = frozenset()
    conversations: frozenset[UUID] = frozenset()

    @property
    def days(self) -> int:
        """On how many days it lay, the first and the last counted."""
        if self.first is None or self.last is None:
            return 0
        return (self.last.date() - self.first.date()).days + 1

    @property
    def keys(self) -> CaseKeys:
        """Return what finds the whole case, beyond what was read."""
        since = self.first - _SPAN_MARGIN - _ORDER_GAP if self.first else None
        until = self.last + _SPAN_MARGIN if self.last else None
        return CaseKeys(self.ids, self.conversations, self.number, since, until)


class CaseBook:
    """Puts interactions into cases; forgets those it has not met for long.

    `not_orders` are numbers of the customer's own, such as an account number, which would
    make one case of everything. `remembered` bounds the memory: interactions beyond it are
    forgotten, and come into the same case again by its conversation or order. Cases join while
    at most `joining` interactions were read. Safe to share between a thread that reads pages
    and one that shows them.
    """

    def __init__(
        self,
        not_orders: Iterable[str] = (),
        remembered: int = 5_000,
        joining: int = _FIRST_PAGE,
    ) -> None:
        self._not_orders = frozenset(not_orders)
        self._remembered = remembered
        self._joining = joining
        self._taken = 0
        self._lock = Lock()
        self._case_of: OrderedDict[UUID, UUID] = OrderedDict()
        self._cases: dict[UUID, Case] = {}
        self._by_key: OrderedDict[_Key, UUID] = OrderedDict()
        self._topics = Topics()

    def read(self, interactions: Iterable[Interaction]) -> None:
        """Put interactions into cases, in the order given; those read before stay."""
        with self._lock:
            for item in interactions:
                if item.id in self._case_of:
                    self._case_of.move_to_end(item.id)
                else:
                    self._take(item)
            self._forget()

    def case(self, interaction_id: UUID) -> Case | None:
        """Return the case of an interaction that was read."""
        case_id = self._case_of.get(interaction_id)
        return self._cases.get(case_id) if case_id else None

    def __len__(self) -> int:
        """Return how many interactions are remembered."""
        return len(self._case_of)

    def _take(self, item: Interaction) -> None:
        clues = clues_of(item, self._not_orders)
        keys = _keys(item, clues)
        tied = self._tied(item, keys)
        known = self._joined(tied) if tied else self._alike(item, clues)
        case = known or Case(item.id)
        self._cases[case.id] = _grown(case, item, clues)
        self._case_of[item.id] = case.id
        for key in keys:
            if key[0] != "thread" or clues.answers:
                self._by_key.setdefault(key, case.id)
                self._by_key.move_to_end(key)
        self._topics.add(case.id, clues.terms, item.occurred_at, clues.order)
        self._taken += 1

    def _tied(self, item: Interaction, keys: Iterable[_Key]) -> list[Case]:
        """Return the cases that an interaction belongs to by a key, by the strongest first."""
        found: dict[UUID, Case] = {}
        for key in keys:
            case = self._cases.get(self._by_key.get(key, item.id))
            if case and _near(case, item.occurred_at, _GAPS.get(key[0])):
                found.setdefault(case.id, case)
        return list(found.values())

    def _joined(self, tied: list[Case]) -> Case:
        """Return the case of an interaction, on the first page joined with the others."""
        if self._taken >= self._joining:
            return tied[0]
        kept = tied[0]
        for other in tied[1:]:
            if not (kept.number and other.number) or kept.number == other.number:
                kept = self._join(kept, other)
        return kept

    def _join(self, one: Case, other: Case) -> Case:
        """Make one case of two, under the name of the one that was there first."""
        order = list(self._cases)
        first, second = sorted((one, other), key=lambda case: order.index(case.id))
        del self._cases[second.id]
        self._cases[first.id] = joined = _united(first, second)
        _rename(self._case_of, second.id, first.id)
        _rename(self._by_key, second.id, first.id)
        self._topics.rename(second.id, first.id)
        return joined

    def _alike(self, item: Interaction, clues: Clues) -> Case | None:
        found = self._topics.like(clues.terms, item.occurred_at, clues.order)
        return self._cases.get(found) if found else None

    def _forget(self) -> None:
        while len(self._case_of) > self._remembered:
            interaction_id, case_id = self._case_of.popitem(last=False)
            case = self._cases[case_id]
            if case.count > 1:
                ids = case.ids - {interaction_id}
                self._cases[case_id] = replace(case, count=case.count - 1, ids=ids)
            else:
                del self._cases[case_id]
        while len(self._by_key) > 4 * self._remembered:
            self._by_key.popitem(last=False)


def cases_of(interactions: Iterable[Interaction]) -> Mapping[UUID, Case]:
    """Return the case of each interaction of a history that is read at once, newest first."""
    items = tuple(interactions)
    book = CaseBook(remembered=max(1, len(items)))
    book.read(items)
    found = {item.id: book.case(item.id) for item in items}
    return {key: case for key, case in found.items() if case is not None}


def _keys(item: Interaction, clues: Clues) -> list[_Key]:
    """Return what ties an interaction to others, the strongest first."""
    keys: list[_Key] = [("message", reference) for reference in clues.messages]
    if item.conversation_id:
        keys.append(("conversation", item.conversation_id))
    if clues.order:
        keys.append(("order", clues.order))
    if clues.thread:
        keys.append(("thread", clues.thread))
    return keys


def _near(case: Case, at: datetime | None, gap: timedelta | None) -> bool:
    if gap is None:
        return True
    if at is None or case.first is None or case.last is None:
        return at is None and case.first is None
    return case.first - gap <= at <= case.last + gap


def _grown(case: Case, item: Interaction, clues: Clues) -> Case:
    """Return a case with one interaction more."""
    at, state = item.occurred_at, _state(item)
    newest = state and (case.state is None or _later(at, case.state_at))
    ids = case.ids if len(case.ids) >= _KEPT_KEYS else case.ids | {item.id}
    conversations = case.conversations
    if item.conversation_id and len(conversations) < _KEPT_KEYS:
        conversations |= {item.conversation_id}
    return replace(
        case,
        number=clues.written if clues.rank > case.rank else case.number,
        rank=max(clues.rank, case.rank),
        subject=case.subject or item.subject,
        channels=(
            case.channels if item.channel in case.channels else (*case.channels, item.channel)
        ),
        first=_least(case.first, at),
        last=_most(case.last, at),
        count=case.count + 1,
        state=state if newest else case.state,
        state_at=at if newest else case.state_at,
        ids=ids,
        conversations=conversations,
    )


def _united(first: Case, second: Case) -> Case:
    """Return what is known of two cases together."""
    numbered = max((first, second), key=lambda case: case.rank)
    newest = second if _later(second.state_at, first.state_at) else first
    settled = newest if newest.state else (first if first.state else second)
    return replace(
        first,
        number=numbered.number,
        rank=numbered.rank,
        subject=first.subject or second.subject,
        channels=tuple(dict.fromkeys((*first.channels, *second.channels))),
        first=_least(first.first, second.first),
        last=_most(first.last, second.last),
        count=first.count + second.count,
        state=settled.state,
        state_at=settled.state_at,
        ids=first.ids | second.ids,
        conversations=first.conversations | second.conversations,
    )


def _rename(places: MutableMapping[_Place, UUID], old: UUID, new: UUID) -> None:
    for place, case_id in places.items():
        if case_id == old:
            places[place] = new


def _state(item: Interaction) -> StateKind | None:
    """Return what a contact's status says; a delivered order settles no complaint about it."""
    return None if item.channel is Channel.PURCHASE else kind_of_state(item.status)


def _later(at: datetime | None, than: datetime | None) -> bool:
    return at is not None and (than is None or at > than)


def _least(*moments: datetime | None) -> datetime | None:
    known = [moment for moment in moments if moment is not None]
    return reduce(min, known) if known else None


def _most(*moments: datetime | None) -> datetime | None:
    known = [moment for moment in moments if moment is not None]
    return reduce(max, known) if known else None
