# SPDX-License-Identifier: Apache-2.0
"""Signing: who answers for a yes, checked, held, written down and audited in one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from agentassist.domain.basis import Basis
from agentassist.domain.override import (
    Asked,
    Override,
    OverrideKind,
    Signature,
    Signing,
    authority_of,
    fired,
    signing,
)
from agentassist.domain.policy import Bundle
from agentassist.domain.sign_in import folded, is_same_person
from agentassist.domain.spending import Claim
from agentassist.domain.staff import SIGNERS, Person, Role
from agentassist.domain.verdict import Authority
from agentassist.errors import UserError
from agentassist.services.authority import Budgets
from agentassist.services.redaction import redact
from agentassist.services.staff import Staff
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.overrides import Overrides

_LONGEST_REASON = 500


class Signatures:
    """Takes what the agent answers for, and what others sign with their own login."""

    def __init__(
        self,
        database: Database,
        staff: Staff,
        budgets: Budgets,
        agent: str,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._staff = staff
        self._budgets = budgets
        self._agent = agent
        self._now = now

    def sign(self, asked: Asked, given: Sequence[Signature], bundle: Bundle) -> Override:
        """Write down who answers for it, and hold the amount; the same decision twice is one.

        Raises:
            UserError: there is no way round, a reason, login or authority is missing, or
                the agent signs for themselves; nothing was written.
            Unavailable: the database does not answer; nothing was written.
        """
        need = signing(asked.verdict, asked.offer)
        if need is None:
            raise UserError("There is no override here. Offer one of the safe ways instead.")
        if len(asked.reason.strip()) < 2:  # noqa: PLR2004  a letter is no reason
            raise UserError("Write the reason first: one sentence that others can follow.")
        people = self._people(need, given)
        with self._database.transaction() as connection:
            if (known := Overrides(connection).get(asked.id)) is not None:
                return known
            self._hold(connection, asked, people, bundle)
            made = self._override(asked, need, people, bundle)
            Overrides(connection).add(made, Audit(connection, now=self._now))
        return made

    def _people(self, need: Signing, given: Sequence[Signature]) -> tuple[Person, ...]:
        """Return who signs, each signed in. Raises UserError unless it is who is needed."""
        typed = [one for one in given if one.login.strip() or one.password]
        if len(typed) < need.people:
            raise UserError(
                "{number} more must sign: each types their own login and password.",
                number=need.people - len(typed),
            )
        if typed and not folded(self._agent):
            raise UserError(
                "Nobody can sign for an agent without a name. Set `agent` in the settings first."
            )
        if len({folded(one.login) for one in typed}) < len(typed):
            raise UserError("Two different people must sign.")
        people = tuple(self._staff.sign_in(one.login, one.password) for one in typed)
        for person in people:
            self._check(person)
        return people

    def _check(self, person: Person) -> None:
        if is_same_person(self._agent, person):
            raise UserError("You cannot sign for yourself. Ask a colleague.")
        if person.role not in SIGNERS:
            raise UserError("{name} may not sign for others. Ask a lead.", name=person.name)

    def _hold(
        self, connection: Connection, asked: Asked, people: Sequence[Person], bundle: Bundle
    ) -> None:
        claim = _claim(asked)
        if claim is None:
            return
        actor, role = (people[0].login, people[0].role) if people else ("", "")
        found = self._budgets.hold_in(connection, claim, bundle.authority, actor, role)
        if not found.within:
            raise _too_much(found, people[0].name if people else self._agent)

    def _override(
        self, asked: Asked, need: Signing, people: Sequence[Person], bundle: Bundle
    ) -> Override:
        claim, basis = _claim(asked), asked.basis
        signed = need.kind is OverrideKind.WITHIN and people
        return Override(
            id=asked.id,
            decision_id=asked.id,
            call_id=asked.call_id,
            customer_id=asked.customer_id,
            policy_id=asked.verdict.policy_id,
            bundle=asked.verdict.bundle,
            rule=_rule(asked, bundle, basis),
            verdict=asked.verdict.kind.value,
            kind=OverrideKind.SIGNED if signed else need.kind,
            actor=self._agent,
            signer=" ".join(person.login for person in people),
            reason=redact(asked.reason.strip()[:_LONGEST_REASON]),
            amount=claim.amount.minor if claim else 0,
            currency=claim.amount.currency if claim else bundle.authority.currency,
            at=self._now(),
        )


def _claim(asked: Asked) -> Claim | None:
    authority = authority_of(asked.verdict, asked.offer)
    amount = authority.amount or asked.amount if authority else None
    if authority is None or amount is None or not authority.action:
        return None
    return Claim(
        id=asked.id,
        policy_id=asked.verdict.policy_id,
        action=authority.action,
        amount=amount,
        call_id=asked.call_id,
        customer_id=asked.customer_id,
    )


def _rule(asked: Asked, bundle: Bundle, basis: Basis) -> str:
    """Name what was passed over: the declines, or the safeguard that stands before it."""
    if asked.offer is not None:
        return ""
    names = fired(bundle, asked.verdict, basis.facts, basis.at)
    return " ".join(names) or asked.verdict.guarded_by


def _too_much(found: Authority, name: str) -> UserError:
    left = found.limit
    if not found.signer:
        return UserError(
            "{amount} is more than anybody may give now ({limit} is left). Agree on less, or"
            " promise to find out.",
            amount=found.amount,
            limit=left,
        )
    return UserError(
        "{name} has {limit} left for this and {amount} is needed: the {signer} signs it.",
        name=name,
        limit=left,
        amount=found.amount,
        signer=Role(found.signer) if found.signer in tuple(Role) else found.signer,
    )
