# SPDX-License-Identifier: Apache-2.0
"""Bundles are kept for ever; one is in force, and rolling back is one more step."""

import pytest

from agentassist.errors import UserError
from agentassist.storage.database import Database
from agentassist.storage.policies import Policies
from tests.storage.build import NOON, at

FIRST, SECOND = "a" * 64, "b" * 64


def test_the_newest_activation_is_in_force(database: Database) -> None:
    with database.transaction() as connection:
        policies = Policies(connection)
        assert policies.active() is None
        policies.save_bundle(FIRST, {"retail/return.toml": 'id = "a"\n'}, NOON)
        policies.save_bundle(FIRST, {"other.toml": "changed"}, at(9))
        policies.save_bundle(SECOND, {}, at(1))
        for minute, digest in enumerate((FIRST, FIRST, SECOND, FIRST)):
            policies.activate(digest, at(minute), "eve")
        active = policies.active()
        steps = policies.activations()
    assert active is not None
    assert (active.digest, active.saved_at) == (FIRST, NOON)
    assert active.files == {"retail/return.toml": 'id = "a"\n'}
    assert [(item.digest, item.activated_at, item.actor) for item in steps] == [
        (FIRST, at(3), "eve"),
        (SECOND, at(2), "eve"),
        (FIRST, at(0), "eve"),
    ]


def test_a_bundle_that_was_never_saved_cannot_be_put_in_force(database: Database) -> None:
    with database.transaction() as connection, pytest.raises(UserError, match="not stored"):
        Policies(connection).activate(FIRST, NOON)
