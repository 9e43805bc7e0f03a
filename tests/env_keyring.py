# SPDX-License-Identifier: Apache-2.0
"""A keyring for a child process: whatever is asked for, it gives what the environment says.

keyring offers every backend that was ever imported, so this stands alone: name it in
PYTHON_KEYRING_BACKEND of a child, and import it nowhere.
"""

import os

from keyring.backend import KeyringBackend


class EnvKeyring(KeyringBackend):
    """Gives TEST_TOKEN."""

    priority = 5  # type: ignore[assignment]  # the base class computes it

    def get_password(self, service: str, username: str) -> str | None:
        del service, username
        return os.environ.get("TEST_TOKEN")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep nothing."""
