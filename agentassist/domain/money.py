# SPDX-License-Identifier: Apache-2.0
"""Exact amounts."""

from dataclasses import dataclass

WITHOUT_MINOR_UNITS = frozenset({"KRW", "JPY"})


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: integer minor units of a currency (ISO 4217)."""

    minor: int
    currency: str

    def __str__(self) -> str:
        """Write it for the command line; minor units are two digits of ISO 4217, or none."""
        if self.currency in WITHOUT_MINOR_UNITS:
            return f"{self.minor} {self.currency}"
        whole, part = divmod(abs(self.minor), 100)
        return f"{'-' if self.minor < 0 else ''}{whole}.{part:02} {self.currency}"
