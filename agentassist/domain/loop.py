# SPDX-License-Identifier: Apache-2.0
"""What is not finished with a customer."""

from enum import StrEnum


class LoopKind(StrEnum):
    """Why something is open.

    `UNANSWERED`: a message to us without an answer. `COMPLAINT`: solved only when the
    customer says so. `PROMISE`: something we said we would do.
    """

    UNANSWERED = "unanswered"
    COMPLAINT = "complaint"
    PROMISE = "promise"
