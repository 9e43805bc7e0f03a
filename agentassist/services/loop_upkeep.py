# SPDX-License-Identifier: Apache-2.0
"""Keeps the loops in step with what comes in, in batches that never hold anything up.

Reading and comparing happens in a reading transaction; only what differs is written, in a
short one. Two desks that do it at the same time write the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from agentassist.domain.clock import utc_now
from agentassist.domain.waiting import never, silent
from agentassist.errors import Cancelled
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.loop_events import Scope
from agentassist.storage.loop_news import LoopNews, Mark, News
from agentassist.storage.loops import Loops
from agentassist.storage.merges import Merges
from agentassist.storage.rows import UNKNOWN_TIME, chunks

Step = Callable[[int, int], None]
"""Is told how many of how many customers were read."""

_NEWS = 5_000
_CUSTOMERS = 20  # a call that rings meanwhile waits for these at most
_REGROUPED = timedelta(minutes=2)
_EVERYBODY = UUID(int=(1 << 128) - 1)


class LoopUpkeep:
    """Brings the stored loops up to date with the interactions."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    def refresh(self, step: Step = silent, cancelled: Callable[[], bool] = never) -> int:
        """Read what is new, everything the first time; return how many loops changed.

        Raises:
            Cancelled: it was asked to stop between two batches.
        """
        mark = self._note_missed_calls()
        if not mark.built:
            return self._build(mark, step, cancelled)
        return self._follow(mark, cancelled)

    def rebuild(self, step: Step = silent, cancelled: Callable[[], bool] = never) -> int:
        """Read everything again; what agents settled stays settled."""
        with self._database.transaction() as connection:
            LoopNews(connection).save(Mark(), self._now())
        return self.refresh(step, cancelled)

    def _note_missed_calls(self) -> Mark:
        now = self._now()
        with self._database.reading() as connection:
            mark = LoopNews(connection).mark()
            missed = list(LoopNews(connection).missed_calls(mark, now))
        if missed:
            with self._database.transaction() as connection:
                History(connection).add_interactions(missed)
        return LoopNews.after_calls(mark, now)

    # The first time

    def _build(self, mark: Mark, step: Step, cancelled: Callable[[], bool]) -> int:
        with self._database.reading() as connection:
            news = LoopNews(connection)
            left = news.customers_left(mark.built_to)
            if mark.built_to.int == 0:
                mark = self._read_up_to_now(news, mark)
        changed, done = 0, 0
        while people := self._customers(mark.built_to):
            changed += self._replay(self._groups(people))
            mark = replace(mark, built_to=people[-1])
            done += len(people)
            self._save(mark)
            _pause(step, cancelled, done, left)
        changed += self._build_nobodys(cancelled)
        self._save(replace(mark, built_to=_EVERYBODY, built=True))
        return changed

    def _customers(self, after: UUID) -> list[UUID]:
        with self._database.reading() as connection:
            return LoopNews(connection).customers_after(after, _CUSTOMERS)

    def _groups(self, customer_ids: Iterable[UUID]) -> Scope:
        """Return the scope of those who are their own survivors: the others come with these."""
        with self._database.reading() as connection:
            merges = Merges(connection)
            survivors = merges.survivors(customer_ids)
            return Scope(merges.members(key for key, end in survivors.items() if key == end))

    def _build_nobodys(self, cancelled: Callable[[], bool]) -> int:
        place, changed = (UNKNOWN_TIME, UUID(int=0)), 0
        seen: set[UUID] = set()
        while True:
            with self._database.reading() as connection:
                news, place = LoopNews(connection).nobodys(place, _NEWS)
            if not news:
                return changed
            talks = {item.conversation_id for item in news if item.conversation_id} - seen
            seen |= talks
            loose = frozenset(item.id for item in news if item.conversation_id is None)
            changed += self._replay(Scope({}, frozenset(talks), loose))
            _pause(silent, cancelled, 0, 0)

    # From then on

    def _follow(self, mark: Mark, cancelled: Callable[[], bool]) -> int:
        changed = self._regroup(mark)
        with self._database.reading() as connection:
            news = LoopNews(connection)
            place, mark = news.since(mark), self._read_up_to_now(news, mark)
        while True:
            with self._database.reading() as connection:
                batch = LoopNews(connection).after(place, _NEWS)
            if not batch:
                break
            changed += sum(self._replay(scope) for scope in self._scopes(batch))
            place = batch[-1].id
            _pause(silent, cancelled, 0, 0)
        self._save(mark)
        return changed

    def _read_up_to_now(self, news: LoopNews, mark: Mark) -> Mark:
        """Return the mark behind all there is now; counted before it is read, not after."""
        read_to = max(mark.read_to, news.newest(self._now()))
        return replace(mark, read_to=read_to, late=news.count_late(read_to))

    def _regroup(self, mark: Mark) -> int:
        since = (mark.changed_at or self._now()) - _REGROUPED
        with self._database.reading() as connection:
            people, loose = LoopNews(connection).regrouped(since)
            merges = Merges(connection)
            members = merges.members(set(merges.survivors(people).values()))
        scopes = [Scope(dict(part)) for part in chunks(members.items(), _CUSTOMERS)]
        if loose:
            first = scopes[0].people if scopes else {}
            scopes[:1] = [Scope(first, loose=frozenset(loose))]
        return sum(self._replay(scope) for scope in scopes)

    def _scopes(self, batch: list[News]) -> list[Scope]:
        """Return whom a batch concerns, those first whose news go back furthest."""
        parts = chunks(sorted(batch, key=lambda item: item.at), _CUSTOMERS)
        with self._database.reading() as connection:
            return [_scope(LoopNews(connection), Merges(connection), part) for part in parts]

    def _replay(self, scope: Scope) -> int:
        with self._database.reading() as connection:
            changes = Loops(connection).replay(scope)
        if changes:
            with self._database.transaction() as connection:
                Loops(connection).apply(changes)
        return len(changes)

    def _save(self, mark: Mark) -> None:
        with self._database.transaction() as connection:
            LoopNews(connection).save(mark, self._now())


def _scope(news: LoopNews, merges: Merges, part: list[News]) -> Scope:
    talks = {item.conversation_id for item in part if item.conversation_id}
    people = {item.customer_id for item in part if item.customer_id}
    people |= news.others_in(list(talks)) if talks else set()
    return Scope(
        merges.members(set(merges.survivors(people).values())),
        frozenset(talks),
        frozenset(item.id for item in part if item.customer_id is None),
        part[0].at,
    )


def _pause(step: Step, cancelled: Callable[[], bool], done: int, total: int) -> None:
    step(done, total)
    if cancelled():
        raise Cancelled
