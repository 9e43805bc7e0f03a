# SPDX-License-Identifier: Apache-2.0
"""Looking for duplicates among 200,000 customers, and for one of them while a call is up.

Names are drawn as unevenly as real ones (Zipf), so that some are shared by thousands; one
customer in fifty is there twice, with a slip in the name, another number or no birth date.
"""

import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from agentassist.domain.clock import utc_now
from agentassist.domain.customer import ContactKind, ContactPoint, Customer
from agentassist.domain.duplicates import SearchProgress
from agentassist.domain.identifiers import new_id
from agentassist.services.duplicate_search import DuplicateSearch
from agentassist.services.duplicates import Duplicates
from agentassist.services.live_duplicates import LiveDuplicates
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database, opened
from benchmarks.figures import Budget, Figure, figure
from benchmarks.options import Options


def _words(text: str) -> list[str]:
    return text.split()


_FULL = 200_000
_QUICK = 5_000
_TWICE = 50
_BATCH = 2_000
_ASKED = 300
_STARTS = _words("""
    Bar Ben Col Dan Ed Far Gar Hal Har Ken Lan Mar Nor Pem Ras Sal Tor Wal Win Yor
""")
_MIDDLES = _words("""
    a den der er i in ling man mer o rick ro se ter
""")
_ENDS = _words("""
    berg by croft dale field ford ham ley man more son stone ton well wick wood
""")
_GIVEN = _words("""
    Ada Agnes Alan Alice Amir Ana Anna Ben Bo Boris Carla Carol Chen Clara Dana Dara Diego
    Dora Edgar Elena Emil Emma Erik Esther Eva Farid Felix Fiona Gina Grace Hana Hugo Ida
    Igor Ines Ivan Jana Jihoon Joan Jonas Jorge Julia Karin Karl Kenji Lara Lena Leo Lila
    Lucia Lukas Mai Marco Maria Mina Minsu Nadia Nils Nina Nora Olga Omar Oscar Otto Paula
    Pavel Petra Priya Rafael Rosa Rudi Ruth Samir Sara Sofia Sven Tariq Tessa Theo Tom
    Ursula Vera Viktor Wanda Yara Yuna
""")
_DOMAINS = ("example.com", "example.net", "example.org", "mail.example", "post.example")
_WAIT = Budget(300.0)
_LOOK = Budget(50.0, on_p95=True)


def measure(options: Options) -> list[Figure]:
    """Measure the search, merging what it found, and the look at one customer."""
    number = _QUICK if options.quick else _FULL
    with (
        TemporaryDirectory(prefix="agentassist-bench-") as folder,
        opened(f"sqlite:///{Path(folder) / 'bench.db'}") as database,
    ):
        database.upgrade()
        asked = _fill(database, number)
        return [*_live(database, asked), *_search(database, number)]


def _search(database: Database, number: int) -> list[Figure]:
    steps: list[tuple[str, float]] = []

    def note(progress: SearchProgress) -> None:
        if not steps or steps[-1][0] != progress.step:
            steps.append((progress.step, time.perf_counter()))

    before, began = _memory(), time.perf_counter()
    found = DuplicateSearch(database, progress=note).run()
    ended = time.perf_counter()
    merged = Duplicates(database, utc_now).merge(found.certain, "bench")
    written = time.perf_counter() - ended
    times = [*(at for _, at in steps[1:]), ended]
    said = ", ".join(
        f"{name} {end - at:.0f} s" for (name, at), end in zip(steps, times, strict=True)
    )
    size = f"{number:,} customers"
    each = [1000 * written / max(1, merged)]
    hits = f"{len(found.certain):,} certain, {len(found.suggested):,} suggested"
    return [
        figure("duplicates, search", "s", [ended - began], _WAIT, f"{size}: {said}; {hits}"),
        figure("duplicates, memory it added", "MB", [_memory() - before], None, size),
        figure("duplicates, merge one", "ms", each, None, f"{merged:,} merged"),
    ]


def _live(database: Database, asked: Sequence[UUID]) -> list[Figure]:
    live = LiveDuplicates(database)
    began = time.perf_counter()
    live.warm()
    learnt = time.perf_counter() - began
    times, hits = [], 0
    for key in asked:
        began = time.perf_counter()
        hits += bool(live.suggestions(key))
        times.append(1000 * (time.perf_counter() - began))
    return [
        figure("duplicates, learn what is common", "ms", [1000 * learnt], None, "off the call"),
        figure("duplicates, of one customer", "ms", times, _LOOK, f"{hits} had some"),
    ]


def _fill(database: Database, number: int) -> list[UUID]:
    """Add the customers; return the keys of some, half of whom are there twice."""
    people = _people(number, random.Random(7))
    asked: list[UUID] = []
    while batch := list(islice(people, _BATCH)):
        with database.transaction() as connection:
            customers = Customers(connection)
            for one in batch:
                customers.add(one)
        asked += [one.id for one in batch[:: max(1, _BATCH // 4)]]
        asked += [one.id for one in batch if one.source_ref.startswith("again")][:4]
    return random.Random(7).sample(asked, min(_ASKED, len(asked)))


def _people(number: int, chance: random.Random) -> Iterator[Customer]:
    names = [f"{a}{b}{c}" for a in _STARTS for b in _MIDDLES for c in _ENDS]
    chance.shuffle(names)
    family, given = _zipf(len(names)), _zipf(len(_GIVEN))
    one: Customer | None = None
    for place in range(number):
        if one is not None and place % _TWICE == 0:
            yield _again(one, chance)
            continue
        (surname,) = chance.choices(names, cum_weights=family)
        (first,) = chance.choices(_GIVEN, cum_weights=given)
        one = _person(f"{first} {surname}", place, chance)
        yield one


def _person(name: str, place: int, chance: random.Random) -> Customer:
    local = name.lower().replace(" ", ".") + str(chance.randrange(1000))
    points = [
        ContactPoint(ContactKind.PHONE, f"+1{chance.randrange(2 * 10**9, 10**10)}"),
        ContactPoint(ContactKind.EMAIL, f"{local}@{chance.choice(_DOMAINS)}"),
    ]
    return Customer(
        id=new_id(),
        name=name,
        contact_points=tuple(chance.sample(points, chance.choice((1, 2, 2)))),
        address=f"{chance.randrange(1, 300)} {chance.choice(_STARTS)}{chance.choice(_ENDS)} Street",
        postal_code=f"{chance.randrange(10_000):05}",
        birth_date=_birth_date(chance) if chance.random() < 0.6 else "",  # noqa: PLR2004 - a share
        source="bench",
        source_ref=str(place),
    )


def _birth_date(chance: random.Random) -> str:
    days = chance.randrange(1, 29)
    return f"{chance.randrange(1940, 2006)}-{chance.randrange(1, 13):02}-{days:02}"


def _again(one: Customer, chance: random.Random) -> Customer:
    """Return a record of the same person as another system has it."""
    first, surname = one.name.split()
    cut = chance.randrange(1, len(surname) - 1)
    slip = surname[:cut] + surname[cut + 1] + surname[cut] + surname[cut + 2 :]
    forms = (one.name, f"{surname}, {first}", f"{first} {slip}", f"{first[0]}. {surname}")
    kept = tuple(chance.sample(one.contact_points, chance.randrange(len(one.contact_points) + 1)))
    return replace(
        one,
        id=new_id(),
        name=chance.choice(forms),
        contact_points=kept,
        birth_date=chance.choice((one.birth_date, "")),
        address=chance.choice((one.address, "")),
        source_ref=f"again {one.source_ref}",
    )


def _zipf(number: int) -> list[float]:
    """Return the cumulative weights of names of which the n-th is as common as 1 / n."""
    total, weights = 0.0, []
    for rank in range(1, number + 1):
        total += 1 / (rank + 5)
        weights.append(total)
    return weights


def _memory() -> float:
    """Return the most memory that this process ever used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
