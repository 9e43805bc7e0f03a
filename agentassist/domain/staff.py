# SPDX-License-Identifier: Apache-2.0
"""Who works here, and what the roles are called."""

from dataclasses import dataclass

ROLES = ("agent", "lead", "supervisor")
"""From the smallest authority to the largest."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has signed in. `role` is one of `ROLES`."""

    login: str
    name: str
    role: str
