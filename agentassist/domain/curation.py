# SPDX-License-Identifier: Apache-2.0
"""What makes an article easy to use, and where one falls short."""

from dataclasses import dataclass
from enum import StrEnum

from agentassist.errors import Place

MOST_WORDS = 450
"""One page."""
MOST_SHORT_ANSWER = 140
"""Characters of an answer that fits a text message."""
FEWEST_QUESTIONS = 3


class LintRule(StrEnum):
    """What is asked of an article."""

    UNREADABLE = "unreadable"
    TITLE_IS_QUESTION = "title is a question"
    ONE_PAGE = "one page"
    HAS_QUESTIONS = "questions present"
    HAS_SHORT_ANSWER = "short answer present"
    SHORT_ANSWER_FITS = "short answer fits 140 characters"
    NO_DUPLICATE = "no duplicate"
    HAS_OWNER = "owner named"
    HAS_VERIFY_BY = "date of the next check"
    CHECKED_IN_TIME = "checked in time"
    LINKS_LEAD_SOMEWHERE = "links lead somewhere"


@dataclass(frozen=True, slots=True)
class LintFinding:
    """Where an article breaks a rule; `detail` is a number, a key or a phrase."""

    place: Place
    key: str
    rule: LintRule
    detail: str = ""
