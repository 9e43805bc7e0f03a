# SPDX-License-Identifier: Apache-2.0
"""How good the answers are: the product beside baselines, on published sets, in one run.

The product goes through its own command line in data folders of its own, the baselines
are computed beside it from the same files, and both are scored by the set's own scorer.
"""
