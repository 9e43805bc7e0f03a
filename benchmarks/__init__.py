# SPDX-License-Identifier: Apache-2.0
"""Every figure that the documentation shows, by one command: `python -m benchmarks`."""
