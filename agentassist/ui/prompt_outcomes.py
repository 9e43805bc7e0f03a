# SPDX-License-Identifier: Apache-2.0
"""What the agent reports back on a prompt."""

from dataclasses import dataclass

from agentassist.domain.verdict import Answer, Offer, Prompt


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a prompt; `offer` is the alternative or safe path that was accepted."""

    prompt: Prompt
    answer: Answer
    offer: Offer | None = None
    reason: str = ""
