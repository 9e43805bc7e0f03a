# SPDX-License-Identifier: Apache-2.0
"""Passwords as they are stored: salted, slow to try (scrypt, RFC 7914), compared in constant time.

A stored secret names its own costs, so that they can rise without locking anybody out.
"""

import base64
import hashlib
import hmac
import os

from agentassist.domain.sign_in import password_bytes

# 32 MB and about a fifth of a second for each try.
LOG_N, _R, _P = 15, 8, 3
_SALT_BYTES, _KEY_BYTES = 16, 32
_MOST_MEMORY = 96 * 1024 * 1024


def make_secret(password: str, log_n: int = LOG_N) -> str:
    """Return what to store of a password; `log_n` says how much memory a try takes."""
    salt = os.urandom(_SALT_BYTES)
    key = _derive(password, salt, log_n, _R, _P)
    return "$".join(("scrypt", str(log_n), str(_R), str(_P), _text(salt), _text(key)))


def is_right(password: str, secret: str) -> bool:
    """Tell whether a password belongs to a stored secret; a damaged secret fits none."""
    try:
        _, log_n, r, p, salt, key = secret.split("$")
        derived = _derive(password, base64.b64decode(salt), int(log_n), int(r), int(p))
        return hmac.compare_digest(derived, base64.b64decode(key))
    except (ValueError, TypeError, OverflowError, MemoryError):
        return False


def _derive(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(
        password_bytes(password),
        salt=salt,
        n=1 << log_n,
        r=r,
        p=p,
        maxmem=_MOST_MEMORY,
        dklen=_KEY_BYTES,
    )


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
