# SPDX-License-Identifier: Apache-2.0
"""Who works here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signed in. `role` is agent, lead or supervisor."""

    login: str
    name: str
    role: str
