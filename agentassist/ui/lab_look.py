# SPDX-License-Identifier: Apache-2.0
"""What the lab reads about one policy in one go; runs in a lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from agentassist.domain.policy_form import PolicyForm
from agentassist.domain.policy_speech import Spoken
from agentassist.domain.verdict import Verdict
from agentassist.errors import UserError
from agentassist.services.policy_lab import PolicyLab, Slider

LANGUAGES = ("en", "ko")


@dataclass(frozen=True, slots=True)
class Look:
    """A policy as file and form, read back, and tried; `problem` says why parts are missing.

    `trial` says why there is no verdict on the facts that were tried.
    """

    policy_id: str
    text: str = ""
    form: PolicyForm | None = None
    said: Mapping[str, Sequence[Spoken]] = field(default_factory=dict)
    sliders: Sequence[Slider] = ()
    verdict: Verdict | None = None
    problem: UserError | None = None
    trial: UserError | None = None


def look(
    lab: PolicyLab, draft_id: UUID | None, policy_id: str, values: Mapping[str, str], language: str
) -> Look:
    """Read a policy. Raises UserError when it is not there."""
    text = lab.text(draft_id, policy_id)
    try:
        form = lab.form(draft_id, policy_id)
    except UserError as problem:
        return Look(policy_id, text, problem=problem)
    try:
        said = {key: lab.spoken(draft_id, policy_id, key) for key in LANGUAGES}
        sliders = lab.sliders(draft_id, policy_id, language)
    except UserError as problem:
        return Look(policy_id, text, form, problem=problem)
    known = {slider.fact for slider in sliders}
    tried = {key: value for key, value in values.items() if key in known}
    verdict, trial = attempt(lab, draft_id, policy_id, tried, language)
    return Look(policy_id, text, form, said, sliders, verdict, trial=trial)


def attempt(
    lab: PolicyLab, draft_id: UUID | None, policy_id: str, values: Mapping[str, str], language: str
) -> tuple[Verdict | None, UserError | None]:
    """Try a policy on facts; a verdict, or why there is none."""
    try:
        return lab.try_facts(draft_id, policy_id, values, language), None
    except UserError as problem:
        return None, problem
