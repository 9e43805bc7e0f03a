# SPDX-License-Identifier: Apache-2.0
"""Which policies an utterance is about. What is said here never decides anything.

Ordinary policies are found by likeness to their examples, against counter-examples;
negation lowers a match to a button. Protected policies are found by their words alone,
too: act and object close together show the prompt, the object alone gives a quiet chip,
and no negation silences either.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from agentassist.domain.likeness import Likeness, has_korean
from agentassist.domain.policy import AnyPolicy, Bundle, ProtectedPolicy
from agentassist.domain.verdict import Match
from agentassist.errors import Unavailable

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""How alike a text is to each of some sentences, 0 to 1."""

LONGEST = 2_000
_CLAUSES = 6
_NEAR = 6
_BUTTONS = 3


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which likeness a policy is shown or offered; `margin` to a counter-example."""

    show: float
    offer: float
    margin: float = 0.03


BY_MEANING = Thresholds(show=0.60, offer=0.47)
BY_WORDS = Thresholds(show=0.55, offer=0.36)


@dataclass(frozen=True, slots=True)
class RequestMatch:
    """A policy that fits. `evidence` is the example or the words, `request` the clause."""

    policy_id: str
    match: Match
    evidence: str
    request: str
    score: float
    protected: bool


# Reading an utterance

_SPACES = re.compile(r"\s+")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_]\s){3,}[^\W\d_](?!\w)")
_MIXED = re.compile(r"[\w@$]*(?:[^\W\d_][\d@$]|[\d@$][^\W\d_])[\w@$]*")
_LEET = str.maketrans("013457@$", "oieastas")
_LOOKALIKES = str.maketrans("асеорхуіѕԁοαν", "aceopxyisdoav")
_BREAK = re.compile(
    r"[.!?;\n]+\s*|,\s+|\s+-+\s+|\s+(?=(?:but|however|instead|그런데|하지만|근데|대신)\b)"
    r"|(?<=지만)\s+|(?<=는데)\s+|(?<=말고)\s+|(?<=니까)\s+"
)
_NEGATION = re.compile(
    r"\b(?:not|never|no longer|no need|nor|without|don['’]?t|do not|didn['’]?t|doesn['’]?t|"
    r"won['’]?t|wouldn['’]?t|isn['’]?t|wasn['’]?t|stop asking|nobody wants)\b"
    r"|(?:^|\s)(?:안|못)\s|지\s?(?:않|말|마)|말고|아니[고라에요]|필요\s?없|싫|원하지",
)
_ASKING = re.compile(r"\b(?:why|could|can|would|will|is|are)(?: you)? ?(?:not|n['’]t)\b")


def normalise(text: str) -> str:
    """Fold an utterance: NFKC, no invisible characters, lower case, single spaces."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    seen = (char for char in folded if unicodedata.category(char) != "Cf")
    return _SPACES.sub(" ", "".join(seen)).strip()[:LONGEST]


def disguised(text: str) -> str:
    """Undo what hides a word from a detector: p4ssw0rd, p a s s w o r d, look-alikes."""
    joined = _SPACED.sub(lambda found: found[0].replace(" ", ""), text.translate(_LOOKALIKES))
    return _MIXED.sub(lambda found: found[0].translate(_LEET), joined)


def clauses(text: str) -> tuple[str, ...]:
    """Split a folded utterance; the whole comes first where there is more than one."""
    parts = [part.strip() for part in _BREAK.split(text) if part and part.strip()]
    return (text, *parts[-_CLAUSES:]) if len(parts) > 1 else tuple(parts)


def is_negated(clause: str) -> bool:
    """True when a clause says that something is not wanted (or is not so)."""
    return _NEGATION.search(_ASKING.sub(" ", clause)) is not None


# Protected detectors


@dataclass(frozen=True, slots=True)
class _Detector:
    policy_id: str
    act: re.Pattern[str]
    object: re.Pattern[str]

    def find(self, text: str) -> RequestMatch | None:
        """Look for the object word, and for an act word near it."""
        objects = list(self.object.finditer(text))
        if not objects:
            return None
        for thing in objects:
            near = _around(text, thing)
            if act := self.act.search(near):
                return self._match(text, Match.SHOW, f"{act[0]} … {thing[0]}")
        return self._match(text, Match.OFFER, objects[0][0])

    def _match(self, text: str, match: Match, evidence: str) -> RequestMatch:
        score = 1.0 if match is Match.SHOW else 0.5
        return RequestMatch(self.policy_id, match, evidence, text, score, protected=True)


def _around(text: str, thing: re.Match[str]) -> str:
    """Return the words before and after a match; the match itself is left out."""
    before = " ".join(text[: thing.start()].split()[-_NEAR:])
    after = " ".join(text[thing.end() :].split()[:_NEAR])
    return f"{before} ¦ {after}"


def _detector(policy: ProtectedPolicy) -> _Detector:
    return _Detector(policy.id, _words(policy.act), _words(policy.object))


def _words(by_language: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """Match English at word boundaries with its endings, Korean anywhere in a word."""
    latin = [_latin(word) for words in by_language.values() for word in words if word.isascii()]
    other = [
        re.escape(normalise(word)).replace(r"\ ", r"\s*")
        for words in by_language.values()
        for word in words
        if not word.isascii()
    ]
    parts = [rf"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])"] if latin else []
    return re.compile("|".join([*parts, *other]) or r"(?!)")


def _latin(word: str) -> str:
    flexible = re.escape(normalise(word)).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]*")
    return rf"{flexible}(?:s|es|ed|d|ing)?"


# Matching


@dataclass(frozen=True, slots=True)
class _Sample:
    """The sentences of one policy in one language: folded, and as the author wrote them."""

    policy: AnyPolicy
    examples: Mapping[str, str]
    counter: tuple[str, ...]


@dataclass(slots=True)
class Matcher:
    """Finds the policies of one bundle in what is said.

    `similarity` compares by meaning in the `languages` it speaks; elsewhere, where it is
    None, raises Unavailable or answers with zeros only (no model yet), words are
    compared. It is asked once for each clause. `sector` leaves out other sectors.
    """

    bundle: Bundle
    similarity: Similarity | None = None
    languages: frozenset[str] = frozenset({"en"})
    sector: str = ""
    by_meaning: Thresholds = BY_MEANING
    by_words: Thresholds = BY_WORDS
    _samples: Mapping[str, tuple[_Sample, ...]] = field(init=False)
    _sentences: Mapping[str, tuple[str, ...]] = field(init=False)
    _detectors: tuple[_Detector, ...] = field(init=False)
    _likeness: Likeness = field(init=False)

    def __post_init__(self) -> None:
        policies = [p for p in self.bundle.policies.values() if self._serves(p)]
        guarded = (policy for policy in policies if isinstance(policy, ProtectedPolicy))
        self._detectors = tuple(_detector(policy) for policy in guarded)
        self._samples = {key: _samples(policies, key) for key in ("en", "ko")}
        self._sentences = {key: _sentences(found) for key, found in self._samples.items()}
        self._likeness = Likeness(x for found in self._sentences.values() for x in found)

    def _serves(self, policy: AnyPolicy) -> bool:
        return not self.sector or policy.sector in (self.sector, "common")

    def warm(self) -> None:
        """Let the similarity meet every sentence now, so that the first match is quick."""
        for language in sorted(self.languages & self._sentences.keys()):
            sentences = self._sentences[language]
            if self.similarity is not None and sentences:
                self.similarity(sentences[0], sentences)

    def match(self, text: str) -> tuple[RequestMatch, ...]:
        """Return protected matches first, then at most three others, the best first."""
        folded = normalise(text)
        if not folded:
            return ()
        plain = disguised(folded)
        by_words = [found for d in self._detectors if (found := d.find(plain))]
        by_example = [found for part in clauses(folded) for found in self._alike(part)]
        protected = _best([*by_words, *(x for x in by_example if x.protected)])
        taken = {found.policy_id for found in protected}
        others = _best(x for x in by_example if x.policy_id not in taken)
        return (*protected, *_settle(others)[:_BUTTONS])

    def _alike(self, clause: str) -> Iterator[RequestMatch]:
        language = "ko" if has_korean(clause) else "en"
        scores, thresholds = self._measure(clause, language)
        negated = is_negated(clause)
        for sample in self._samples[language]:
            found = _compare(sample, clause, scores, thresholds)
            if found is not None:
                yield _lowered(found) if negated and not found.protected else found

    def _measure(self, clause: str, language: str) -> tuple[Mapping[str, float], Thresholds]:
        sentences = self._sentences[language]
        by_meaning = self._by_meaning(clause, language, sentences)
        if any(by_meaning):
            return dict(zip(sentences, by_meaning, strict=True)), self.by_meaning
        by_words = self._likeness(clause, sentences)
        return dict(zip(sentences, by_words, strict=True)), self.by_words

    def _by_meaning(self, clause: str, language: str, sentences: Sequence[str]) -> Sequence[float]:
        if self.similarity is None or language not in self.languages:
            return ()
        try:
            return [float(score) for score in self.similarity(clause, sentences)]
        except Unavailable:
            return ()


def _samples(policies: Iterable[AnyPolicy], language: str) -> tuple[_Sample, ...]:
    """Fold the sentences of the policies that have examples in a language."""
    return tuple(
        _Sample(
            policy,
            {normalise(text): text for text in policy.examples[language]},
            tuple(normalise(text) for text in policy.counter.get(language, ())),
        )
        for policy in policies
        if policy.examples.get(language)
    )


def _sentences(samples: Iterable[_Sample]) -> tuple[str, ...]:
    """Return every sentence once."""
    return tuple(
        dict.fromkeys(x for sample in samples for x in (*sample.examples, *sample.counter))
    )


def _compare(
    sample: _Sample, clause: str, scores: Mapping[str, float], thresholds: Thresholds
) -> RequestMatch | None:
    """Weigh the nearest example against the nearest counter-example.

    Likeness alone gives a protected policy a quiet chip, and only when it is high: its
    words are what shows it.
    """
    protected = isinstance(sample.policy, ProtectedPolicy)
    best = max(sample.examples, key=scores.__getitem__)
    score = scores[best]
    against = max((scores[text] for text in sample.counter), default=0.0)
    if score < (thresholds.show if protected else thresholds.offer) or against > score:
        return None
    sure = score >= thresholds.show and score - against >= thresholds.margin and not protected
    match = Match.SHOW if sure else Match.OFFER
    evidence = sample.examples[best]
    return RequestMatch(sample.policy.id, match, evidence, clause, score, protected)


def _lowered(found: RequestMatch) -> RequestMatch:
    return RequestMatch(
        found.policy_id, Match.OFFER, found.evidence, found.request, found.score, found.protected
    )


def _best(found: Iterable[RequestMatch]) -> list[RequestMatch]:
    """Keep the strongest match of each policy, the best first."""
    best: dict[str, RequestMatch] = {}
    for item in found:
        other = best.get(item.policy_id)
        if other is None or _strength(item) > _strength(other):
            best[item.policy_id] = item
    return sorted(best.values(), key=lambda x: (*(-v for v in _strength(x)), x.policy_id))


def _strength(found: RequestMatch) -> tuple[int, float]:
    return (found.match is Match.SHOW, found.score)


def _settle(found: list[RequestMatch]) -> list[RequestMatch]:
    """Show one policy for each clause; what a better one beats becomes a button."""
    shown: list[RequestMatch] = []
    for item in found:
        beaten = any(_overlap(item.request, x.request) for x in shown if x.match is Match.SHOW)
        shown.append(_lowered(item) if beaten else item)
    return shown


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one
