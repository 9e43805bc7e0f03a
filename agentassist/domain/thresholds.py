# SPDX-License-Identifier: Apache-2.0
"""From which likeness a type of request is shown or offered, learnt from its own examples.

Every example is weighed as if it were not there (leave-one-out). With its own type taken
away as well it stands for what customers say that no policy answers, as a counter-example
does. No label of a customer is needed, and a new model or a new policy gives new thresholds.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from agentassist.domain.policy import canonical
from agentassist.domain.samples import Fit, Samples

_FALSE = 0.02  # strangers that may be shown: they come closer than what is really out of scope
_OFFERED = 0.40  # strangers that may be offered as a button
_PRECISION = 0.97  # of what would be shown of the examples
_PRIOR = 30  # examples that the usual thresholds count for, and the common one for a type
_MARGINS = tuple(0.03 + step / 50 for step in range(7))
_MOST = 1_000
_LOWER = 0.03  # that far at most below the usual: few examples are all far from each other
_WIDER, _NARROWER = 0.15, 0.10  # how far a type may be from the common threshold

_RULES = 1  # raised when the same examples give other thresholds than before

Row = Sequence[float]
Rows = Callable[[Sequence[int]], Iterable[Row]]
"""Gives for places of sentences the likeness of each to all sentences."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`margin` is how far the best type has to be ahead of the next to be shown.

    `types` has the threshold of a type that differs from `show`. Of the examples, `accuracy`
    is the share whose own type comes first, `coverage` the share that would be shown
    rightly, `precision` how many of those shown are right; 0 where nothing was learnt.
    """

    show: float
    offer: float
    margin: float = 0.03
    types: Mapping[str, float] = field(default_factory=dict)
    coverage: float = 0.0
    precision: float = 0.0
    accuracy: float = 0.0

    def of(self, type_id: str) -> float:
        """Return from which score a type is shown."""
        return self.types.get(type_id, self.show)


def from_mapping(stored: object) -> Thresholds | None:
    """Read what `dataclasses.asdict` made of thresholds; None where it is something else."""
    if not isinstance(stored, Mapping):
        return None
    try:
        types = {str(key): float(score) for key, score in stored["types"].items()}
        return Thresholds(types=types, **{name: float(stored[name]) for name in _NUMBERS})
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


_NUMBERS = ("show", "offer", "margin", "coverage", "precision", "accuracy")

BY_MEANING = Thresholds(show=0.54, offer=0.45)
BY_WORDS = Thresholds(show=0.42, offer=0.22)


@dataclass(frozen=True, slots=True)
class _Top:
    """The best type of a sentence, and how far it is ahead."""

    type: str
    score: float
    margin: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class _Trials:
    own: Sequence[_Top]
    strangers: Sequence[_Top]
    counter: Sequence[_Top]


def digest_of(samples: Samples) -> str:
    """Return the sha256 of all that thresholds are learnt from, the model aside."""
    types = [[x.id, x.protected, len(x.examples), len(x.counter)] for x in samples.types]
    return hashlib.sha256(canonical([_RULES, types, samples.sentences])).hexdigest()


def calibrate(samples: Samples, rows: Rows, usual: Thresholds) -> Thresholds:
    """Learn thresholds: the most examples shown rightly, while few strangers are shown.

    Where there is little to learn from, they stay near the `usual` ones, and those of a small
    type near the common one.
    """
    trials = _trials(samples, rows)
    if not trials.own or not trials.strangers:
        return usual
    tried = (_tried(trials, margin, usual) for margin in _MARGINS)
    good = [x for x in tried if x.precision >= _PRECISION]
    return max(good, key=lambda x: (x.coverage, -x.margin), default=_strictest(trials, usual))


def _strictest(trials: _Trials, usual: Thresholds) -> Thresholds:
    return max((_tried(trials, margin, usual) for margin in _MARGINS), key=lambda x: x.precision)


def _tried(trials: _Trials, margin: float, usual: Thresholds) -> Thresholds:
    """Return the thresholds for a margin, with what they would do."""
    near = [x for x in trials.strangers if x.margin >= margin]
    allowed = _FALSE * len(trials.strangers)
    learnt = _cut([x.score for x in near], allowed)
    common = max(_towards(usual.show, learnt, len(trials.strangers)), usual.show - _LOWER)
    offer = _cut([x.score for x in trials.strangers], _OFFERED * len(trials.strangers))
    of_types = _of_types([*near, *(x for x in trials.counter if x.margin >= margin)], common)
    shown = [
        x for x in trials.own if x.margin >= margin and x.score >= of_types.get(x.type, common)
    ]
    right = sum(x.right for x in shown)
    return Thresholds(
        show=round(common, 4),
        offer=round(min(common, _towards(usual.offer, offer, len(trials.strangers))), 4),
        margin=margin,
        types={key: round(score, 4) for key, score in of_types.items()},
        coverage=round(right / len(trials.own), 4),
        precision=round(right / len(shown), 4) if shown else 0.0,
        accuracy=round(sum(x.right for x in trials.own) / len(trials.own), 4),
    )


def _of_types(near: Sequence[_Top], common: float) -> dict[str, float]:
    """Return the threshold of each type that strangers come near to."""
    scores: dict[str, list[float]] = defaultdict(list)
    for one in near:
        scores[one.type].append(one.score)
    lowest, highest = common - _NARROWER, common + _WIDER
    return {
        key: min(max(_towards(common, _cut(x, _FALSE * len(x)), len(x)), lowest), highest)
        for key, x in sorted(scores.items())
    }


def _towards(usual: float, learnt: float, count: int) -> float:
    """Return what was learnt from `count` sentences, drawn to the usual where they are few."""
    return (learnt * count + usual * _PRIOR) / (count + _PRIOR)


def _cut(scores: Sequence[float], allowed: float) -> float:
    """Return the score that no more than `allowed` of the scores reach."""
    ordered = sorted(scores, reverse=True)
    if not ordered:
        return 0.0
    first = math.floor(allowed)
    if first >= len(ordered):
        return 0.0
    return ordered[first] + 1e-6


# Trials


def _trials(samples: Samples, rows: Rows) -> _Trials:
    places = _chosen(len(samples.sentences))
    own: list[_Top] = []
    strangers: list[_Top] = []
    counter: list[_Top] = []
    for place, row in zip(places, rows(places), strict=True):
        fits = sorted(samples.fits(_without(row, place)), key=_score, reverse=True)
        mine = next((x for x in fits if place in x.type.examples), None)
        if mine is None:
            counter += _top(fits)
        else:
            own += [_right(x, mine) for x in _top(fits)]
            strangers += _top([x for x in fits if x is not mine])
    return _Trials(own, strangers, counter)


def _right(top: _Top, mine: Fit) -> _Top:
    return _Top(top.type, top.score, top.margin, top.type == mine.type.id)


def _chosen(count: int) -> list[int]:
    """Return all places, or as many as take a second or two, spread evenly."""
    step = max(1, math.ceil(count / _MOST))
    return list(range(0, count, step))


def _without(row: Row, place: int) -> list[float]:
    """Return the likeness to all sentences but the one itself."""
    left = list(row)
    left[place] = 0.0
    return left


def _top(fits: Sequence[Fit]) -> list[_Top]:
    """Return the best type; nothing where its own counter-examples are nearer."""
    if not fits or fits[0].against >= fits[0].best:
        return [_Top("", 0.0, 0.0)] if fits else []
    behind = fits[1].score if len(fits) > 1 else 0.0
    return [_Top(fits[0].type.id, fits[0].score, fits[0].score - behind)]


def _score(fit: Fit) -> float:
    return fit.score
