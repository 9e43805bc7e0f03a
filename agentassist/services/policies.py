# SPDX-License-Identifier: Apache-2.0
"""Policies at work: loaded and proven, matched to what is said, decided from facts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from uuid import UUID

from agentassist.domain.call import Call
from agentassist.domain.decision import decide
from agentassist.domain.facts import Facts, FactValue, Source, parse_value
from agentassist.domain.history import Essentials, Purchase
from agentassist.domain.likeness import has_korean
from agentassist.domain.order_action import OrderAction
from agentassist.domain.order_actions import order_actions
from agentassist.domain.policy import Bundle
from agentassist.domain.ranking import OfferRecord, Past
from agentassist.domain.request import Matcher, Meaning, RequestMatch
from agentassist.domain.spoken import Line
from agentassist.domain.verdict import Answer, Decision, Prompt, Verdict
from agentassist.errors import Place, Problem, Unavailable, UserError
from agentassist.intake.policy_faults import FILE, PolicyFault
from agentassist.intake.policy_files import AUTHORITY, Loaded, load_folders, load_texts
from agentassist.services.calibration import Calibrated, Calibrator
from agentassist.services.policy_facts import answered, gather, heard
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database
from agentassist.storage.policies import Policies

_LOOK_BACK = timedelta(days=365)


class PolicyService:
    """The policies in force.

    `folders` are read in order, ours first. `meaning` gives the model of the moment; without
    one, words are compared. `sector` leaves out the policies of other sectors, `zone` is
    where the company is (None: where this machine is). Nothing is read before `load`; until
    then there is no policy and no prompt.
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
    ) -> None:
        self._database = database
        self._folders = (folders,) if isinstance(folders, Path) else tuple(folders)
        self._meaning = meaning or (lambda: None)
        self._now = now
        self._sector = sector
        self._zone = zone
        self._role = role
        self._calibrator = Calibrator(database, now)
        self._matcher: Matcher | None = None
        self._kept: dict[UUID, Matcher] = {}

    @property
    def bundle(self) -> Bundle | None:
        """The bundle in force; None before a good one was loaded."""
        return self._matcher.bundle if self._matcher else None

    def load(self) -> list[Problem]:
        """Read the folders and put them in force when nothing is wrong with them.

        Returns every fault; with any, the last good bundle stays in force (the stored one,
        when this is the first load). A database that does not answer is reported too,
        but does not keep good policies out.
        """
        problems: list[Problem] = []
        stored = self._stored(problems)
        loaded = load_folders(self._folders)
        faults = [*loaded.faults, *_dropped(self.bundle or stored, loaded)]
        if loaded.bundle is not None and not faults:
            self._use(loaded.bundle)
            self._store(loaded, problems)
        elif self._matcher is None and stored is not None:
            self._use(stored)
        return [*faults, *problems]

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
    ) -> tuple[Prompt, ...]:
        """Return the verdicts on what is asked in `text`, protected ones first.

        An empty `language` follows the text. With `call_id` the bundle that the call began
        with is used; with `customer_id` what the customer turned down before rests.
        """
        matcher = self._matcher_of(call_id)
        if matcher is None:
            return ()
        spoken = language or ("ko" if has_korean(text) else "en")
        past = self._past(customer_id)
        prompts = (
            self._prompt(matcher.bundle, found, facts, spoken, past)
            for found in matcher.match(text)
        )
        return tuple(prompts)

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
        matcher = self._matcher_of(call_id)
        if matcher is None:
            raise UserError("No policies are loaded. Run the policy check and mend its faults.")
        past = self._past(customer_id)
        return decide(
            matcher.bundle,
            policy_id,
            facts,
            at=self._now(),
            language=language,
            role=self._role,
            past=past,
        )

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
        said: Iterable[Line] = (),
    ) -> dict[str, FactValue]:
        """Return what is known without asking, and over it what the agent found out.

        `said` are the lines of the conversation: proofs of identity are heard in them.

        Reads memory only. An answer that does not fit its fact stays unknown; `answer`
        says what would be right.
        """
        bundle = self.bundle
        if bundle is None:
            return {}
        now = self._now()
        known = gather(bundle.facts, essentials, call, now, self._zone)
        told = heard(bundle.facts, said, now)
        return known | told | answered(bundle.facts, answers or {}, now)

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
        if self.bundle is None or self.bundle.digest != bundle.digest:
            self._matcher = Matcher(bundle, self._meaning, self._sector)

    def _matcher_of(self, call_id: UUID | None) -> Matcher | None:
        if call_id is None:
            return self._matcher
        self.keep(call_id)
        return self._kept.get(call_id)

    def _prompt(
        self, bundle: Bundle, found: RequestMatch, facts: Facts, language: str, past: Past
    ) -> Prompt:
        verdict = decide(
            bundle,
            found.policy_id,
            facts,
            at=self._now(),
            language=language,
            role=self._role,
            past=past,
        )
        return Prompt(
            verdict,
            found.match,
            found.evidence,
            found.request,
            language,
            found.polarity,
            found.pressure,
        )

    def _stored(self, problems: list[Problem]) -> Bundle | None:
        """Return the bundle that was in force last, also by another desk."""
        try:
            with self._database.reading() as connection:
                stored = Policies(connection).active()
        except Unavailable as problem:
            problems.append(problem)
            return None
        return load_texts(stored.files).bundle if stored else None

    def _store(self, loaded: Loaded, problems: list[Problem]) -> None:
        if loaded.bundle is None or problems:
            return
        try:
            with self._database.transaction() as connection:
                policies = Policies(connection)
                policies.save_bundle(loaded.bundle.digest, loaded.files, self._now())
                policies.activate(loaded.bundle.digest, self._now())
        except Unavailable as problem:
            problems.append(problem)

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


def _dropped(before: Bundle | None, loaded: Loaded) -> list[PolicyFault]:
    """Refuse a bundle without a protected policy that was in force, unless it was retired."""
    after = loaded.bundle
    if before is None or after is None:
        return []
    gone = before.protected() - after.protected() - after.authority.retired
    return [
        PolicyFault(
            FILE,
            Place(AUTHORITY),
            "The protected policy {policy} is gone. Put its file back, or name it in `retired` "
            "in authority.toml.",
            policy=policy,
        )
        for policy in sorted(gone)
    ]
