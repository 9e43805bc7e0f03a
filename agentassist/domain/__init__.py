# SPDX-License-Identifier: Apache-2.0
"""The words and rules of the product: frozen dataclasses, standard library only."""
