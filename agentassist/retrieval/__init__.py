# SPDX-License-Identifier: Apache-2.0
"""Text in, ranked passages out."""
