# SPDX-License-Identifier: Apache-2.0
"""Telephony events in: one module per kind of telephone system."""
