# SPDX-License-Identifier: Apache-2.0
"""Which policies an utterance is about. What is said here never decides anything.

Ordinary policies are found by likeness to their examples, against counter-examples, in three
tiers: shown, offered as one of up to three buttons, silent. Only what is asked for is
shown (see `polarity`). Protected policies are found by their words as well (see
`detectors`), and nothing silences them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from agentassist.domain.detectors import Detector, detect, detector
from agentassist.domain.likeness import Likeness, has_korean, terms
from agentassist.domain.polarity import Said, denial, read
from agentassist.domain.policy import AnyPolicy, Bundle, ProtectedPolicy
from agentassist.domain.pressure import pressure_of
from agentassist.domain.samples import Fit, Samples, samples, type_of
from agentassist.domain.thresholds import BY_WORDS, Thresholds
from agentassist.domain.turn_words import SOCIAL
from agentassist.domain.utterance import latin_part, normalise
from agentassist.domain.verdict import Match, Polarity, Pressure
from agentassist.errors import Unavailable

LANGUAGES = ("en", "ko")
WORDS = "words"
"""What stands for a model where words are compared."""

_BUTTONS = 3


class Meaning(Protocol):
    """Compares by meaning, with one model."""

    @property
    def model(self) -> str:
        """The model's digest."""

    def speaks(self, language: str) -> bool:
        """Tell whether the model was made for a language."""

    def likeness(self, texts: Sequence[str], sentences: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return for each text how alike it is to each sentence, as cosines.

        Raises Unavailable where the model has gone.
        """


@dataclass(frozen=True, slots=True)
class RequestMatch:
    """A policy that fits. `evidence` is the example or the words, `request` the clause.

    `part`: the clause is one of several.
    """

    policy_id: str
    match: Match
    evidence: str
    request: str
    score: float
    protected: bool
    polarity: Polarity = Polarity.ASKS
    pressure: tuple[Pressure, ...] = ()
    part: bool = False


@dataclass(slots=True)
class Matcher:
    """Finds the policies of one bundle in what is said.

    `meaning` gives the model of the moment, None where there is none. A model is asked only
    in the languages it speaks and where it was calibrated, all clauses at once; elsewhere
    words are compared. `sector` leaves out other sectors. `thresholds` are kept by language
    and model (`WORDS` for words).
    """

    bundle: Bundle
    meaning: Callable[[], Meaning | None] = lambda: None
    sector: str = ""
    thresholds: Mapping[tuple[str, str], Thresholds] = field(default_factory=dict)
    samples: Mapping[str, Samples] = field(init=False)
    likeness: Likeness = field(init=False)
    _detectors: tuple[Detector, ...] = field(init=False)
    _types: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        policies = [p for p in self.bundle.policies.values() if self._serves(p)]
        guarded = (policy for policy in policies if isinstance(policy, ProtectedPolicy))
        self._detectors = tuple(detector(policy) for policy in guarded)
        self._types = {policy.id: type_of(policy) for policy in policies}
        self.samples = {key: samples(policies, key) for key in LANGUAGES}
        known = [x for found in self.samples.values() for x in found.sentences]
        harmless = [x for one in self._detectors for x in one.counter]
        self.likeness = Likeness([*known, *harmless])

    def _serves(self, policy: AnyPolicy) -> bool:
        return not self.sector or policy.sector in (self.sector, "common")

    def match(self, text: str) -> tuple[RequestMatch, ...]:
        """Return protected matches first, then at most three others, the best first."""
        folded = normalise(text)
        if not folded:
            return ()
        pressure = pressure_of(folded)
        said = read(folded)
        found = [
            *self._by_words(folded, said, pressure),
            *(x for key in LANGUAGES for x in self._by_example(key, _heard(said, key))),
        ]
        protected = self._best(replace(x, pressure=pressure) for x in found if x.protected)
        others = self._best(self._less_refused([x for x in found if not x.protected]))
        return (*protected, *_settle(others)[:_BUTTONS])

    # Protected words

    def _by_words(
        self, text: str, said: Sequence[Said], pressure: tuple[Pressure, ...]
    ) -> Iterator[RequestMatch]:
        meant = said[0].polarity if said else Polarity.ASKS
        for one in detect(self._detectors, text, pressure, self.likeness):
            score = 1.0 if one.match is Match.SHOW else 0.5
            yield RequestMatch(
                one.policy_id, one.match, one.evidence, text, score, protected=True, polarity=meant
            )

    # Examples

    def _by_example(self, language: str, said: Sequence[Said]) -> Iterator[RequestMatch]:
        known = self.samples[language]
        if not said or not known.types:
            return
        rows, thresholds = self._measure(known, [one.text for one in said])
        whole = "" if said[0].part else _best_type(known, rows[0], thresholds.offer)
        for one, row in zip(said, rows, strict=True):
            yield from _found(known, one, row, thresholds, whole)

    def _measure(
        self, known: Samples, texts: Sequence[str]
    ) -> tuple[Sequence[Sequence[float]], Thresholds]:
        """Compare by meaning where that was calibrated, else by words."""
        model = self.meaning()
        learnt = self.thresholds.get((known.language, model.model)) if model else None
        if model is not None and learnt is not None:
            try:
                return model.likeness(texts, known.sentences), learnt
            except Unavailable:
                pass
        rows = [self.likeness(text, known.sentences) for text in texts]
        return rows, self.thresholds.get((known.language, WORDS), BY_WORDS)

    def _less_refused(self, found: Sequence[RequestMatch]) -> Iterator[RequestMatch]:
        """Offer what is asked for in one clause and refused in another."""
        refused = {
            self._types[x.policy_id] for x in found if x.polarity is Polarity.REFUSES and x.part
        }
        for one in found:
            both = self._types[one.policy_id] in refused
            yield replace(one, match=Match.OFFER) if both else one

    def _best(self, found: Iterable[RequestMatch]) -> list[RequestMatch]:
        """Keep the strongest match of each type, the best first."""
        best: dict[str, RequestMatch] = {}
        for item in found:
            key = self._types[item.policy_id]
            other = best.get(key)
            if other is None or _strength(item) > _strength(other):
                best[key] = item
        return sorted(best.values(), key=lambda x: (*(-v for v in _strength(x)), x.policy_id))


def _heard(said: Sequence[Said], language: str) -> list[Said]:
    """Return the clauses in a language; what is said in both is offered in the second at most."""
    if language == "ko":
        return [one for one in said if has_korean(one.text)]
    plain = [one for one in said if not has_korean(one.text) and _has_content(one)]
    mixed = [(one, latin_part(one.text)) for one in said if has_korean(one.text)]
    return [*plain, *(replace(one, text=text, wry=True) for one, text in mixed if text)]


def _has_content(said: Said) -> bool:
    """Tell whether a clause says more than a greeting or "please help me"."""
    words = (word for word in said.text.split() if word not in SOCIAL)
    return not said.part or len(set(terms(" ".join(words)))) > 1


def _best_type(known: Samples, row: Sequence[float], least: float) -> str:
    """Return the type that the whole utterance fits best, empty where it fits none."""
    best = max(known.fits(row), key=lambda fit: fit.score)
    return best.type.id if best.score >= least else ""


def _found(
    known: Samples, said: Said, row: Sequence[float], thresholds: Thresholds, whole: str
) -> Iterator[RequestMatch]:
    """Weigh the types for a clause: one at most is shown, and only if it is asked for.

    A clause that asks for nothing itself is shown only for what the whole is about.
    """
    fits = sorted(known.fits(row), key=lambda fit: fit.score, reverse=True)
    for rank, fit in enumerate(fits):
        if fit.score < thresholds.offer:
            return
        if fit.against >= fit.best:
            continue
        sure = fit.score >= thresholds.of(fit.type.id)
        meant = _is_meant(known, fit, said)
        if not sure if fit.type.protected else said.told and not meant:
            continue
        behind = fits[rank + 1].score if rank + 1 < len(fits) else 0.0
        ahead = rank == 0 and fit.score - behind >= thresholds.margin
        clear = fit.best - fit.against >= thresholds.margin
        alone = said.wish or fit.type.id == whole
        shown = sure and ahead and clear and alone and meant and not fit.type.protected
        yield _matched(known, fit, said, Match.SHOW if shown else Match.OFFER)


def _is_meant(known: Samples, fit: Fit, said: Said) -> bool:
    """Tell whether a clause is meant as the closest examples are.

    What asks or says what went wrong is compared with anything, what states something else
    only with what states it, too.
    """
    asks = said.wish or said.trouble
    near = [example for place in fit.nearest if (example := known.examples[place])]
    denied = denial(said.text)
    alike = [example for example in near if denied == example.denial]
    most = near[0] in alike or 2 * len(alike) > len(near)
    return (
        not said.wry
        and most
        and any(
            said.polarity in (Polarity.ASKS, example.polarity) and (asks or not example.wish)
            for example in alike
        )
    )


def _matched(known: Samples, fit: Fit, said: Said, match: Match) -> RequestMatch:
    example = known.examples[fit.nearest[0]]
    assert example is not None  # noqa: S101 - the nearest are examples
    return RequestMatch(
        example.policy_id,
        match,
        example.text,
        said.text,
        fit.score,
        protected=fit.type.protected,
        polarity=said.polarity,
        part=said.part,
    )


def _strength(found: RequestMatch) -> tuple[int, float]:
    return (found.match is Match.SHOW, found.score)


def _settle(found: list[RequestMatch]) -> list[RequestMatch]:
    """Show one policy for each clause; what a better one beats becomes a button."""
    settled: list[RequestMatch] = []
    for item in found:
        beaten = any(_overlap(item.request, x.request) for x in settled if x.match is Match.SHOW)
        settled.append(replace(item, match=Match.OFFER) if beaten else item)
    return settled


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one
