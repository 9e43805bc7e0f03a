# SPDX-License-Identifier: Apache-2.0
"""The tables of the whole product, one module per noun, in one metadata."""

from agentassist.storage.schema import (
    audit,
    calls,
    customers,
    history,
    imports,
    knowledge,
    loops,
    mail,
    policies,
    spending,
    staff,
)
from agentassist.storage.schema.base import metadata

__all__ = [
    "audit",
    "calls",
    "customers",
    "history",
    "imports",
    "knowledge",
    "loops",
    "mail",
    "metadata",
    "policies",
    "spending",
    "staff",
]
