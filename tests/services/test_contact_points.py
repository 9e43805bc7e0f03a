# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.customer import ContactKind
from agentassist.domain.identity import Identifier
from agentassist.errors import UserError
from agentassist.services import contact_points
from agentassist.services.contact_points import extension, identifiers, normalise

NUMBERS = [
    ("+1 415 555 0100", "US", "+14155550100"),
    ("(415) 555-0100 ", "US", "+14155550100"),
    ("1-415-555-0100", "US", "+14155550100"),
    ("415.555.0100 ext. 12", "US", "+14155550100"),
    ("tel:+14155550100;ext=9", "KR", "+14155550100"),
    ("sip:+4930123456@pbx.local", "US", "+4930123456"),
    ("+49 (0)30 / 123456", "US", "+4930123456"),
    ("030/123456", "DE", "+4930123456"),
    ("0044 7700 900123", "US", "+447700900123"),
    ("0044 7700 900123", "KR", "+447700900123"),
    ("07700 900123", "GB", "+447700900123"),
    ("010-0000-1234", "KR", "+821000001234"),
    ("+82 10-0000-1234", "US", "+821000001234"),
    ("02-123-4567 내선 12", "KR", "+8221234567"),
    ("０１０-００００-１２３４", "KR", "+821000001234"),
    ("\u202a+14155550100\u202c", "US", "+14155550100"),
]


@pytest.mark.parametrize(("raw", "region", "value"), NUMBERS)
def test_a_number_has_one_form_however_it_is_written(raw: str, region: str, value: str) -> None:
    point = normalise(ContactKind.PHONE, raw, region)
    assert point is not None
    assert point.value == value
    assert point.shown == raw.strip()


@pytest.mark.parametrize("raw", ["204", "*55", "110", "5550123", "#9"])
def test_short_and_internal_numbers_stay_as_they_are_dialled(raw: str) -> None:
    point = normalise(ContactKind.PHONE, raw)
    assert point is not None
    assert point.value == raw


@pytest.mark.parametrize("raw", ["", " ", "anonymous", "Withheld", "PRIVATE", "발신번호표시제한"])
def test_a_withheld_number_is_no_contact_point(raw: str) -> None:
    assert normalise(ContactKind.PHONE, raw) is None


@pytest.mark.parametrize(
    ("raw", "digits"),
    [
        ("4155550100 x12", "12"),
        ("+14155550100;ext=7", "7"),
        ("02-123-4567 내선 3", "3"),
        ("204", ""),
    ],
)
def test_an_extension_can_be_asked_for(raw: str, digits: str) -> None:
    assert extension(raw) == digits


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("Jane.Doe@Example.COM", "jane.doe@example.com"),
        ("Jane Doe <jane@example.com>", "jane@example.com"),
        ("mailto:q@w.de", "q@w.de"),
        ("intern@firma.local", "intern@firma.local"),
        ("홍길동@예시.한국", "홍길동@예시.한국"),
    ],
)
def test_an_address_is_compared_without_case_and_name(raw: str, value: str) -> None:
    point = normalise(ContactKind.EMAIL, raw)
    assert point is not None
    assert point.value == value


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (ContactKind.HANDLE, " @MiaPark ", "miapark"),
        (ContactKind.HANDLE, "mia@social.example", "mia@social.example"),
        (ContactKind.ORDER, "# mp-204817", "MP-204817"),
        (ContactKind.ORDER, "#W2611340", "W2611340"),
        (ContactKind.ACCOUNT, "ab 1180 2247", "AB11802247"),
    ],
)
def test_handles_and_numbers_lose_their_decoration(kind: ContactKind, raw: str, value: str) -> None:
    point = normalise(kind, raw)
    assert point is not None
    assert point.value == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (ContactKind.PHONE, "call me"),
        (ContactKind.EMAIL, "jane@"),
        (ContactKind.EMAIL, "a@b"),
        (ContactKind.EMAIL, "two@at@signs.de"),
        (ContactKind.HANDLE, "@"),
        (ContactKind.ORDER, " # "),
        (ContactKind.ACCOUNT, "x" * 300),
    ],
)
def test_what_cannot_be_one_is_refused_with_a_sentence(kind: ContactKind, raw: str) -> None:
    with pytest.raises(UserError) as caught:
        normalise(kind, raw)
    assert str(caught.value).endswith(".")


digits_and_signs = st.text("0123456789+-() ./#*xX", max_size=30)


@given(
    st.sampled_from(ContactKind),
    st.one_of(st.text(max_size=80), digits_and_signs, st.emails()),
    st.sampled_from(["US", "KR", "DE", "GB", "IT"]),
)
def test_normalising_twice_is_normalising_once(kind: ContactKind, raw: str, region: str) -> None:
    try:
        point = normalise(kind, raw, region)
    except UserError:
        return
    if point is not None:
        again = normalise(kind, point.value, region)
        assert again is not None
        assert again.value == point.value


@given(st.integers(2, 9), st.integers(0, 99), st.sampled_from(["", "-", " ", ".", "/"]))
def test_separators_never_matter(first: int, rest: int, between: str) -> None:
    number = between.join(["415", f"{first}55", f"01{rest:02}"])
    assert contact_points.phone(number) == f"+1415{first}5501{rest:02}"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("@mia", [ContactKind.HANDLE]),
        ("mia@example.com", [ContactKind.EMAIL, ContactKind.HANDLE]),
        ("+1 415 555 0100", [ContactKind.PHONE, ContactKind.ORDER, ContactKind.ACCOUNT]),
        ("MP-204817", [ContactKind.ORDER, ContactKind.ACCOUNT, ContactKind.HANDLE]),
        ("Mia Park", [ContactKind.HANDLE]),
    ],
)
def test_typed_text_is_read_as_everything_it_may_be(text: str, kinds: list[ContactKind]) -> None:
    assert [item.kind for item in identifiers(text)] == kinds


def test_an_order_number_keeps_its_letters() -> None:
    assert Identifier(ContactKind.ORDER, "MP-204817") in identifiers("#mp-204817")
