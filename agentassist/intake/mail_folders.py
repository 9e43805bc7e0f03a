# SPDX-License-Identifier: Apache-2.0
"""What folders of sent mail are called."""

_SENT = frozenset(
    {"sent", "sent items", "sent mail", "sent messages", "outbox", "gesendet"}
    | {"보낸편지함", "보낸 편지함", "보낸메일함", "보낸 메일함", "발신함", "보낸 메시지"}
)


def sent_folder(name: str) -> bool:
    """Say whether a folder of this name holds what we sent; names may be nested with dots."""
    last = name.casefold().replace("/", ".").rpartition(".")[2]
    return " ".join(last.replace("_", " ").replace("-", " ").split()) in _SENT
