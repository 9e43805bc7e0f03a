# SPDX-License-Identifier: Apache-2.0
"""Summaries quote; they never invent."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.call import Speaker, Utterance
from agentassist.domain.identifiers import new_id
from agentassist.domain.summary import suggest_disposition, summarise
from agentassist.domain.wrap_up import Disposition, LineKind

AT = datetime(2026, 3, 4, tzinfo=UTC)
CALL = new_id()


def said(speaker: Speaker, text: str) -> Utterance:
    return Utterance(new_id(), CALL, speaker, text, AT)


def test_the_request_is_found_among_pleasantries() -> None:
    lines = summarise(
        [
            said(Speaker.CUSTOMER, "Hello, good morning."),
            said(Speaker.CUSTOMER, "I bought a lamp. Can I still return it after five weeks?"),
            said(Speaker.CUSTOMER, "Thank you so much."),
        ],
        [],
    )
    assert [(line.kind, line.text) for line in lines] == [
        (LineKind.ASKED, "Can I still return it after five weeks?")
    ]


def test_korean_requests_and_promises_are_found() -> None:
    lines = summarise(
        [
            said(Speaker.CUSTOMER, "안녕하세요."),
            said(Speaker.CUSTOMER, "카드를 잃어버렸는데 정지해 주세요."),
            said(Speaker.AGENT, "새 카드를 3영업일 안에 보내드리겠습니다."),
        ],
        [],
    )
    assert [line.kind for line in lines] == [LineKind.ASKED, LineKind.PROMISED]


def test_silence_is_nobody_on_the_line() -> None:
    assert summarise([], []) == []
    assert suggest_disposition([], []) is Disposition.NO_ANSWER


@given(st.lists(st.tuples(st.sampled_from(Speaker), st.text(max_size=300)), max_size=8))
def test_every_line_is_words_of_its_source(turns: list[tuple[Speaker, str]]) -> None:
    utterances = [said(*turn) for turn in turns]
    texts = {item.id: item.text for item in utterances}
    for line in summarise(utterances, []):
        (source,) = line.sources
        kept = line.text.removesuffix("…").split()
        assert set(kept[:-1]) <= set(texts[source].split())
        assert len(line.text) <= 160 or line.text == texts[source]
