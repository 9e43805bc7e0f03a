# SPDX-License-Identifier: Apache-2.0
"""SQLAlchemy 2: takes and returns domain objects, never rows."""
