# SPDX-License-Identifier: Apache-2.0
"""What the desk holds of the contact on screen, until it is saved."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.agreement import Agreement
from agentassist.domain.call import Call, Speaker, Utterance
from agentassist.domain.facts import FactValue
from agentassist.domain.history import Essentials
from agentassist.domain.hurry import hurried
from agentassist.domain.live_question import Asked, LiveQuestion
from agentassist.domain.spoken import Line
from agentassist.domain.verdict import Answer, Decision, Prompt, VerdictKind

if TYPE_CHECKING:
    from agentassist.services.policies import PolicyService

_TURNS = 2


@dataclass(slots=True)
class Contact:
    """One call and all that was said, decided and dismissed during it.

    `before` is what was said to a bot; `order` the number of the order that the agent turned
    to last; `needs` are answers to discovery questions, by policy id. `hurried` is what the
    customer's words tell, `pace` what the agent ticked; `recovery` says that we make up for
    something of ours. `settled` are conflicts of sources that the agent decided.
    """

    call: Call
    live: LiveQuestion
    essentials: Essentials | None = None
    said: list[Utterance] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    closed_policies: set[str] = field(default_factory=set)
    dismissed_articles: set[UUID] = field(default_factory=set)
    before: tuple[Line, ...] = ()
    order: str = ""
    needs: dict[str, str] = field(default_factory=dict)
    agreements: list[Agreement] = field(default_factory=list)
    settled: set[tuple[str, ...]] = field(default_factory=set)
    passed_wows: set[str] = field(default_factory=set)
    hurried: bool | None = None
    pace: bool | None = None
    recovery: bool = False

    def hear(self, utterance: Utterance) -> Asked:
        """Take in what was said; return what is asked now."""
        self.said.append(utterance)
        if utterance.speaker is Speaker.CUSTOMER and (told := hurried(utterance.text)) is not None:
            self.hurried = told
        return self.live.hear(utterance.speaker, utterance.text, utterance.id)

    def last_words(self) -> str:
        """Return the customer's last turns as they were said, the newest last."""
        told = [text for speaker, text in self.before if speaker is Speaker.CUSTOMER]
        lines = [item.text for item in self.said if item.speaker is Speaker.CUSTOMER] or told
        return " ".join(lines[-_TURNS:])

    def about(self) -> Call:
        """Return the call with the order it is about: facts are filled in from that order."""
        if not self.order:
            return self.call
        return replace(self.call, context={**self.call.context, "order": self.order})

    def known(self, policies: "PolicyService") -> dict[str, FactValue]:
        """Return every fact that is known now, also of what was said. Reads memory only."""
        spoken = (*self.before, *((item.speaker, item.text) for item in self.said))
        return policies.facts_for(self.essentials, self.about(), self.facts, spoken)

    def language(self) -> str:
        """Return the language of the customer: of the record, else of the line that rang."""
        known = self.essentials.customer.language if self.essentials else ""
        return (known or self.call.context.get("language", "") or "en")[:2]

    def sources(self) -> dict[UUID, str]:
        """Return the texts that lines of the summary can refer to."""
        decided = {item.id: item.request or item.title for item in self.decisions}
        return decided | {item.id: item.text for item in self.said}

    def unanswered(self) -> list[Prompt]:
        """Return the prompts that were shown and passed over in silence, one for each policy."""
        decided = {item.policy_id for item in self.decisions}
        last = {item.verdict.policy_id: item for item in self.prompts}
        return [item for policy_id, item in last.items() if policy_id not in decided]

    @property
    def offered(self) -> bool:
        """True when something was put to the customer, or refused to keep somebody safe."""
        refused = any(item.verdict.kind is VerdictKind.REFUSE for item in self.prompts)
        return refused or any(_offers(item) for item in self.decisions)

    @property
    def active(self) -> Prompt | None:
        """The prompt that was shown last, still on screen or not."""
        return self.prompts[-1] if self.prompts else None

    def agree(self, changed: Agreement) -> None:
        """Take up an agreement, or put a changed one in its place."""
        self.agreements = [item for item in self.agreements if item.id != changed.id]
        self.agreements.append(changed)

    def take_back(self, decision_id: UUID) -> None:
        """Forget a decision that was a mistake, and what came of it."""
        self.decisions = [item for item in self.decisions if item.id != decision_id]
        self.agreements = [item for item in self.agreements if item.id != decision_id]


def _offers(item: Decision) -> bool:
    return bool(item.offer_id) or item.answer in (Answer.FOLLOW_UP, Answer.OVERRIDDEN)
