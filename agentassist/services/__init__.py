# SPDX-License-Identifier: Apache-2.0
"""The use cases: blocking, no Qt, one transaction each."""
