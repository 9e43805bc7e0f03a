# SPDX-License-Identifier: Apache-2.0
"""The gate as it is shipped: its weights are a small file that people can read."""

import json
from functools import cache

from agentassist.domain.turn_gate import Gate
from agentassist.places import resource

GATE = resource("retrieval", "turn_gate.json")


@cache
def load_gate() -> Gate:
    """Return the gate; `python -m benchmarks.turn_gate` fits its weights."""
    raw = json.loads(GATE.read_text(encoding="utf-8"))
    return Gate(raw["weights"], raw["bias"], raw["quiet"], raw["search"])
