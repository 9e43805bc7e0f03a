# SPDX-License-Identifier: Apache-2.0
"""Which tone to begin with, told by the customer's own words; it changes words, no verdict.

Upset goes before hurried: who is angry and in a hurry is heard first.
"""

from agentassist.domain.hurry import hurried
from agentassist.domain.mood import Strength, find_words
from agentassist.domain.verdict import Tone


def tone_heard(text: str) -> Tone | None:
    """Return the tone of one turn, None where its words tell none."""
    words = find_words(text)
    if words is not None and words.strength >= Strength.UNHEARD:
        return Tone.UPSET
    hurry = hurried(text)
    if hurry is None:
        return None
    return Tone.HURRIED if hurry else Tone.CALM
