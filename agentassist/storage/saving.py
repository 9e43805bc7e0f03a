# SPDX-License-Identifier: Apache-2.0
"""What saving a record that may be there already comes to."""

from enum import StrEnum


class SaveOutcome(StrEnum):
    """What saving a record came to."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
