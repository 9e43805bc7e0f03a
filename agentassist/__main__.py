# SPDX-License-Identifier: Apache-2.0
"""The program's entry. A spawned child imports this module again, so it imports no Qt."""

from agentassist.cli import main

if __name__ == "__main__":
    main()
