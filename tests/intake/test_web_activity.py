# SPDX-License-Identifier: Apache-2.0
import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput
from agentassist.intake import web_activity
from agentassist.intake.formats import Hints
from agentassist.intake.web_activity import WebActivity, WebActivityFormat

WORDS = ["at", "timestamp", "session", "user_id", "email", "url", "query", "article", "seconds"]


def _event(at: str, **given: Any) -> dict[str, Any]:
    return {"at": f"2026-11-05T{at}Z", "session": "s1", "url": "https://shop.example.com/"} | given


def _read(path: Path, *events: object) -> list[RawRecord | RowFault]:
    path.write_text("".join(json.dumps(event) + "\n" for event in events))
    with contextlib.closing(WebActivity(path, Hints(zone="UTC"))) as visits:
        return list(visits)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "web.ndjson"


def test_a_visit_says_what_was_read_and_searched(path: Path) -> None:
    [visit] = _read(
        path,
        _event("09:14:00", title="Returns", seconds=40),
        _event("09:15:10", url=None, query="refund late"),
        _event("09:16:00", article="Refund times", email="ann@example.com", seconds="80"),
    )
    assert isinstance(visit, RawRecord)
    assert visit.fields["text"].splitlines() == [
        "09:14 Page: Returns (https://shop.example.com/)",
        "09:15 Search: refund late",
        "09:16 Article: Refund times",
    ]
    assert visit.fields["email"] == "ann@example.com"
    assert (visit.fields["page"], visit.fields["seconds"]) == ("Returns", "120")


def test_half_an_hour_parts_visits_and_people_are_not_mixed(path: Path) -> None:
    visits = _read(
        path,
        _event("09:00:00", session=None, customer_id="C1"),
        _event("09:10:00", session=None, customer_id="C2"),
        _event("09:29:00", session=None, customer_id="C1"),
        _event("10:00:00", session=None, customer_id="C1"),
    )
    events = [(v.fields["customer_id"], v.fields["events"]) for v in visits if _taken(v)]
    assert sorted(events) == [("C1", "1"), ("C1", "2"), ("C2", "1")]


def _taken(item: RawRecord | RowFault) -> bool:
    return isinstance(item, RawRecord)


def test_a_bad_event_costs_itself(path: Path) -> None:
    items = _read(
        path,
        _event("09:00:00"),
        _event("25:00:00"),
        _event("09:00:01", session=None),
        _event("09:00:02", url=None),
        _event("09:00:03", url=["x"]),
        _event("09:00:04", url="https://shop.example.com/<script>"),
    )
    faults = [item.place.line for item in items if isinstance(item, RowFault)]
    assert faults == [2, 3, 4, 5]
    [visit] = [item for item in items if isinstance(item, RawRecord)]
    assert visit.fields["events"] == "2"


def test_open_visits_are_bounded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_activity, "MAX_OPEN", 10)
    events = [_event("09:00:00", session=f"s{n}") for n in range(50)]
    path.write_text("".join(json.dumps(event) + "\n" for event in events))
    with contextlib.closing(WebActivity(path, Hints(zone="UTC"))) as visits:
        for _ in visits:
            assert len(visits._open) <= 10


def test_events_are_recognised_and_messages_are_not(path: Path) -> None:
    _read(path, _event("09:00:00"))
    assert WebActivityFormat().recognises(path)
    _read(path, {"at": "2026-11-05", "user_id": 1, "text": "hello", "url": "x"})
    assert not WebActivityFormat().recognises(path)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(WORDS), st.none() | st.text() | st.integers() | st.lists(st.integers())
        ),
        max_size=6,
    )
)
def test_anything_is_visits_or_faults(
    tmp_path_factory: pytest.TempPathFactory, events: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("web") / "a.ndjson"
    with contextlib.suppress(BadInput):
        assert all(isinstance(item, RawRecord | RowFault) for item in _read(path, *events))
