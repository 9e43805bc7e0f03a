# SPDX-License-Identifier: Apache-2.0
"""What plain rules make of records of people: equal fields, and a weighted likeness of strings."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import token_sort_ratio

Record = Mapping[str, str]
Groups = list[list[str]]

_FIRST = ("first_name", "given_name")
_BORN = ("dob", "date_of_birth")
_THRESHOLDS = (0.65, 0.7, 0.75, 0.8)
_FEWEST = 2.0
_MOST_OF_A_KEY = 200


def baselines(records: Sequence[Record]) -> dict[str, Groups]:
    """Return for each rule the groups of records it makes, by its name."""
    exact: dict[str, Callable[[Record], str]] = {
        "equal e-mail": lambda one: one.get("email", ""),
        "equal id number": lambda one: one.get("soc_sec_id", ""),
        "equal name and birth date": _name_and_date,
    }
    used = {name: key for name, key in exact.items() if any(map(key, records))}
    found = {name: _joined(records, _equal(records, [key])) for name, key in used.items()}
    found["any of these"] = _joined(records, _equal(records, list(used.values())))
    scored = [(_likeness(*pair), *pair) for pair in _near(records)]
    for least in _THRESHOLDS:
        pairs = ((one, other) for score, one, other in scored if score >= least)
        found[f"likeness of strings, {least:g}"] = _joined(records, pairs)
    return found


def _name_and_date(one: Record) -> str:
    parts = (_of(one, _FIRST), one.get("surname", ""), _of(one, _BORN))
    return "|".join(parts) if all(parts) else ""


def _of(one: Record, names: Iterable[str]) -> str:
    return next((one[name] for name in names if one.get(name)), "")


def _equal(
    records: Sequence[Record], keys: Sequence[Callable[[Record], str]]
) -> Iterable[tuple[Record, Record]]:
    for key in keys:
        first: dict[str, Record] = {}
        for one in records:
            if value := key(one):
                yield first.setdefault(value, one), one


def _near(records: Sequence[Record]) -> Iterable[tuple[Record, Record]]:
    """Yield the pairs that have one value in common, or the beginning of a name."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(records):
        for name, value in one.items():
            if value and name not in {"record_id", "source", "state", "city"}:
                blocks[name, value].append(number)
        blocks["name", (_of(one, _FIRST) + one.get("surname", ""))[:5]].append(number)
    seen = {
        pair
        for block in blocks.values()
        if len(block) <= _MOST_OF_A_KEY
        for pair in combinations(block, 2)
    }
    return ((records[one], records[other]) for one, other in sorted(seen))


def _likeness(one: Record, other: Record) -> float:
    """Return the mean likeness of the fields that both have: names and dates count twice."""
    names = [_whole_name(each) for each in (one, other)]
    weighed = [(2.0, token_sort_ratio(*names) / 100)] if all(names) else []
    born = [_of(each, _BORN) for each in (one, other)]
    weighed += [(2.0, JaroWinkler.similarity(*born))] if all(born) else []
    for name in ("email", "address_1", "suburb", "postcode", "city", "soc_sec_id"):
        mine, theirs = one.get(name), other.get(name)
        if mine and theirs:
            weighed.append((1.0, JaroWinkler.similarity(mine, theirs)))
    total = sum(weight for weight, _ in weighed)
    if total < _FEWEST:
        return 0.0
    mean = sum(weight * near for weight, near in weighed) / total
    return max(0.0, 2 * mean - 1)


def _whole_name(one: Record) -> str:
    return " ".join(filter(None, (_of(one, _FIRST), one.get("surname", ""))))


def _joined(records: Sequence[Record], pairs: Iterable[tuple[Record, Record]]) -> Groups:
    """Join along the pairs, as every rule of this kind does."""
    parent = {one["record_id"]: one["record_id"] for one in records}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in pairs:
        parent[root(one["record_id"])] = root(other["record_id"])
    groups: dict[str, list[str]] = defaultdict(list)
    for key in parent:
        groups[root(key)].append(key)
    return list(groups.values())
