# SPDX-License-Identifier: Apache-2.0
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.cti.payload import CONTENT_TYPES, MAX_FIELDS, clean, read_fields
from agentassist.errors import BadInput

JSON, FORM, MULTIPART = CONTENT_TYPES


def multipart(*pairs: tuple[str, str], boundary: str = "xyz") -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in pairs
    ]
    return ("".join(parts) + f"--{boundary}--\r\n").encode()


def test_json_keeps_text_and_lists_and_leaves_out_the_rest() -> None:
    body = json.dumps({"a": " x ", "b": ["1", 2, None], "c": None, "d": {"e": 1}, "f": True})
    assert read_fields(body.encode(), f"{JSON}; charset=utf-8") == {
        "a": "x",
        "b": ["1", "2"],
        "f": "true",
    }


def test_what_a_bot_learnt_may_stand_in_an_object_of_its_own() -> None:
    turns = [{"role": "bot", "content": "Which?"}, {"speaker": "me", "text": 5}, {"x": 1}, "a: b"]
    body = {"from": "1", "context": {"from": "2", "intent": "x", "deep": {"a": 1}, "Talk": turns}}
    assert read_fields(json.dumps(body).encode(), JSON) == {
        "from": "1",
        "context.from": "2",
        "context.intent": "x",
        "context.Talk": ["bot: Which?", "a: b"],
    }


def test_a_transcript_keeps_its_lines() -> None:
    body = json.dumps({"transcript": "Bot: hi\n\nCustomer: it\tbroke", "context": "no object"})
    lines = ["Bot: hi", "Customer: it broke"]
    assert read_fields(body.encode(), JSON) == {"transcript": lines, "context": "no object"}
    assert read_fields(b"tried=a%0Ab&tried=c", FORM) == {"tried": ["a", "b", "c"]}


def test_a_nested_context_counts_to_the_limit() -> None:
    many = {"context": dict.fromkeys(map(str, range(MAX_FIELDS + 1)), "x")}
    with pytest.raises(BadInput):
        read_fields(json.dumps(many).encode(), JSON)


def test_a_form_gathers_repeated_names() -> None:
    body = b"event=newCall&user%5B%5D=Alice+Kim&user%5B%5D=Bob&user%5B%5D=Cem&queue="
    assert read_fields(body, FORM) == {
        "event": "newCall",
        "user[]": ["Alice Kim", "Bob", "Cem"],
        "queue": "",
    }


def test_a_form_as_curl_sends_it() -> None:
    body = multipart(
        ("event", "newCall"), ("user[]", "김하나"), ("user[]", "Bob"), ("note", "a\nb")
    )
    assert read_fields(body, f'{MULTIPART}; boundary="xyz"') == {
        "event": "newCall",
        "user[]": ["김하나", "Bob"],
        "note": "a b",
    }


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", JSON),
        (b"{", JSON),
        (b"[1]", JSON),
        (b"\xff\xfe", JSON),
        (b"[" * 60_000, JSON),
        (b'{"a": ' + b"9" * 5_000 + b"}", JSON),
        (json.dumps(dict.fromkeys(map(str, range(MAX_FIELDS + 1)))).encode(), JSON),
        (b"a=\xff", FORM),
        (b"&".join([b"a=1"] * (MAX_FIELDS + 1)), FORM),
        (b"", f"{MULTIPART}; boundary=xyz"),
        (b"--xyz\r\nno end", f"{MULTIPART}; boundary=xyz"),
        (b"--xyz\r\n\r\nno name\r\n--xyz--", f"{MULTIPART}; boundary=xyz"),
        (multipart(("a", "1")), MULTIPART),
        (multipart(("a", "1")), f"{MULTIPART}; boundary={'x' * 71}"),
        (multipart(*[("a", "1")] * (MAX_FIELDS + 1)), f"{MULTIPART}; boundary=xyz"),
        (b"event=newCall", "text/plain"),
        (b"event=newCall", ""),
    ],
)
def test_what_is_no_event(body: bytes, kind: str) -> None:
    with pytest.raises(BadInput, match=r"^call event: "):
        read_fields(body, kind)


@pytest.mark.parametrize(
    ("dirty", "text"),
    [(" a\r\nb\x00", "a  b"), ("\ud800", "?"), ("한국어 <b>", "한국어 <b>"), ("\u202e", "")],
)
def test_text_is_one_printable_line(dirty: str, text: str) -> None:
    assert clean(dirty) == text


@given(
    st.binary(max_size=400),
    st.sampled_from(
        [*CONTENT_TYPES, f"{MULTIPART}; boundary=x", "multipart/form-data; boundary*=é"]
    ),
)
def test_any_bytes_are_fields_or_bad_input(body: bytes, kind: str) -> None:
    try:
        fields = read_fields(body, kind)
    except BadInput:
        return
    texts = [
        *fields,
        *(v for value in fields.values() for v in ([value] if isinstance(value, str) else value)),
    ]
    assert all(text == clean(text) for text in texts)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_header_is_read_or_refused(kind: str, boundary: str) -> None:
    for header in (kind, f"{MULTIPART}; boundary={boundary}"):
        try:
            assert isinstance(read_fields(b"{}", header), dict)
        except BadInput:
            continue
