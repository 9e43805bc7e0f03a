# SPDX-License-Identifier: Apache-2.0
"""Who works here, and what the roles are called."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """From the smallest authority to the largest."""

    AGENT = "agent"
    LEAD = "lead"
    SUPERVISOR = "supervisor"


ROLES: tuple[str, ...] = tuple(Role)
SIGNERS = ROLES[1:]
"""Who may sign for others."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has signed in. `role` is one of `ROLES`."""

    login: str
    name: str
    role: str
