# SPDX-License-Identifier: Apache-2.0
"""Policies at work: loaded and proven, matched to what is said, decided from facts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from uuid import UUID

from agentassist.domain.basis import Basis
from agentassist.domain.call import Call
from agentassist.domain.conflict import Conflict, conflicts
from agentassist.domain.decision import NotInForce, decide
from agentassist.domain.fact_sources import Notes, settled
from agentassist.domain.facts import Facts, FactValue, Source, parse_value
from agentassist.domain.history import Essentials, Purchase
from agentassist.domain.likeness import has_korean
from agentassist.domain.order_action import OrderAction
from agentassist.domain.order_actions import order_actions
from agentassist.domain.policy import Bundle
from agentassist.domain.ranking import Past
from agentassist.domain.reoffers import records, with_answers
from agentassist.domain.request import Matcher, Meaning, RequestMatch
from agentassist.domain.scoping import general
from agentassist.domain.spending import Spent
from agentassist.domain.spoken import Line
from agentassist.domain.verdict import Decision, Match, Prompt, Verdict
from agentassist.domain.ways_to_yes import Way, ways_to_yes
from agentassist.domain.wow import volunteered
from agentassist.errors import Problem, Unavailable, UserError
from agentassist.services.calibration import Calibrated, Calibrator
from agentassist.services.kept_policies import KeptPolicies
from agentassist.services.policy_facts import answered, gather, heard
from agentassist.services.policy_source import PolicySource
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database

_LOOK_BACK = timedelta(days=365)
_EVERY = 1_000


class PolicyService:
    """The policies in force.

    `folders` are read in order, ours first. `meaning` gives the model of the moment; without
    one, words are compared. `sector` leaves out the policies of other sectors, `zone` is
    where the company is (None: where this machine is), `spent` tells what was spent of the
    agent's authority, for a customer and today. Nothing is read before `load`; until then
    there is no policy and no prompt.
    """

    def __init__(
        self,
        database: Database,
        folders: Path | Sequence[Path],
        meaning: Callable[[], Meaning | None] | None,
        now: Callable[[], datetime],
        *,
        sector: str = "",
        zone: tzinfo | None = None,
        role: str = "agent",
        spent: Callable[[UUID | None], Spent] = lambda _customer_id: {},
    ) -> None:
        self._database = database
        given = (folders,) if isinstance(folders, Path) else tuple(folders)
        self._source = PolicySource(database, given, now)
        self.hint: UserError | None = None
        self._meaning = meaning or (lambda: None)
        self._now = now
        self._sector = sector
        self._zone = zone
        self._role = role
        self._spent = spent
        self._calibrator = Calibrator(database, now)
        self._matcher: Matcher | None = None
        self._kept = KeptPolicies()

    @property
    def bundle(self) -> Bundle | None:
        """The bundle in force; None before a good one was loaded."""
        return self._matcher.bundle if self._matcher else None

    def load(self) -> list[Problem]:
        """Put the policies in force that the database or the folders hold.

        What the policy lab put in force stays over the folders. Returns every fault; with
        any, the last good bundle stays (the stored one, when this is the first load). A
        database that does not answer is reported too, but keeps no good policies out.
        """
        found = self._source.find(self.bundle)
        self.hint = found.hint
        if found.bundle is not None:
            self._use(found.bundle)
        return list(found.problems)

    def refresh(self) -> bool:
        """Take over what a policy lab has put in force since; True when there was something.

        Cheap when there is nothing new. A running call keeps its bundle. What is not sound
        here, or a database that does not answer, leaves everything as it is.
        """
        try:
            newer = self._source.newer(self.bundle)
        except Unavailable:
            return False
        if newer is not None:
            self._use(newer)
        return newer is not None

    def warm(self) -> tuple[Calibrated, ...]:
        """Learn the thresholds of the bundle in force, by words and by the model that is there.

        Called when policies were loaded and when a model was; takes seconds where both are
        new and many. Raises Unavailable when the model is closed meanwhile: words go on.
        """
        matcher = self._matcher
        return self._calibrator.calibrate(matcher) if matcher is not None else ()

    def prompts(
        self,
        text: str,
        facts: Facts,
        language: str = "",
        *,
        call_id: UUID | None = None,
        customer_id: UUID | None = None,
        said: Sequence[Decision] = (),
        needs: Mapping[str, str] | None = None,
    ) -> tuple[Prompt, ...]:
        """Return the verdicts on what is asked in `text`, protected ones first.

        Of the policies that answer one request the one that applies speaks, once; a request
        that nobody answers on this day is left out.
        An empty `language` follows the text. With `call_id` the bundle that the call began
        with is used; with `customer_id` what the customer turned down before rests, and with
        `said` what they answered in this contact. `needs` are the answers to discovery
        questions, by policy id.
        """
        matcher = self._matcher_of(call_id)
        if matcher is None:
            return ()
        spoken = language or ("ko" if has_korean(text) else "en")
        day = self.day(call_id)
        basis = self._basis("", facts, spoken, customer_id, said, day=day)
        found = _once(matcher.bundle, matcher.match(text))
        prompts = (self._prompt(matcher.bundle, each, basis, needs or {}) for each in found)
        return tuple(prompt for prompt in prompts if prompt is not None)

    def pick(
        self,
        policy_id: str,
        facts: Facts,
        language: str = "en",
        evidence: str = "",
        *,
        call_id: UUID | None = None,
        customer_id: UUID | None = None,
        said: Sequence[Decision] = (),
        need: str | None = None,
    ) -> Prompt:
        """Return the prompt of a policy that was picked by hand, for the reason `evidence`.

        Raises UserError when it is not in force.
        """
        bundle = self.bundle_of(call_id)
        if bundle is None:
            raise UserError("No policies are loaded. Run the policy check and mend its faults.")
        day = self.day(call_id)
        basis = self._basis(policy_id, facts, language, customer_id, said, need, day)
        verdict = basis.verdict(bundle)
        return Prompt(verdict, Match.SHOW, evidence, verdict.title, language, basis=basis)

    def stands(
        self, policy_id: str, offer_id: str, facts: Facts, *, call_id: UUID | None = None
    ) -> bool:
        """Tell whether an alternative that was shown can still be given, shown or not."""
        bundle = self.bundle_of(call_id)
        if bundle is None or policy_id not in bundle.policies:
            return False
        every = replace(bundle, weights=replace(bundle.weights, shown=_EVERY))
        day, at = self.day(call_id), self._now()
        verdict = decide(every, policy_id, facts, at=at, role=self._role, day=day)
        return any(offer.id == offer_id for offer in verdict.alternatives)

    def again(self, prompt: Prompt, call_id: UUID, customer_id: UUID | None) -> Prompt:
        """Return a prompt with what is left of the authority now; its facts stay."""
        bundle = self.bundle_of(call_id)
        if bundle is None or prompt.basis is None:
            return prompt
        basis = replace(prompt.basis, at=self._now(), spent=self._spent(customer_id))
        return replace(prompt, verdict=basis.verdict(bundle), match=Match.SHOW, basis=basis)

    def bundle_of(self, call_id: UUID | None) -> Bundle | None:
        """Return the bundle that a call keeps; without a call the one in force."""
        matcher = self._matcher_of(call_id)
        return matcher.bundle if matcher else None

    def ways_to_yes(
        self, verdict: Verdict, language: str = "en", *, call_id: UUID | None = None
    ) -> tuple[Way, ...]:
        """Return what would make a verdict a yes, from the facts that it shows."""
        bundle = self.bundle_of(call_id)
        if bundle is None:
            return ()
        return ways_to_yes(
            bundle, verdict, at=self._now(), language=language, day=self.day(call_id)
        )

    def day(self, call_id: UUID | None = None) -> date:
        """Return the day of the company's calendar: today, or that on which a call began."""
        kept = self._kept.of(call_id)
        return kept.day if kept else self._now().astimezone(self._zone).date()

    def titles(
        self, language: str = "en", call_id: UUID | None = None
    ) -> tuple[tuple[str, str], ...]:
        """Return (policy id, title) of what can be picked by hand, by title.

        Of the policies of one request the most general stands for all.
        """
        bundle = self.bundle_of(call_id)
        today = self.day(call_id)
        policies = [p for p in bundle.policies.values() if p.in_force(today)] if bundle else []
        mine = general(
            p for p in policies if not self._sector or p.sector in (self._sector, "common")
        )
        return tuple(sorted(((p.id, p.title.say(language)) for p in mine), key=lambda x: x[1]))

    def facts_for(
        self,
        essentials: Essentials | None,
        call: Call | None,
        answers: Mapping[str, str] | None = None,
        said: Iterable[Line] = (),
    ) -> dict[str, FactValue]:
        """Return what is known without asking, and what the agent found out (`fact_sources`).

        Reads memory only, by the bundle that the call keeps. `said` are the lines of the
        conversation: proofs of identity are heard in them. An answer that does not fit its
        fact stays unknown; `answer` says what would be right.
        """
        bundle = self._seen_by(call)
        if bundle is None:
            return {}
        now = self._now()
        record = gather(bundle.facts, essentials, call, now, self._zone)
        record |= heard(bundle.facts, said, now)
        notes = self._notes_of(call)
        told = notes.told(answered(bundle.facts, answers or {}, now), record)
        return settled(bundle.facts, record, told, notes.changed(record), now)

    def conflicts(
        self, essentials: Essentials | None, call: Call | None, answers: Mapping[str, str]
    ) -> tuple[Conflict, ...]:
        """Return where the record says something else than what the agent found out."""
        bundle = self._seen_by(call)
        if bundle is None:
            return ()
        now = self._now()
        record = gather(bundle.facts, essentials, call, now, self._zone)
        told = self._notes_of(call).told(answered(bundle.facts, answers, now), record)
        return tuple(conflicts(bundle.facts, record, told, now))

    def _notes_of(self, call: Call | None) -> Notes:
        """Return when the agent told what in a call; of one that is over nothing is kept."""
        kept = self._kept.of(call.id) if call else None
        return kept.notes if kept else Notes()

    def actions(
        self, essentials: Essentials, purchase: Purchase, language: str
    ) -> tuple[OrderAction, ...]:
        """Return what may be done with one of a customer's purchases; reads memory only."""
        bundle = self.bundle
        if bundle is None:
            return ()
        alone = replace(essentials, purchases=(purchase,))
        facts = self.facts_for(alone, None)
        return order_actions(bundle, facts, self._now(), language, self.day())

    def volunteered(
        self, language: str, call_id: UUID | None = None
    ) -> tuple[tuple[str, str], ...]:
        """Return (fact, name) of what customers may tell unasked, to be noted with one key."""
        bundle = self.bundle_of(call_id)
        keys = volunteered(bundle) if bundle else ()
        return tuple((key, bundle.facts[key].called(language)) for key in keys if bundle)

    def without_order(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Return the agent's answers that hold for another order too.

        A fact is about one order when others of its kind come with orders.
        """
        specs = self.bundle.facts.values() if self.bundle else ()
        kinds = {spec.key.partition(".")[0] for spec in specs if spec.source is Source.ORDER}
        return {key: text for key, text in answers.items() if key.partition(".")[0] not in kinds}

    def answer(self, fact: str, text: str, call_id: UUID | None = None) -> FactValue:
        """Read the agent's answer to a question, which is as good as new from now on.

        Raises UserError with what would be right.
        """
        bundle = self.bundle_of(call_id)
        if bundle is None or fact not in bundle.facts:
            raise UserError("There is no fact {fact} in the active policies.", fact=fact)
        value = parse_value(bundle.facts[fact], text)
        if kept := self._kept.of(call_id):
            kept.notes.again(fact)
        return FactValue(value, Source.AGENT, self._now())

    def keep(self, call_id: UUID) -> None:
        """Let a call keep the bundle and the day of now, whatever is loaded later."""
        if self._matcher is not None:
            self._kept.begin(call_id, self._matcher, self.day())

    def release(self, call_id: UUID) -> None:
        """Forget a call that has ended."""
        self._kept.end(call_id)

    def close(self) -> None:
        """Forget all bundles."""
        self._matcher = None
        self._kept.clear()

    def _use(self, bundle: Bundle) -> None:
        if self.bundle is None or self.bundle.digest != bundle.digest:
            self._matcher = Matcher(bundle, self._meaning, self._sector)

    def _seen_by(self, call: Call | None) -> Bundle | None:
        kept = self._kept.of(call.id) if call else None
        return kept.matcher.bundle if kept else self.bundle

    def _matcher_of(self, call_id: UUID | None) -> Matcher | None:
        if call_id is None:
            return self._matcher
        self.keep(call_id)
        kept = self._kept.of(call_id)
        return kept.matcher if kept else None

    def _basis(
        self,
        policy_id: str,
        facts: Facts,
        language: str,
        customer_id: UUID | None,
        said: Sequence[Decision],
        need: str | None = None,
        day: date | None = None,
    ) -> Basis:
        return Basis(
            policy=policy_id,
            facts=facts,
            at=self._now(),
            language=language,
            role=self._role,
            past=with_answers(self._past(customer_id), said),
            spent=self._spent(customer_id),
            need=need,
            day=day,
        )

    def _prompt(
        self, bundle: Bundle, found: RequestMatch, given: Basis, needs: Mapping[str, str]
    ) -> Prompt | None:
        answering = bundle.index.answering[found.policy_id]
        need = next((needs[policy.id] for policy in answering if policy.id in needs), None)
        basis = replace(given, policy=found.policy_id, need=need)
        try:
            verdict, language = basis.verdict(bundle), basis.language
        except NotInForce:
            return None
        return Prompt(
            verdict,
            found.match,
            found.evidence,
            found.request,
            language,
            found.polarity,
            found.pressure,
            basis,
        )

    def _past(self, customer_id: UUID | None) -> Past:
        """Return what a customer answered to alternatives in the last year."""
        if customer_id is None:
            return {}
        try:
            with self._database.reading() as connection:
                rows = Calls(connection).decisions_of(customer_id, self._now() - _LOOK_BACK)
        except Unavailable:
            return {}
        return records(rows)


def _once(bundle: Bundle, found: Sequence[RequestMatch]) -> list[RequestMatch]:
    """Keep the first match of each type of request: the rest would say the same."""
    first: dict[str, RequestMatch] = {}
    for match in found:
        first.setdefault(bundle.policies[match.policy_id].asked, match)
    return list(first.values())
