# SPDX-License-Identifier: Apache-2.0
"""The product beside other search engines that install with pip: same model, same texts.

They live in a virtual environment of their own, so that ours stays clean. Each runs in a
fresh process; all get the articles in the same pieces, ours cuts them itself.
"""
