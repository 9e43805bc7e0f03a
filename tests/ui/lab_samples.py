# SPDX-License-Identifier: Apache-2.0
"""What the lab's widgets are shown: the policies that ship, as forms and choices."""

from functools import lru_cache
from pathlib import Path

from agentassist.domain.policy import Bundle
from agentassist.domain.policy_form import PolicyForm
from agentassist.intake.policy_files import load_folders
from agentassist.intake.policy_forms import form_of, read_toml
from agentassist.places import resource
from agentassist.services.policy_lab import Choices, FactChoice
from agentassist.ui.lab_operators import fitting

FOLDER = resource("policies")


@lru_cache(1)
def bundle() -> Bundle:
    """Return the policies that ship."""
    made = load_folders([FOLDER]).bundle
    assert made is not None
    return made


def policy_files() -> list[Path]:
    """Return the files that hold a policy."""
    ids = set(bundle().policies)
    found = []
    for path in sorted(FOLDER.rglob("*.toml")):
        table = read_toml(path.read_text(encoding="utf-8"), path.name)
        if table.get("id") in ids:
            found.append(path)
    return found


def form(path: Path) -> PolicyForm:
    """Return a policy file as a form."""
    return form_of(read_toml(path.read_text(encoding="utf-8"), path.name))


def breakfast() -> PolicyForm:
    """Return an ordinary policy with several declines."""
    return form(FOLDER / "hotel" / "late_breakfast.toml")


def sim_swap() -> PolicyForm:
    """Return a protected policy."""
    return form(FOLDER / "telecom" / "sim_swap.toml")


def choices() -> Choices:
    """Return what the forms may choose from."""
    facts = tuple(
        FactChoice(
            spec.key, spec.called("en"), spec.type, tuple(x.value for x in fitting(spec)),
            spec.values, spec.low, spec.high, spec.currency, spec.unit, spec.source,
            spec.sensitivity,
        )
        for spec in bundle().facts.values()
    )  # fmt: skip
    return Choices(
        facts,
        ("retail", "hotel", "telecom", "bank", "common"),
        ("goodwill", "fee_refund"),
        ("credentials", "sim", "payee", "contact"),
        ("unverified", "third_party", "credentials", "sim", "payee", "contact"),
        ("safety", "security", "privacy", "health", "ethics"),
        ("us", "shared", "customer"),
        "USD",
        tuple(bundle().policies),
    )
