# SPDX-License-Identifier: Apache-2.0
"""Files in, domain objects out: one module per format."""
