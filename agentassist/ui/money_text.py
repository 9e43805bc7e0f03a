# SPDX-License-Identifier: Apache-2.0
"""An amount as an agent types it, written as facts are: in minor units with the currency."""

import re
from decimal import Decimal

from agentassist.domain.amounts import WHOLE

_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,2}))?")
_AROUND = re.compile(r"^[^\d-]*|[^\d]*$")


def as_fact(text: str, currency: str) -> str:
    """Return "40", "$40.00" or "1,200" as "4000 USD"; what is no amount comes back as it is."""
    found = _AMOUNT.fullmatch(_AROUND.sub("", text.strip()))
    if found is None:
        return text
    number = Decimal(found[1].replace(",", "") + "." + (found[2] or "0"))
    minor = number if currency in WHOLE else number * 100
    return f"{int(minor)} {currency}" if minor == int(minor) else text
