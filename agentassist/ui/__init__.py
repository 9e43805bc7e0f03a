# SPDX-License-Identifier: Apache-2.0
"""The windows: the only package with PySide6 besides the composition root."""
