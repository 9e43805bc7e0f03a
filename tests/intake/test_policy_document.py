# SPDX-License-Identifier: Apache-2.0
"""The guide for authors says what the files can say."""

from pathlib import Path

import pytest

from agentassist.domain.condition import parse
from agentassist.domain.policy import Guard
from agentassist.intake import policy_schema as schema
from tests.policy_samples import shipped

GUIDE = (Path(__file__).parents[2] / "docs" / "policy-files.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "table",
    [
        schema.PolicyFile,
        schema.ProtectedFile,
        schema.DeclineTable,
        schema.AlternativeTable,
        schema.TestTable,
        schema.OrderButtonTable,
    ],
)
def test_every_key_is_explained(table: type[schema.PolicyFile]) -> None:
    keys = [key for key in table.model_fields if not key.endswith("_ko")]
    assert [key for key in keys if f"{key}`" not in GUIDE and f"{key}]]`" not in GUIDE
            and f"`{key} =" not in GUIDE and f".{key}]]" not in GUIDE] == []  # fmt: skip


def test_every_guard_is_named() -> None:
    assert all(f"`{guard.value}`" in GUIDE for guard in Guard)


@pytest.mark.parametrize(
    "text", ["hotel.time between 11:00 and 17:00", "order.status in packed, shipped"]
)
def test_the_conditions_it_shows_are_right(text: str) -> None:
    assert f"`{text}`" in GUIDE
    assert parse(text, shipped().facts)
