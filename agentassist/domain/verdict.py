# SPDX-License-Identifier: Apache-2.0
"""What may be done for the customer, and why: the answer of the policy engine."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.money import Money

if TYPE_CHECKING:
    from agentassist.domain.basis import Basis


class VerdictKind(StrEnum):
    """The closed list of answers."""

    YES = "yes"
    YES_WITH = "yes with"
    ASK = "ask"
    DECLINE = "decline"
    REFUSE = "refuse"


class Truth(StrEnum):
    """Three-valued: a missing or stale fact is unknown, never false."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class Owner(StrEnum):
    """Who carries an alternative out."""

    US = "us"
    SHARED = "shared"
    CUSTOMER = "customer"


class Tone(StrEnum):
    """How the customer sounds. It chooses words, never a verdict."""

    CALM = "calm"
    HURRIED = "hurried"
    UPSET = "upset"


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence to say: in full for the ear, and in at most 140 characters."""

    long: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """An alternative or a safe path, as it is shown. `cost` is None where there is none.

    `authority` says who signs the cost; None where there is nothing to sign. `by` is the role
    of ours that carries it out, empty for whoever is speaking; `meets` are the ids of the
    needs it delivers.
    """

    id: str
    text: str
    owner: Owner
    within_hours: int
    cost: Money | None = None
    steps: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    by: str = ""
    meets: tuple[str, ...] = ()
    authority: "Authority | None" = None


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """One condition as it was evaluated: the text of the rule, the value seen, the truth.

    `name` is what people call the fact, `names` pairs a value with what they call that.
    """

    condition: str
    fact: str
    value: str
    truth: Truth
    source: str = ""
    age_seconds: int | None = None
    name: str = ""
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """The fact that settles most, as a sentence to ask; `answers` are its possible values.

    `names` pairs a value with what people call it. Where they cannot be listed, an amount
    is asked for in `currency` (empty: a plain number or a time) from `low` to `high`,
    written as facts are.
    """

    fact: str
    sentence: str
    answers: tuple[str, ...] = ()
    currency: str = ""
    low: str = ""
    high: str = ""
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Discovery:
    """What to ask before alternatives are shown, where the need behind a request is not clear.

    `needs` are (id, name) pairs to choose from; the answer orders the alternatives.
    """

    sentence: str
    needs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Values from `low` to `high`, both included, as facts are written; empty: no end there."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class WayToYes:
    """One fact that, were it `needed` instead of `now`, would turn the verdict into a yes.

    `now` is as facts are written, empty where it is not known; `names` pairs a value with
    what people call it.
    """

    fact: str
    name: str
    now: str
    needed: tuple[Span, ...]
    names: tuple[tuple[str, str], ...] = ()


class Period(StrEnum):
    """What a limit of authority counts."""

    ACTION = "action"
    CUSTOMER = "customer"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Authority:
    """Who signs a yes. `limit` is what the asking role may do alone; None: no limit set.

    Above the limit the verdict stays yes and `signer` names the role that signs it;
    an empty `signer` there means that nobody in the house may sign the whole amount.
    `limit` is what is left of the tightest of the limits that `period` names.
    """

    role: str = "agent"
    action: str = ""
    amount: Money | None = None
    limit: Money | None = None
    signer: str = ""
    period: Period = Period.ACTION

    @property
    def within(self) -> bool:
        """True when the asking role may do it alone."""
        if self.amount is None or self.limit is None:
            return True
        return self.amount.minor <= self.limit.minor


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one request under one policy. Same facts and bundle, same bytes.

    `why` lists every condition that was looked at; `missing` names the proof that a
    protected request lacks; `category` is set on protected requests only, and
    `exception` names the way round that the policy itself provides (dual control).
    `guarded_by` is the protected policy that spoke in place of the one asked about.
    `authority` is that of the yes, or of the yes that would go against a decline.
    `wording` is the calm one. What would make it a yes: see `ways_to_yes`.
    """

    kind: VerdictKind
    policy_id: str
    policy_version: int
    bundle: str
    title: str
    reasons: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    alternatives: tuple[Offer, ...] = ()
    question: Question | None = None
    category: str = ""
    missing: tuple[str, ...] = ()
    why: tuple[ConditionResult, ...] = ()
    wording: Wording = Wording("")
    authority: Authority = Authority()
    exception: str = ""
    guarded_by: str = ""
    hurried: Wording = Wording("")
    upset: Wording = Wording("")
    discovery: Discovery | None = None

    def said(self, tone: Tone) -> Wording:
        """Return the sentence for a tone; the calm one stands in where there is none."""
        other = {Tone.HURRIED: self.hurried, Tone.UPSET: self.upset}.get(tone)
        return other if other is not None and other.long else self.wording


class Match(StrEnum):
    """How sure we are that a policy is what the customer asks about."""

    SHOW = "show"
    OFFER = "offer"


class Polarity(StrEnum):
    """How a request is meant. Only `ASKS` brings up a full prompt."""

    ASKS = "asks"
    REFUSES = "refuses"
    HYPOTHETICAL = "hypothetical"
    PAST = "past"
    QUOTED = "quoted"
    FOR_OTHER = "for someone else"


class Pressure(StrEnum):
    """What is used to push past a safeguard: it makes a protected chip louder."""

    BEGGING = "begging"
    HURRY = "hurry"
    AUTHORITY = "authority"
    THREAT = "threat"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A verdict on the desk, with what brought it up: the matched example or words.

    `basis` is what the verdict came from; None where nobody will have to compute it again.
    """

    verdict: Verdict
    match: Match
    evidence: str
    request: str
    language: str
    polarity: Polarity = Polarity.ASKS
    pressure: tuple[Pressure, ...] = ()
    basis: "Basis | None" = None


class Answer(StrEnum):
    """What became of a prompt.

    `FOLLOW_UP`: "let me find out", with owner and time. `OVERRIDDEN`: a yes against the
    verdict, signed. `BARE`: declined without any alternative.
    """

    ACCEPTED = "accepted"
    DECLINED = "declined"
    IGNORED = "ignored"
    FOLLOW_UP = "follow up"
    OVERRIDDEN = "overridden"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Decision:
    """A prompt and what became of it; append-only.

    `facts` is the canonical JSON of the facts that were used, so that the verdict can
    be computed again; `offer_id` and `offer` are the alternative the customer accepted,
    `title` that of the policy. `given` is the canonical JSON of what else the verdict came
    from (see `basis`), `verdict_hash` the sha256 of its bytes, empty where it was not kept.
    """

    id: UUID
    call_id: UUID | None
    customer_id: UUID | None
    policy_id: str
    bundle: str
    verdict: VerdictKind
    answer: Answer
    at: datetime
    request: str = ""
    title: str = ""
    offer_id: str = ""
    offer: str = ""
    reason: str = ""
    facts: str = "{}"
    given: str = "{}"
    verdict_hash: str = ""
