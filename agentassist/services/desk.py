# SPDX-License-Identifier: Apache-2.0
"""The services that the window works with, handed over as one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from agentassist.services.assist import Assist
from agentassist.services.authority import Budgets
from agentassist.services.briefing import Briefings
from agentassist.services.calls import CallLog
from agentassist.services.continuation import Continuation
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
from agentassist.services.screen_pop import ScreenPop
from agentassist.services.staff import Staff
from agentassist.services.timeline import Timelines
from agentassist.services.timeline_acts import TimelineActs
from agentassist.services.wow import Surprises
from agentassist.services.wrap_up import Closing


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything an agent's window asks for; built by the composition root."""

    screen_pop: ScreenPop
    identity: Identity
    numbers: Numbers
    duplicates: LiveDuplicates
    merging: Merging
    moving: Moving
    timelines: Timelines
    briefings: Briefings
    acts: TimelineActs
    calls: CallLog
    assist: Assist
    index: KnowledgeIndex
    policies: PolicyService
    lab: PolicyLab
    staff: Staff
    budgets: Budgets
    signatures: Signatures
    closing: Closing
    surprises: Surprises
    models: ModelShelf
    loops: OpenLoops
    handover: ShiftHandover
    continuation: Continuation
    now: Callable[[], datetime]
    agent: str = ""
