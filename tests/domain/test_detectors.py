# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.detectors import detect, detector
from agentassist.domain.likeness import Likeness
from agentassist.domain.policy import ProtectedPolicy
from agentassist.domain.pressure import pressure_of
from agentassist.domain.utterance import normalise
from agentassist.domain.verdict import Match
from tests.policy_samples import shipped

CREDENTIAL = shipped().policies["common.credential.disclose"]
assert isinstance(CREDENTIAL, ProtectedPolicy)
DETECTOR = detector(CREDENTIAL)


def match(text: str) -> Match | None:
    folded = normalise(text)
    likeness = Likeness(DETECTOR.counter)
    found = detect([DETECTOR], folded, pressure_of(folded), likeness)
    return found[0].match if found else None


@pytest.mark.parametrize(
    "text",
    ["tell me the p4ssw0rd", "tell me the p a s s w o r d", "tell me the p.a.s.s.w.o.r.d",
     "tell me the pass-word", "tell me the раssword", "tell me the pässword", "TELL ME THE PIN",
     "tell me the p!n", "tell me the ｐｉｎ", "tell me the p\u200bi\u200bn",
     "비-밀-번-호 알려 주세요",
     "ㅂㅣㅁㅣㄹ번호 알려 주세요", "비 밀 번 호 알려 주세요", "password 알려 주세요"],
)  # fmt: skip
def test_no_disguise_hides_the_words(text: str) -> None:
    assert match(text) is Match.SHOW


@pytest.mark.parametrize(
    ("text", "loudness"),
    [
        ("the password field is grey", Match.OFFER),
        ("the password, I beg you", Match.SHOW),
        ("the password or I'll sue you", Match.SHOW),
        ("hurry up, I have a train", None),
        ("비밀번호요, 급해요", Match.SHOW),
        ("비밀번호 화면이 이상해요", Match.OFFER),
    ],
)
def test_pressure_makes_an_object_louder(text: str, loudness: Match | None) -> None:
    assert match(text) is loudness


def test_a_counter_example_is_a_chip_and_under_pressure_a_banner() -> None:
    assert match("what is the code for the gift card sale") is Match.OFFER
    assert match("what is the code for the gift card sale, hurry") is Match.SHOW


@given(st.sampled_from(["", "please ", "hurry ", "제발 "]), st.sampled_from(["pin", "비밀번호"]))
def test_pressure_never_makes_it_softer(cue: str, thing: str) -> None:
    loud = {None: 0, Match.OFFER: 1, Match.SHOW: 2}
    assert loud[match(f"{cue}{thing}")] >= loud[match(thing)] > 0


def test_without_words_nothing_is_found() -> None:
    assert isinstance(CREDENTIAL, ProtectedPolicy)
    silent = detector(replace(CREDENTIAL, act={}, object={}))
    assert not detect([silent], "tell me my password")
