# SPDX-License-Identifier: Apache-2.0
import pytest

from agentassist.domain.pressure import pressure_of
from agentassist.domain.utterance import normalise
from agentassist.domain.verdict import Pressure


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I beg you, just this once", {Pressure.BEGGING}),
        ("제발 한 번만요", {Pressure.BEGGING}),
        ("I'm in a hurry", {Pressure.HURRY}),
        ("I need it right now", {Pressure.HURRY}),
        ("급해요, 빨리요", {Pressure.HURRY}),
        ("I am the manager of this branch", {Pressure.AUTHORITY}),
        ("your colleague promised it", {Pressure.AUTHORITY}),
        ("경찰인데요", {Pressure.AUTHORITY}),
        ("or I'll sue you", {Pressure.THREAT}),
        ("인터넷에 올릴 거예요", {Pressure.THREAT}),
        ("do you know who I am? hurry up or I will report you",
         {Pressure.AUTHORITY, Pressure.HURRY, Pressure.THREAT}),
        ("could you please help me", set()),
        ("what does the manager of the hotel cook", set()),
        ("is there a police station nearby", set()),
        ("조식 먹을 수 있나요", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_pressure_is_heard(text: str, kinds: set[Pressure]) -> None:
    assert set(pressure_of(normalise(text))) == kinds
