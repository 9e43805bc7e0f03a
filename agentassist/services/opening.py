# SPDX-License-Identifier: Apache-2.0
"""Opens the database and builds every service of the desk on it.

Loading this loads all services, so it is imported in the store lane, when the window is on
screen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from agentassist.places import resource
from agentassist.services.assist import Assist
from agentassist.services.authority import Budgets
from agentassist.services.briefing import Briefings
from agentassist.services.calls import CallLog
from agentassist.services.continuation import Continuation
from agentassist.services.desk import Desk
from agentassist.services.handover import ShiftHandover
from agentassist.services.identity import Identity
from agentassist.services.knowledge_index import KnowledgeIndex
from agentassist.services.live_duplicates import LiveDuplicates
from agentassist.services.merging import Merging
from agentassist.services.models import ModelShelf
from agentassist.services.moving import Moving
from agentassist.services.numbers import Numbers
from agentassist.services.open_loops import OpenLoops
from agentassist.services.overrides import Signatures
from agentassist.services.policies import PolicyService
from agentassist.services.policy_lab import PolicyLab
from agentassist.services.queue_rules import company_zone, queue_rules
from agentassist.services.screen_pop import ScreenPop
from agentassist.services.staff import Staff
from agentassist.services.timeline import Timelines
from agentassist.services.timeline_acts import TimelineActs
from agentassist.services.wow import Surprises
from agentassist.services.wrap_up import Closing
from agentassist.settings import Settings, load
from agentassist.storage.database import Database


@dataclass(frozen=True, slots=True)
class Parts:
    """What the store lane opened."""

    database: Database
    desk: Desk

    def close(self) -> None:
        """Close the newest first."""
        self.desk.policies.close()
        self.desk.index.close()
        self.database.close()


def open_parts(settings: Settings, now: Callable[[], datetime], guard: Callable[[], None]) -> Parts:
    """Open the database and build the services on it. Runs in the store lane."""
    database = Database.open(settings.url, guard=guard)
    if not settings.database_url:
        database.upgrade()
    identity = Identity(database, settings.region)
    duplicates = LiveDuplicates(database)
    models = ModelShelf(settings.data_dir / "models", settings.model, named_model, guard)
    index = KnowledgeIndex(database, settings.data_dir / "index", models.open_encoder, now)
    zone = company_zone(settings)
    budgets = Budgets(database, settings.agent, now, zone=zone)
    staff = Staff(database, now, settings.agent)
    policies = PolicyService(
        database,
        settings.policies or resource("policies"),
        index.meaning,
        now,
        zone=zone,
        spent=budgets.spent,
    )
    desk = Desk(
        screen_pop=ScreenPop(database, identity, now),
        identity=identity,
        numbers=Numbers(database, settings.region, settings.agent, now),
        duplicates=duplicates,
        merging=Merging(database, settings.agent, now, duplicates),
        moving=Moving(database, settings.agent, now),
        timelines=Timelines(database),
        briefings=Briefings(database, now),
        acts=TimelineActs(database, settings.agent, now),
        calls=CallLog(database, now),
        assist=Assist(database, index, now),
        index=index,
        policies=policies,
        lab=PolicyLab(database, policies, now, zone=zone),
        staff=staff,
        budgets=budgets,
        signatures=Signatures(database, staff, budgets, settings.agent, now),
        closing=Closing(database, settings.agent, now),
        surprises=Surprises(database, budgets, settings.agent, now),
        models=models,
        loops=OpenLoops(database, queue_rules(settings), settings.agent, now),
        handover=ShiftHandover(database, settings.agent, now),
        continuation=Continuation(database, settings.agent, now),
        now=now,
        agent=settings.agent,
    )
    return Parts(database, desk)


def named_model() -> Path | None:
    """Return the model that the settings name now, which may be another than at the start."""
    return load().settings.model
