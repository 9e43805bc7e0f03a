# SPDX-License-Identifier: Apache-2.0
"""Three things at most, each with where it was read, and nothing without words."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.highlight import Complaint, Highlight, HighlightKind, Told
from agentassist.domain.highlights import highlights
from agentassist.domain.history import Channel, Direction, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.promise import Promise
from agentassist.domain.promised import MOST
from tests.domain.contacts import NOW, answer, contact

PROMISE, REPEAT, COMPLAINT, POST, MOOD = HighlightKind


def promise(hours: float, *, owner: str = "Dana", made: float = 1, **more: object) -> Promise:
    due, at = NOW + timedelta(hours=hours), NOW - timedelta(days=made)
    return Promise(new_id(), UUID(int=1), "Call back", owner, due, at, **more)  # type: ignore[arg-type]


def found(*contacts: Interaction, **more: object) -> tuple[Highlight, ...]:
    newest_first = sorted(contacts, key=lambda item: item.occurred_at or NOW, reverse=True)
    return highlights(Told(tuple(newest_first), **more), NOW)  # type: ignore[arg-type]


def kinds(items: Sequence[Highlight]) -> list[HighlightKind]:
    return [item.kind for item in items]


def test_nothing_to_say_is_said_by_nothing() -> None:
    assert found() == ()
    assert found(contact("Where is the lamp?"), answer("On its way.")) == ()


class TestPromises:
    def test_the_overdue_one_comes_first(self) -> None:
        late, soon, later = promise(-1), promise(5), promise(90)
        shown = found(promises=(later, soon, late))
        assert [item.promise_id for item in shown] == [late.id, soon.id, later.id]
        assert [item.weight for item in shown] == [100, 80, 50]

    def test_a_kept_one_is_over(self) -> None:
        assert found(promises=(promise(-1, kept_at=NOW),)) == ()

    def test_its_source_is_the_contact_of_its_call(self) -> None:
        call_id, wrapped = new_id(), contact("Asked for a call", author="Lee")
        shown = found(wrapped, promises=(promise(3, call_id=call_id),), calls={call_id: wrapped.id})
        assert shown[0].sources == (wrapped.id,)

    def test_a_contact_of_long_ago_is_a_source_too(self) -> None:
        call_id, far = new_id(), new_id()
        (shown,) = found(promises=(promise(3, call_id=call_id),), calls={call_id: far})
        assert (shown.sources, shown.channel) == ((far,), None)

    def test_else_what_its_owner_did_that_day_and_rather_a_contact_than_a_note(self) -> None:
        note = contact("Noted", 1, Channel.NOTE, author="Dana", direction=Direction.INTERNAL)
        call = contact("Wants a call", 1.1, Channel.CALL, author="dana ")
        other = contact("Wants a call", 1, Channel.CALL, author="Lee")
        assert found(note, call, other, promises=(promise(3),))[0].sources == (call.id,)

    def test_one_made_elsewhere_has_no_source(self) -> None:
        far = contact("Wants a call", 9, Channel.CALL, author="Dana")
        assert found(far, promises=(promise(3),))[0].sources == ()


class TestRepeats:
    ASKED = "The left leg of the sofa is loose since the assembly"

    def test_one_topic_in_two_contacts(self) -> None:
        first = contact(self.ASKED, 5, subject="Sofa")
        second = contact("The leg of the sofa is still loose", 2, Channel.CHAT)
        (shown,) = found(first, second)
        assert (shown.kind, shown.count, shown.words) == (REPEAT, 2, "Sofa")
        assert shown.sources == (second.id, first.id)
        assert shown.first_at == first.occurred_at

    def test_three_weigh_more(self) -> None:
        three = (contact(self.ASKED, days) for days in (1, 3, 5))
        assert [item.weight for item in found(*three)] == [75]

    @pytest.mark.parametrize("status", ["resolved", "해결", "Closed"])
    def test_what_was_solved_is_over(self, status: str) -> None:
        assert found(contact(self.ASKED, 5), contact(self.ASKED, 2, status=status)) == ()

    def test_a_later_answer_that_closed_the_conversation_counts(self) -> None:
        thread = new_id()
        asked = [contact(self.ASKED, days, conversation_id=thread) for days in (5, 2)]
        closed = contact("Carpenter came", 1, Channel.NOTE, status="done", conversation_id=thread)
        assert found(*asked, closed) == ()
        assert kinds(found(*asked)) == [REPEAT]

    def test_two_things_about_one_order_are_no_repeat(self) -> None:
        gift = contact("Asked for gift wrap with MP-204817", 1, Channel.CALL)
        address = contact("Can the address of MP-204817 be changed", 2, Channel.CHAT)
        assert found(gift, address, orders=("MP-204817",)) == ()

    def test_the_order_is_what_it_is_about(self) -> None:
        asked = [contact("MP-204817 did not arrive", days) for days in (1, 3)]
        (shown,) = found(*asked, orders=("MP-204817",))
        assert shown.words == "MP-204817"

    def test_the_minute_after_is_the_same_contact_and_a_month_after_another_matter(self) -> None:
        assert found(contact(self.ASKED, 1), contact(self.ASKED, 1.01)) == ()
        assert found(contact(self.ASKED, 1), contact(self.ASKED, 12)) == ()

    def test_a_chat_that_ended_well_is_no_complaint(self) -> None:
        well = f"Customer: {self.ASKED}\nAgent: I send you a carpenter.\nCustomer: great, thanks"
        assert found(contact(self.ASKED, 1), contact(well, 3, Channel.CHAT)) == ()

    def test_a_name_is_no_topic(self) -> None:
        mine = "Grace Mary Whitfield Jones"
        two = (contact(f"{topic}. {mine}", days) for topic, days in (("Sofa", 1), ("Lamp", 3)))
        assert found(*two, name=mine) == ()

    def test_korean(self) -> None:
        asked = [contact("책장 선반이 흔들려요. 나사가 하나 없어요", days) for days in (1, 3)]
        assert kinds(found(*asked)) == [REPEAT]


class TestMood:
    def test_the_words_and_where_they_are(self) -> None:
        bitter = contact("Hello. I am very disappointed.", 2)
        (shown,) = found(bitter)
        assert (shown.kind, shown.words) == (MOOD, "I am very disappointed.")
        assert (shown.sources, shown.channel) == ((bitter.id,), Channel.EMAIL)
        assert not shown.good

    def test_what_we_wrote_is_not_theirs(self) -> None:
        ours = "She is furious and disappointed"
        assert found(contact(ours, 1, Channel.CALL), contact(ours, 1, Channel.NOTE)) == ()
        assert found(answer("We are upset about this")) == ()

    def test_of_a_chat_only_their_lines(self) -> None:
        chat = "Agent: that is ridiculous, sorry\nCustomer: ok"
        assert found(contact(chat, 1, Channel.CHAT)) == ()

    def test_of_a_mail_not_what_it_quotes(self) -> None:
        mail = "Fine.\n> This is unacceptable\nOn Monday, May 3, Grace wrote:\nI am furious"
        assert found(contact(mail)) == ()

    def test_last_winter_is_over(self) -> None:
        assert found(contact("I am furious", 45)) == ()

    def test_kind_words_weigh_least(self) -> None:
        (shown,) = found(contact("The driver was so friendly", 2))
        assert (shown.good, shown.weight) == (True, 11)
        both = found(contact("The driver was so friendly", 1), contact("I am upset", 3))
        assert [item.words for item in both] == ["I am upset"]


class TestPostsAndComplaints:
    POSTED = "Third week without an answer from @shop"

    def test_a_public_post_without_an_answer(self) -> None:
        (shown,) = found(contact(self.POSTED, 1, Channel.SOCIAL))
        assert (shown.kind, shown.weight, shown.answered) == (POST, 90, False)

    def test_one_that_was_answered(self) -> None:
        post = contact(self.POSTED, 1, Channel.SOCIAL)
        (shown,) = found(post, answer("Sorry!", 0.5, Channel.SOCIAL))
        assert (shown.kind, shown.weight, shown.answered) == (POST, 70, True)

    @pytest.mark.parametrize(
        "mark", [{"subject": "Direct message"}, {"attributes": {"private": "yes"}}]
    )
    def test_a_private_message_spreads_nowhere(self, mark: dict[str, object]) -> None:
        (shown,) = found(contact(self.POSTED, 1, Channel.SOCIAL, **mark))  # type: ignore[arg-type]
        assert shown.kind is MOOD

    def test_a_kind_post_is_no_danger(self) -> None:
        assert kinds(found(contact("You are so friendly", 1, Channel.SOCIAL))) == [MOOD]

    def test_an_open_complaint_in_the_customers_words(self) -> None:
        item = contact("The lamp fell. I am furious about it", 40)
        complaint = Complaint(item.id, item.channel, "Lamp", NOW - timedelta(days=40))
        (shown,) = found(item, complaints=(complaint,))
        assert (shown.kind, shown.words) == (COMPLAINT, "I am furious about it")
        (unseen,) = found(complaints=(complaint,))
        assert unseen.words == "Lamp"


def test_the_three_most_pressing_and_no_words_twice() -> None:
    post = contact("Third week without an answer from @shop", 1, Channel.SOCIAL)
    mail = contact("I am furious. The sofa leg is loose", 2, subject="Leg of the sofa")
    again = contact("The sofa leg is loose", 3)
    shown = found(post, mail, again, promises=(promise(-3), promise(99)))
    assert kinds(shown) == [PROMISE, POST, MOOD]
    alone = found(post)
    assert kinds(alone) == [POST]


@given(st.lists(st.text(max_size=80), max_size=8), st.sampled_from(list(Channel)))
def test_every_highlight_has_words_and_known_sources(texts: list[str], channel: Channel) -> None:
    items = [contact(text, place + 1, channel) for place, text in enumerate(texts)]
    shown = found(*items)
    known = {item.id for item in items}
    assert len(shown) <= MOST
    assert all(item.sources and set(item.sources) <= known for item in shown)
