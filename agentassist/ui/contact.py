# SPDX-License-Identifier: Apache-2.0
"""What the desk holds of the contact on screen, until it is saved."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from agentassist.domain.call import Call, Speaker, Utterance
from agentassist.domain.history import Essentials
from agentassist.domain.live_question import Asked, LiveQuestion
from agentassist.domain.spoken import Line
from agentassist.domain.verdict import Decision, Prompt

_TURNS = 2


@dataclass(slots=True)
class Contact:
    """One call and all that was said, decided and dismissed during it.

    `before` is what was said to a bot; `order` the number of the order that the agent turned
    to last.
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
    picked: set[str] = field(default_factory=set)
    before: tuple[Line, ...] = ()
    order: str = ""

    def hear(self, utterance: Utterance) -> Asked:
        """Take in what was said; return what is asked now."""
        self.said.append(utterance)
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
        """True when an alternative was put to the customer."""
        return any(prompt.verdict.alternatives for prompt in self.prompts)
