# SPDX-License-Identifier: Apache-2.0
"""What is written down when something goes wrong, without anybody's personal data."""

from agentassist.diagnostics.crash import CrashReporter
from agentassist.diagnostics.doctor import (
    Check,
    CheckResult,
    Warn,
    check_disk,
    check_display,
    check_hangul,
    check_port,
    check_python,
    doctor,
)
from agentassist.diagnostics.log import Diagnostics
from agentassist.diagnostics.redaction import describe, redact

__all__ = [
    "Check",
    "CheckResult",
    "CrashReporter",
    "Diagnostics",
    "Warn",
    "check_disk",
    "check_display",
    "check_hangul",
    "check_port",
    "check_python",
    "describe",
    "doctor",
    "redact",
]
