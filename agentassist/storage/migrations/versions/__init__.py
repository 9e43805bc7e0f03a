# SPDX-License-Identifier: Apache-2.0
"""The schema's revisions, oldest first; a released one never changes."""
