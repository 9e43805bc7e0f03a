# SPDX-License-Identifier: Apache-2.0
"""A prompt to show, of any kind."""

from dataclasses import replace

from agentassist.domain.money import Money
from agentassist.domain.verdict import (
    Match,
    Offer,
    Owner,
    Prompt,
    Verdict,
    VerdictKind,
    Wording,
)

CREDIT = Offer("credit", "store credit", Owner.US, 1, Money(500, "USD"), reasons=("money back",))
SWAP = Offer("swap", "an exchange", Owner.SHARED, 48)


def prompt(
    kind: VerdictKind = VerdictKind.DECLINE, match: Match = Match.SHOW, **more: object
) -> Prompt:
    verdict = Verdict(
        kind, "retail.late", 3, "b1", "Late return",
        alternatives=(CREDIT,),
        wording=Wording("I can give you store credit.", "Store credit."),
        hurried=Wording("Store credit, shall I?"),
        upset=Wording("I understand. I can give you store credit.", "I hear you. Store credit."),
    )  # fmt: skip
    pressure = more.pop("pressure", ())
    made = Prompt(replace(verdict, **more), match, "send it back", "late return", "en")  # type: ignore[arg-type]
    return replace(made, pressure=pressure)  # type: ignore[arg-type]
