# SPDX-License-Identifier: Apache-2.0
"""Two people who may sign, for the sample: the policy lab and overrides can be tried."""

from datetime import datetime

from agentassist.services.staff import Staff
from agentassist.storage.database import Database

PASSWORD = "maple and pine"  # noqa: S105  of invented people, on a database of invented people
PEOPLE = (("dana", "Dana Okafor", "supervisor"), ("lee", "Lee Jiwon", "lead"))


def add_sample_staff(database: Database, now: datetime) -> None:
    """Add a supervisor and a lead, both with the password that is told in the manual."""
    staff = Staff(database, lambda: now, "sample")
    for login, name, role in PEOPLE:
        staff.add(login, name, role, PASSWORD)
