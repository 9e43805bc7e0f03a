# SPDX-License-Identifier: Apache-2.0
"""Exact amounts."""

from dataclasses import dataclass

from agentassist.domain.amounts import written


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: integer minor units of a currency (ISO 4217)."""

    minor: int
    currency: str

    def __str__(self) -> str:
        """Write it for people who read no other language than English."""
        return written(self.minor, self.currency)
