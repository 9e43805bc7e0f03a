# SPDX-License-Identifier: Apache-2.0
"""The policy lab as the desk opens it: beside a call, and ended with the desk."""

from collections.abc import Callable

import pytest

from agentassist.settings import Settings
from agentassist.storage.database import opened
from agentassist.storage.policy_drafts import PolicyDrafts
from agentassist.ui.lab_tour import LabTour
from tests.journey.conftest import Desk, wait_for

LATE = "hotel.breakfast.late"


def test_the_lab_opens_beside_a_call_and_takes_nothing_from_it(
    open_desk: Callable[..., Desk], sample: Settings
) -> None:
    desk = open_desk(sample)
    desk.pops("+14155550118")
    desk.panes.conversation.notes.setPlainText("half a note")
    tour = LabTour(desk.application, wait_for)
    window = tour.open((1366, 820))
    assert desk.contact is not None
    tour.sign_in("dana", "maple and pine")
    tour.read(LATE)
    tour.edit(("owner",), "breakfast-team")
    desk.hears("Can I still send the table back?")
    wait_for(lambda: bool(desk.prompts))
    draft = tour.controller.editor.draft
    assert draft is not None
    assert desk.panes.conversation.notes.toPlainText() == "half a note"
    tour.close()
    assert not window.isVisible()
    desk.application.obey({"command": "lab"})
    wait_for(window.isVisible)
    context = window.form.context
    assert context is not None
    context.change(("owner",), "owned by the last word")
    desk.wrap_up()
    desk.save()
    desk.application.close()
    with opened(sample.url) as database, database.reading() as connection:
        kept = PolicyDrafts(connection).draft(draft.id)
    assert any("owned by the last word" in text for text in kept.files.values())


@pytest.mark.logs("does not support raise")
def test_a_lab_that_is_wanted_early_opens_when_the_desk_is_ready(
    open_desk: Callable[..., Desk], sample: Settings
) -> None:
    desk = open_desk(sample, searching=False)
    desk.application.open_lab()
    desk.application.open_lab()
    opener = desk.application.lab
    assert opener is not None
    wait_for(lambda: opener.window is not None and opener.window.isVisible())
