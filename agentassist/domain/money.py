# SPDX-License-Identifier: Apache-2.0
"""Exact amounts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: integer minor units of a currency (ISO 4217)."""

    minor: int
    currency: str
