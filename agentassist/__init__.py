# SPDX-License-Identifier: Apache-2.0
"""A desktop companion for contact-center agents."""

__version__ = "0.1.0"
