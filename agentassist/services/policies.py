# SPDX-License-Identifier: Apache-2.0
"""Policies at work: loaded and proven, matched to what is said, decided from facts."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from uuid import UUID

from agentassist.domain.basis import Basis
from agentassist.domain.call import Call
from agentassist.domain.facts import Facts, FactValue, Source, parse_value
from agentassist.domain.history import Essentials, Purchase
from agentassist.domain.likeness import has_korean
from agentassist.domain.order_action import OrderAction
from agentassist.domain.order_actions import order_actions
from agentassist.domain.policy import Bundle
from agentassist.domain.ranking import OfferRecord, Past
from agentassist.domain.request import Matcher, RequestMatch, Similarity
from agentassist.domain.spending import Spent
from agentassist.domain.verdict import Answer, Decision, Match, Prompt, Verdict
from agentassist.errors import Problem, Unavailable, UserError
from agentassist.services.policy_facts import answered, gather
from agentassist.services.policy_source import PolicySource
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database

_LOOK_BACK = timedelta(days=365)


class PolicyService:
    """The policies in force.

    `folders` are read in order, ours first. `similarity` compares sentences by meaning in
    the `languages` it speaks; without it, words are compared. `sector` leaves out the
    policies of other sectors, `zone` is where the company is (None: where this machine
    is), `spent` tells what was spent of the agent's authority, for a customer and today.
    Nothing is read before `load`; until then there is no policy and no prompt.
    """

    def __init__(
        self,
        database: Database,
        folders: Path | Sequence[Path],
        similarity: Similarity | None,
        now: Callable[[], datetime],
        *,
        languages: frozenset[str] = frozenset({"en"}),
        sector: str = "",
        zone: tzinfo | None = None,
        role: str = "agent",
        spent: Callable[[UUID | None], Spent] = lambda _customer_id: {},
    ) -> None:
        self._database = database
        given = (folders,) if isinstance(folders, Path) else tuple(folders)
        self._source = PolicySource(database, given, now)
        self.hint: UserError | None = None
        self._similarity = similarity
        self._now = now
        self._languages = languages
        self._sector = sector
        self._zone = zone
        self._role = role
        self._spent = spent
        self._matcher: Matcher | None = None
        self._kept: dict[UUID, Matcher] = {}

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

    def warm(self) -> None:
        """Meet the examples once the model is there, so that the first prompt is quick.

        Raises Unavailable when the similarity does.
        """
        if self._matcher is not None:
            self._matcher.warm()

    def prompts(
        self,
        text: str,
        facts: Facts,
        language: str = "",
        *,
        call_id: UUID | None = None,
        customer_id: UUID | None = None,
    ) -> tuple[Prompt, ...]:
        """Return the verdicts on what is asked in `text`, protected ones first.

        An empty `language` follows the text. With `call_id` the bundle that the call began
        with is used; with `customer_id` what the customer turned down before rests.
        """
        matcher = self._matcher_of(call_id)
        if matcher is None:
            return ()
        spoken = language or ("ko" if has_korean(text) else "en")
        basis = self._basis("", facts, spoken, customer_id)
        return tuple(self._prompt(matcher.bundle, found, basis) for found in matcher.match(text))

    def decide(
        self,
        policy_id: str,
        facts: Facts,
        language: str = "en",
        *,
        call_id: UUID | None = None,
        customer_id: UUID | None = None,
    ) -> Verdict:
        """Return the verdict under a policy that was picked by hand.

        Raises UserError when it is not in force.
        """
        return self.pick(
            policy_id, facts, language, call_id=call_id, customer_id=customer_id
        ).verdict

    def pick(
        self,
        policy_id: str,
        facts: Facts,
        language: str = "en",
        evidence: str = "",
        *,
        call_id: UUID | None = None,
        customer_id: UUID | None = None,
    ) -> Prompt:
        """Return the prompt of a policy that was picked by hand, for the reason `evidence`.

        Raises UserError when it is not in force.
        """
        bundle = self.bundle_of(call_id)
        if bundle is None:
            raise UserError("No policies are loaded. Run the policy check and mend its faults.")
        basis = self._basis(policy_id, facts, language, customer_id)
        verdict = basis.verdict(bundle)
        return Prompt(verdict, Match.SHOW, evidence, verdict.title, language, basis=basis)

    def bundle_of(self, call_id: UUID | None) -> Bundle | None:
        """Return the bundle that a call keeps; without a call the one in force."""
        matcher = self._matcher_of(call_id)
        return matcher.bundle if matcher else None

    def titles(self, language: str = "en") -> tuple[tuple[str, str], ...]:
        """Return (policy id, title) of what can be picked by hand, by title."""
        bundle = self.bundle
        policies = bundle.policies.values() if bundle else ()
        mine = (p for p in policies if not self._sector or p.sector in (self._sector, "common"))
        return tuple(sorted(((p.id, p.title.say(language)) for p in mine), key=lambda x: x[1]))

    def facts_for(
        self,
        essentials: Essentials | None,
        call: Call | None,
        answers: Mapping[str, str] | None = None,
    ) -> dict[str, FactValue]:
        """Return what is known without asking, and over it what the agent found out.

        Reads memory only. An answer that does not fit its fact stays unknown; `answer`
        says what would be right.
        """
        bundle = self.bundle
        if bundle is None:
            return {}
        now = self._now()
        known = gather(bundle.facts, essentials, call, now, self._zone)
        return known | answered(bundle.facts, answers or {}, now)

    def actions(
        self, essentials: Essentials, purchase: Purchase, language: str
    ) -> tuple[OrderAction, ...]:
        """Return what may be done with one of a customer's purchases; reads memory only."""
        bundle = self.bundle
        if bundle is None:
            return ()
        alone = replace(essentials, purchases=(purchase,))
        return order_actions(bundle, self.facts_for(alone, None), self._now(), language)

    def without_order(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Return the agent's answers that hold for another order too.

        A fact is about one order when others of its kind come with orders.
        """
        specs = self.bundle.facts.values() if self.bundle else ()
        kinds = {_kind(spec.key) for spec in specs if spec.source is Source.ORDER}
        return {key: text for key, text in answers.items() if _kind(key) not in kinds}

    def answer(self, fact: str, text: str) -> FactValue:
        """Read the agent's answer to a question. Raises UserError with what would be right."""
        bundle = self.bundle
        if bundle is None or fact not in bundle.facts:
            raise UserError("There is no fact {fact} in the active policies.", fact=fact)
        return FactValue(parse_value(bundle.facts[fact], text), Source.AGENT, self._now())

    def keep(self, call_id: UUID) -> None:
        """Let a call keep the bundle that is in force now, whatever is loaded later."""
        if self._matcher is not None:
            self._kept.setdefault(call_id, self._matcher)

    def release(self, call_id: UUID) -> None:
        """Forget a call that has ended."""
        self._kept.pop(call_id, None)

    def close(self) -> None:
        """Forget all bundles."""
        self._matcher = None
        self._kept.clear()

    def _use(self, bundle: Bundle) -> None:
        self._matcher = Matcher(bundle, self._similarity, self._languages, self._sector)

    def _matcher_of(self, call_id: UUID | None) -> Matcher | None:
        if call_id is None:
            return self._matcher
        self.keep(call_id)
        return self._kept.get(call_id)

    def _basis(
        self, policy_id: str, facts: Facts, language: str, customer_id: UUID | None
    ) -> Basis:
        return Basis(
            policy=policy_id,
            facts=facts,
            at=self._now(),
            language=language,
            role=self._role,
            past=self._past(customer_id),
            spent=self._spent(customer_id),
        )

    def _prompt(self, bundle: Bundle, found: RequestMatch, given: Basis) -> Prompt:
        basis = replace(given, policy=found.policy_id)
        verdict, language = basis.verdict(bundle), basis.language
        return Prompt(verdict, found.match, found.evidence, found.request, language, basis=basis)

    def _past(self, customer_id: UUID | None) -> Past:
        """Return what a customer answered to alternatives in the last year."""
        if customer_id is None:
            return {}
        try:
            with self._database.reading() as connection:
                rows = Calls(connection).decisions_of(customer_id, self._now() - _LOOK_BACK)
        except Unavailable:
            return {}
        return _records(rows)


def _kind(fact: str) -> str:
    return fact.partition(".")[0]


def _records(decisions: Sequence[Decision]) -> Past:
    """Count answers by alternative; the agent's choice of an offer names which one."""
    told = [d for d in decisions if d.offer_id]
    accepted = Counter((d.policy_id, d.offer_id) for d in told if d.answer is Answer.ACCEPTED)
    declined = Counter((d.policy_id, d.offer_id) for d in told if d.answer is Answer.DECLINED)
    latest = {(d.policy_id, d.offer_id): d.at for d in told if d.answer is Answer.DECLINED}
    return {
        key: OfferRecord(accepted[key], declined[key], latest.get(key))
        for key in {*accepted, *declined}
    }
