# SPDX-License-Identifier: Apache-2.0
"""Knowledge bases: the right articles among the first ten."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quality import words
from benchmarks.quality.bench import Bench
from benchmarks.quality.dense import best_of, pieces
from benchmarks.quality.files import document_text, read_lines, read_table, write_ranked
from benchmarks.quality.ranking import fused, mixed, neighbours, ranked
from benchmarks.quality.results import Result

MEASURE = "ndcg@10"
PAST_WEIGHT = 0.2

_Lines = list[dict[str, Any]]
_Baselines = Mapping[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """A folder with documents, queries and labels.

    `since` splits it by time: queries of earlier dates are contacts that were solved, and
    are learned from; only the later ones are asked.
    """

    name: str
    folder: str
    target: float
    korean: bool = False
    since: str = ""


def measure(one: RetrievalSet, bench: Bench) -> list[Result]:
    """Return nDCG@10 of the product and of the baselines."""
    folder = bench.sets / one.folder
    labels = folder / "qrels.tsv"
    past, asked = _split(bench.queries(folder / "queries.jsonl"), one.since)
    contacts = _contacts(past, labels)
    run, seconds = _ours(one, bench, asked, contacts)
    given = _Given(read_lines(folder / "corpus.jsonl"), asked, contacts)
    only = bench.only(asked)
    runs = {name: _written(bench, given, scores) for name, scores in _baselines(one, bench, given)}
    for who, answers in {"ours": run, **runs}.items():
        bench.keep(answers, one.name, who)
    baselines = {
        name: bench.scorer.score("retrieval", labels, other, *only)[MEASURE]
        for name, other in runs.items()
    }
    found = bench.scorer.score("retrieval", labels, run, *only)
    result = Result(
        one.name, MEASURE, found[MEASURE], baselines, one.target, details=found, seconds=seconds
    )
    difference = bench.scorer.compare(labels, run, runs[result.best], *only)
    return [replace(result, difference=difference)]


@dataclass(frozen=True, slots=True)
class _Given:
    """What a set gives to everybody alike."""

    documents: _Lines
    queries: _Lines
    contacts: _Lines

    @property
    def ids(self) -> list[str]:
        return [str(one["id"]) for one in self.documents]

    @property
    def asked(self) -> list[str]:
        return [one["text"] for one in self.queries]


def _split(queries: _Lines, since: str) -> tuple[_Lines, _Lines]:
    if not since:
        return [], queries
    return (
        [one for one in queries if one["date"] < since],
        [one for one in queries if one["date"] >= since],
    )


def _contacts(past: _Lines, labels: Path) -> _Lines:
    """Return earlier queries as solved contacts, with the articles that were linked."""
    linked: dict[str, list[str]] = defaultdict(list)
    for query, document, *_ in read_table(labels):
        linked[query].append(document)
    return [
        {"id": one["id"], "text": one["text"], "articles": linked[one["id"]], "date": one["date"]}
        for one in past
    ]


def _ours(one: RetrievalSet, bench: Bench, asked: _Lines, contacts: _Lines) -> tuple[Path, float]:
    product = bench.product(bench.sets / one.folder / "corpus.jsonl")
    if contacts:
        product = product.copied(bench.folder("data"))
        product.learn(bench.written("solved.jsonl", contacts))
    queries = bench.written("queries.jsonl", [{"id": q["id"], "text": q["text"]} for q in asked])
    return product.rank(queries, bench.folder("ours.jsonl")), product.seconds


def _baselines(one: RetrievalSet, bench: Bench, given: _Given) -> Iterator[tuple[str, np.ndarray]]:
    found = _in_korean(bench, given) if one.korean else _in_english(bench, given)
    yield from found.items()
    if given.contacts:
        past = _past(bench, given)
        yield f"nearest of {len(given.contacts)} past contacts", past
        weight = 1 - PAST_WEIGHT
        yield f"{weight:g} dense, {PAST_WEIGHT:g} past", mixed(found["dense"], past, weight)


def _in_english(bench: Bench, given: _Given) -> _Baselines:
    by_words = _by_words(given, words.stems)
    parts, wholes = _by_meaning(bench, given, cut=True), _by_meaning(bench, given, cut=False)
    return {
        "BM25": by_words,
        "dense": parts,
        "dense, whole articles": wholes,
        "naive fusion": fused(by_words, parts),
        "naive fusion, whole articles": fused(by_words, wholes),
    }


def _in_korean(bench: Bench, given: _Given) -> _Baselines:
    by_pairs = _by_words(given, words.bigrams)
    meaning = _by_meaning(bench, given, cut=True)
    found = {
        "BM25, words": _by_words(given, words.spaced),
        "BM25, bigrams": by_pairs,
        "dense": meaning,
        "naive fusion": fused(by_pairs, meaning),
    }
    tokenize = words.morphemes()
    if tokenize is not None:
        found["BM25, morphemes"] = _by_words(given, tokenize)
        found["fusion of bigrams and morphemes"] = fused(by_pairs, found["BM25, morphemes"])
    return found


def _by_words(given: _Given, tokenize: Callable[[str], list[str]]) -> np.ndarray:
    # A title counts twice: nobody who sets BM25 up for articles would leave it plain.
    texts = [
        "\n".join([one.get("title") or ""] * 2 + [document_text(one)]) for one in given.documents
    ]
    return words.bm25(tokenize, texts, given.asked)


def _by_meaning(bench: Bench, given: _Given, *, cut: bool) -> np.ndarray:
    texts: list[str] = []
    owner: list[int] = []
    for place, one in enumerate(given.documents):
        title, text = one.get("title") or "", document_text(one)
        parts = pieces(title, text) if cut else [f"{title}\n{text}".strip()]
        texts += parts
        owner += [place] * len(parts)
    scores = bench.dense.encode(given.asked) @ bench.dense.encode(texts).T
    return best_of(scores, np.array(owner), len(given.documents))


def _past(bench: Bench, given: _Given) -> np.ndarray:
    places = {key: place for place, key in enumerate(given.ids)}
    linked = np.zeros((len(given.contacts), len(places)), dtype=np.float32)
    for row, contact in enumerate(given.contacts):
        linked[row, [places[key] for key in contact["articles"]]] = 1
    texts = [one["text"] for one in given.contacts]
    likeness = bench.dense.encode(given.asked) @ bench.dense.encode(texts).T
    return neighbours(likeness, linked)


def _written(bench: Bench, given: _Given, scores: np.ndarray) -> Path:
    ids = [str(one["id"]) for one in given.queries]
    return write_ranked(bench.folder("other.jsonl"), ids, ranked(scores, given.ids))


SETS: Sequence[RetrievalSet] = (
    RetrievalSet("kb/thunderbird", "kb/thunderbird", 0.53),
    RetrievalSet("kb/thunderbird, 2024 after 2023", "kb/thunderbird", 0.65, since="2024"),
    RetrievalSet("kb/abcd_guidelines", "kb/abcd_guidelines", 0.82),
    RetrievalSet("ko/belebele", "ko/belebele", 0.93, korean=True),
    RetrievalSet("ko/parakqc", "ko/parakqc", 0.93, korean=True),
)
