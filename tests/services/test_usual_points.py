# SPDX-License-Identifier: Apache-2.0
"""The short way says what the libraries say, or nothing."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.customer import ContactKind
from agentassist.errors import UserError
from agentassist.services import contact_points, usual_points

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
CODES = sorted(str(code) for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE)
BETWEEN = st.sampled_from(["", "", "", " ", "-", ".", " (", ") ", " - "])


@st.composite
def _numbers(draw: st.DrawFn) -> tuple[str, str]:
    region = draw(st.sampled_from([*REGIONS, "US", "KR", "DE"]))
    example = phonenumbers.example_number(region)
    known = str(example.national_number) if example else "2025550101"
    digits = draw(st.one_of(st.just(known), st.text("0123456789", min_size=4, max_size=14)))
    code = str(phonenumbers.country_code_for_region(region))
    starts = st.sampled_from(["", "0", "1", "00", "011", "+", f"+{code}", code])
    start = draw(st.one_of(starts, st.sampled_from(CODES).map("+{}".format)))
    return start + "".join(digit + draw(BETWEEN) for digit in digits), region


def _by_library(raw: str, region: str) -> str:
    try:
        return contact_points._phone_by_library(raw, raw.strip(), region)
    except UserError:
        return ""


@given(_numbers())
def test_a_number_is_what_the_library_reads(pair: tuple[str, str]) -> None:
    raw, region = pair
    found = usual_points.phone(raw.strip(), region)
    assert found in {"", _by_library(raw, region)}


@pytest.mark.parametrize("region", REGIONS)
def test_the_example_of_every_country_is_what_the_library_reads(region: str) -> None:
    example = phonenumbers.example_number(region)
    if example is None:
        return
    for form in (0, 1, 2):
        raw = phonenumbers.format_number(example, form)
        assert usual_points.phone(raw, region) in {"", _by_library(raw, region)}


@pytest.mark.parametrize(
    ("raw", "region", "value"),
    [
        ("+1 212 200 0000", "US", "+12122000000"),
        ("(415) 555-0102", "US", "+14155550102"),
        ("010-2345-6789", "KR", "+821023456789"),
        ("02-312-3456", "KR", "+8223123456"),
        ("030 1234567", "DE", "+49301234567"),
        ("+82 10-2345-6789", "US", "+821023456789"),
    ],
)
def test_usual_numbers_need_no_library(raw: str, region: str, value: str) -> None:
    assert usual_points.phone(raw, region) == value == _by_library(raw, region)


LOCAL = st.text("abcXYZ019._%+'-", min_size=1, max_size=70)
DOMAIN = st.text("abcZ09-.", min_size=1, max_size=70)
ENDING = st.sampled_from(
    ["com", "co.kr", "test", "local", "example", "arpa", "c", "c0m", "invalid"]
)


NAME = st.text("aB 9-_.,'\"()\\한é@<>:;", max_size=12)


@given(LOCAL, DOMAIN, ENDING, st.none() | NAME)
def test_an_address_is_what_the_library_reads(
    local: str, domain: str, ending: str, name: str | None
) -> None:
    bare = f"{local}@{domain}.{ending}"
    raw = (bare if name is None else f"{name}<{bare}>").strip()
    found = usual_points.email(raw)
    try:
        expected = contact_points._email_by_library(raw, raw)
    except UserError:
        expected = ""
    assert found in {"", expected}


def test_usual_addresses_need_no_library() -> None:
    for raw in ("ann@example.com", "Ann.Lee+shop@Mail.Example.co.kr", "o'neil@x-y.org"):
        assert usual_points.email(raw) == raw.lower() == contact_points._email_by_library(raw, raw)
        assert usual_points.email(f"Ann Lee <{raw}>") == raw.lower()


@given(st.text("aZ09-_# \u00e4\u4e00\uff11", max_size=300))
def test_a_plain_account_number_is_what_it_was(raw: str) -> None:
    try:
        value = contact_points.value_of(ContactKind.ACCOUNT, raw)
    except UserError:
        return
    assert value == contact_points._number(raw, contact_points._plain(raw))
