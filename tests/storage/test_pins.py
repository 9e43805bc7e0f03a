# SPDX-License-Identifier: Apache-2.0
from sqlalchemy import update

from agentassist.domain.history import Pin
from agentassist.domain.identifiers import new_id
from agentassist.domain.merge import Merge
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.merges import Merges
from agentassist.storage.pins import Pins
from agentassist.storage.schema.history import interactions
from tests.storage.build import at, interaction, stored


def test_pins_stay_through_a_merge_and_come_back_after_unpinning(database: Database) -> None:
    with database.transaction() as connection:
        ann, anne = stored(connection), stored(connection)
        rows = [interaction(ann.id, at(1)), interaction(anne.id, at(2))]
        History(connection).add_interactions(rows)
        pins = Pins(connection)
        first = Pin(rows[0].id, ann.id, at(3), "ben", "the lamp")
        pins.add(first)
        pins.add(Pin(rows[1].id, anne.id, at(4), "kim"))
        assert [entry.pin for entry in pins.of(ann.id)] == [first]
        merge = Merge(new_id(), anne.id, ann.id, at(5), "ben")
        Merges(connection).add(merge)
        assert [entry.interaction for entry in pins.of(anne.id)] == [rows[1], rows[0]]
        Merges(connection).undo(merge.id, "ben", at(6))
        assert [entry.interaction for entry in pins.of(anne.id)] == [rows[1]]
        assert pins.remove(rows[0].id) == first
        assert pins.of(ann.id) == ()
        assert pins.remove(rows[0].id) is None
        pins.add(first)
        assert pins.of(ann.id)[0].pin == first


def test_a_moved_entry_is_pinned_for_its_new_customer_only(database: Database) -> None:
    with database.transaction() as connection:
        ann, ben = stored(connection), stored(connection)
        item = interaction(ann.id, at(1))
        History(connection).add_interactions([item])
        Pins(connection).add(Pin(item.id, ann.id, at(3), "kim"))
        moved = update(interactions).where(interactions.c.id == item.id)
        connection.execute(moved.values(customer_id=ben.id))
        assert Pins(connection).of(ann.id) == ()
        Pins(connection).follow([item.id], ben.id)
        assert [entry.interaction.id for entry in Pins(connection).of(ben.id)] == [item.id]
