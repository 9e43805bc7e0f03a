# SPDX-License-Identifier: Apache-2.0
import pytest

from agentassist.domain.tone_heard import tone_heard
from agentassist.domain.verdict import Tone


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("This is ridiculous, I am furious about it.", Tone.UPSET),
        ("I am furious, and I have to go, my train leaves now.", Tone.UPSET),
        ("정말 화가 나네요.", Tone.UPSET),
        ("I'm in a hurry, my flight leaves in ten minutes.", Tone.HURRIED),
        ("급해요, 빨리 좀 부탁드려요.", Tone.HURRIED),
        ("Take your time, there is no rush.", Tone.CALM),
        ("Can I still return the table?", None),
        ("CAN I RETURN IT?!!", None),
        ("Thank you, that is great.", None),
        ("", None),
    ],
)
def test_only_their_own_words_tell(text: str, tone: Tone | None) -> None:
    assert tone_heard(text) is tone
