# SPDX-License-Identifier: Apache-2.0
"""The question for the need behind a request, before alternatives are put to the customer."""

from collections.abc import Sequence

from agentassist.domain.policy import Alternative, Policy
from agentassist.domain.verdict import Discovery

_FEWEST = 2


def discover(
    policy: Policy, options: Sequence[Alternative], need: str | None, language: str
) -> Discovery | None:
    """Return what to ask, None where nothing is gained by it.

    Asked is only what an open alternative delivers, and only where that leaves a choice;
    `need` is None as long as nobody asked.
    """
    if need is not None or not policy.discovery.en:
        return None
    met = {delivered for option in options for delivered in option.delivers}
    needs = tuple((key, name.say(language)) for key, name in policy.needs.items() if key in met)
    differ = len({frozenset(option.delivers) for option in options}) > 1
    if len(needs) < _FEWEST or not differ:
        return None
    return Discovery(policy.discovery.say(language), needs)
