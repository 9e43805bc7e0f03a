# SPDX-License-Identifier: Apache-2.0
"""Exact amounts as people read them, without Qt: 60.00 USD, 5,000 KRW."""

WHOLE = frozenset({"KRW", "JPY", "VND", "CLP", "ISK", "UGX"})
"""Currencies without minor units (ISO 4217)."""


def written(minor: int, currency: str) -> str:
    """Write an amount of minor units."""
    if currency in WHOLE:
        return f"{minor:,} {currency}"
    sign, amount = ("-" if minor < 0 else ""), abs(minor)
    return f"{sign}{amount // 100:,}.{amount % 100:02} {currency}".strip()
