# SPDX-License-Identifier: Apache-2.0
"""Every contact is in one case, and reading further back moves none of them."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.case_clues import clues_of
from agentassist.domain.cases import CaseBook, cases_of
from agentassist.domain.history import Channel, Direction, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.state_kind import StateKind, kind_of_state
from agentassist.places import resource

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAMP = "The lamp shade arrived with a crack, can you replace the shade?"
KOREAN = "책장 선반이 휘어져서 교환하고 싶습니다. 선반 두 개만 교환 가능할까요?"


def contact(
    days_ago: float, text: str, channel: Channel = Channel.EMAIL, **more: object
) -> Interaction:
    at = NOON - timedelta(days=days_ago)
    return Interaction(new_id(), None, channel, text, at, **more)  # type: ignore[arg-type]


def groups(items: list[Interaction]) -> list[set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for key, case in cases_of(items).items():
        found[case.id].add(key)
    return sorted(found.values(), key=len, reverse=True)


def test_a_mail_a_chat_and_a_post_about_one_order_are_one_case() -> None:
    items = [
        contact(0, "nobody answers about MP-204817!!", Channel.SOCIAL),
        contact(1, "Customer: where is my order MP-204817?", Channel.CHAT),
        contact(4, "Thank you for ordering", subject="Your order MP-204817"),
        contact(4.1, "MP-204817 · delivered", Channel.PURCHASE, status="delivered"),
        contact(9, "something else altogether"),
    ]
    case = cases_of(items)[items[0].id]
    assert groups(items)[0] == {item.id for item in items[:4]}
    assert (case.number, case.count, case.days) == ("MP-204817", 4, 5)
    assert case.channels == (Channel.SOCIAL, Channel.CHAT, Channel.EMAIL, Channel.PURCHASE)
    assert case.state is None  # a delivered order settles nothing


def test_the_same_order_years_later_is_another_matter() -> None:
    assert len(groups([contact(0, "order MP-204817"), contact(400, "order MP-204817")])) == 2


def test_an_account_number_makes_no_case() -> None:
    items = [contact(n * 20, f"NM-558201 asks about thing {n}") for n in range(3)]
    assert len(groups(items)) == 1
    book = CaseBook({"NM558201"})
    book.read(items)
    assert len({book.case(item.id) for item in items}) == 3


def test_replies_and_notes_follow_what_they_answer() -> None:
    first = contact(40, "May I ask something?", attributes={"message_id": "<1@x>"})
    answer = contact(3, "Gladly.", attributes={"message_id": "<2@y>", "in_reply_to": "<1@x>"})
    last = contact(1, "Good.", attributes={"references": "<1@x> <2@y>"})
    written_on = {"about": str(answer.id), "references": "<2@y> <1@x>"}
    note = contact(0, "called back", Channel.NOTE, attributes=written_on)
    on_first = contact(0, "x", Channel.NOTE, attributes={"about": str(first.id)})
    assert groups([on_first, first]) == [{on_first.id, first.id}]
    assert groups([note, last, answer, first]) == [{note.id, last.id, answer.id, first.id}]


def test_a_mail_and_its_answer_share_their_subject() -> None:
    items = [contact(1, "Noted.", subject="Re: Pillows"), contact(2, "Feather?", subject="Pillows")]
    assert len(groups(items)) == 1
    assert len(groups([replace(items[0], subject="Pillows"), items[1]])) == 2


@pytest.mark.parametrize(
    ("one", "other", "days", "same"),
    [
        (LAMP, "Customer: the shade of my lamp has a crack. Replace it?", 3, True),
        (LAMP, "Customer: the shade of my lamp has a crack. Replace it?", 30, False),
        (LAMP, "Please send me the bill of last month again, thank you", 1, False),
        (KOREAN, "고객: 책장 선반 교환 언제 되나요? 선반이 휘어졌다고 말씀드렸어요.", 2, True),
        (KOREAN, "고객: 카드 한도를 올리고 싶어요. 지금 가능할까요?", 2, False),
    ],
)
def test_the_same_topic_within_days_is_one_case(
    one: str, other: str, days: float, *, same: bool
) -> None:
    items = [contact(0, one), contact(days, other, Channel.CHAT)]
    assert (len(groups(items)) == 1) is same


def test_the_newest_status_says_whether_it_is_open() -> None:
    talk = new_id()
    items = [
        contact(1, "fine now", conversation_id=talk, status="Solved"),
        contact(2, "still broken", conversation_id=talk, status="open"),
        contact(3, "hm", conversation_id=talk, status="in the queue of Kim"),
    ]
    assert cases_of(items)[items[2].id].state is StateKind.DONE
    assert cases_of(items[1:])[items[2].id].state is StateKind.OPEN


def test_stories_of_the_sample_are_never_mixed_up() -> None:
    """By words and numbers alone: the conversations it knows are held back."""
    rows = resource("sample", "interactions.jsonl").read_text(encoding="utf-8").splitlines()
    stories: dict[str, list[tuple[str, Interaction]]] = defaultdict(list)
    for row in map(json.loads, rows):
        hours, minutes = map(int, row["time"].split(":"))
        at = NOON - timedelta(days=row["days_ago"]) + timedelta(hours=hours, minutes=minutes)
        item = Interaction(
            new_id(), None, Channel(row["channel"]), row["text"], at,
            subject=row.get("subject", ""), direction=Direction(row["direction"]),
        )  # fmt: skip
        stories[row["customer_id"]].append((row.get("conversation", ""), item))
    joined = 0
    for told in stories.values():
        told.sort(key=lambda one: one[1].occurred_at or NOON, reverse=True)
        found = cases_of(item for _, item in told)
        by_case: dict[UUID, set[str]] = defaultdict(set)
        for story, item in told:
            joined += bool(story) and found[item.id].count > 1
            by_case[found[item.id].id] |= {story} if story else set()
        assert all(len(names) <= 1 for names in by_case.values())
    assert joined >= 15


TEXTS = (
    "MP-20481 again",
    "order 77001",
    LAMP,
    "the shade of my lamp has a crack",
    KOREAN,
    "hi",
    "",
)
HISTORIES = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.sampled_from(TEXTS),
        st.sampled_from(Channel),
        st.none() | st.integers(0, 3),
    ),
    max_size=40,
)
TALKS = [uuid5(UUID(int=7), str(n)) for n in range(4)]


def test_an_entry_of_the_first_page_joins_the_cases_that_it_ties_together() -> None:
    visit = contact(0, "Opened: my order MP-20481", Channel.WEB)
    talk = contact(1, "the lamp has a crack", Channel.CHAT, conversation_id=TALKS[0])
    tie = contact(2, "MP-20481: a photo of it", Channel.CHAT, conversation_id=TALKS[0])
    found = cases_of([visit, talk, tie])
    assert len({case.id for case in found.values()}) == 1
    assert found[talk.id].count == 3
    assert found[talk.id].number == "MP-20481"


def test_two_orders_of_one_talk_stay_two_cases() -> None:
    one = contact(0, "Opened: my order MP-20481", Channel.WEB)
    other = contact(1, "about MP-30000", Channel.CHAT, conversation_id=TALKS[0])
    tie = contact(2, "and MP-20481", Channel.CHAT, conversation_id=TALKS[0])
    found = cases_of([one, other, tie])
    assert found[one.id].id != found[other.id].id == found[tie.id].id


def cases_in(book: CaseBook, items: Iterable[Interaction]) -> dict[UUID, UUID]:
    found = {item.id: book.case(item.id) for item in items}
    return {key: case.id for key, case in found.items() if case}


@given(rows=HISTORIES, size=st.integers(1, 9), joining=st.integers(0, 20))
def test_pages_of_any_size_give_the_same_cases_and_none_moves_later(
    rows: list[tuple[int, str, Channel, int | None]], size: int, joining: int
) -> None:
    items = [
        contact(days, text, channel, conversation_id=None if talk is None else TALKS[talk])
        for days, text, channel, talk in sorted(rows, key=lambda row: row[0])
    ]
    at_once = CaseBook(joining=joining)
    at_once.read(items)
    whole = cases_in(at_once, items)
    book = CaseBook(joining=joining)
    seen: dict[UUID, UUID] = {}
    for start in range(0, len(items), size):
        book.read(items[start : start + size])
        for item in items[: start + size]:
            case = book.case(item.id)
            assert case is not None
            if start + size >= joining:
                assert seen.setdefault(item.id, case.id) == case.id
    seen = cases_in(book, items)
    assert seen == whole
    counts: dict[UUID, int] = defaultdict(int)
    for case_id in seen.values():
        counts[case_id] += 1
    for item in items:
        case = book.case(item.id)
        assert case is not None
        assert counts[case.id] == case.count
        assert item.id in case.ids
    book.read(items)  # once more changes nothing
    assert cases_in(book, items) == whole


@given(rows=HISTORIES, remembered=st.integers(1, 10))
def test_a_book_stays_small_and_true(
    rows: list[tuple[int, str, Channel, int | None]], remembered: int
) -> None:
    items = [
        contact(days, text, channel, conversation_id=None if talk is None else TALKS[talk])
        for days, text, channel, talk in sorted(rows, key=lambda row: row[0])
    ]
    book = CaseBook(remembered=remembered)
    for item in [*items, *reversed(items)]:
        book.read([item])
        assert len(book) <= remembered
        case = book.case(item.id)
        assert case is not None
        assert 1 <= case.count <= remembered
    assert len(book._cases) <= remembered
    assert len(book._by_key) <= 4 * remembered


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    clues_of(contact(0, text, subject=text))


def test_a_long_text_is_read_to_a_bound() -> None:
    began = datetime.now(UTC)
    clues_of(contact(0, "MP-20" * 2_000_000))
    assert datetime.now(UTC) - began < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Open", StateKind.OPEN),
        ("on_hold", StateKind.OPEN),
        (" Follow-Up ", StateKind.OPEN),
        ("미답변", StateKind.OPEN),
        ("SOLVED", StateKind.DONE),
        ("완료", StateKind.DONE),
        ("replied", StateKind.ANSWERED),
        ("", None),
        ("urgent", None),
    ],
)
def test_words_for_states(word: str, kind: StateKind | None) -> None:
    assert kind_of_state(word) is kind
