# SPDX-License-Identifier: Apache-2.0
"""The clock. It is a parameter wherever it matters; this is its default."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the present time, aware, in UTC."""
    return datetime.now(UTC)
