# SPDX-License-Identifier: Apache-2.0
"""The lab's words for what files name: sectors, categories, guards, states, kinds of change."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_WORDS = {
    "retail": QT_TRANSLATE_NOOP("lab-words", "Retail"),
    "hotel": QT_TRANSLATE_NOOP("lab-words", "Hotel"),
    "telecom": QT_TRANSLATE_NOOP("lab-words", "Telecom"),
    "bank": QT_TRANSLATE_NOOP("lab-words", "Bank"),
    "common": QT_TRANSLATE_NOOP("lab-words", "Everywhere"),
    "safety": QT_TRANSLATE_NOOP("lab-words", "Safety"),
    "security": QT_TRANSLATE_NOOP("lab-words", "Security"),
    "privacy": QT_TRANSLATE_NOOP("lab-words", "Privacy"),
    "health": QT_TRANSLATE_NOOP("lab-words", "Health"),
    "ethics": QT_TRANSLATE_NOOP("lab-words", "Ethics"),
    "unverified": QT_TRANSLATE_NOOP("lab-words", "Callers who are not verified"),
    "third_party": QT_TRANSLATE_NOOP("lab-words", "Somebody else's account"),
    "credentials": QT_TRANSLATE_NOOP("lab-words", "Passwords and codes"),
    "sim": QT_TRANSLATE_NOOP("lab-words", "SIM and number"),
    "payee": QT_TRANSLATE_NOOP("lab-words", "Payees"),
    "contact": QT_TRANSLATE_NOOP("lab-words", "Contact data"),
    "draft": QT_TRANSLATE_NOOP("lab-words", "Draft"),
    "in review": QT_TRANSLATE_NOOP("lab-words", "In review"),
    "reviewed": QT_TRANSLATE_NOOP("lab-words", "Approved"),
    "active": QT_TRANSLATE_NOOP("lab-words", "In force"),
    "retired": QT_TRANSLATE_NOOP("lab-words", "Replaced"),
    "discarded": QT_TRANSLATE_NOOP("lab-words", "Discarded"),
    "new": QT_TRANSLATE_NOOP("lab-words", "New"),
    "added": QT_TRANSLATE_NOOP("lab-words", "Added"),
    "removed": QT_TRANSLATE_NOOP("lab-words", "Removed"),
    "changed": QT_TRANSLATE_NOOP("lab-words", "Changed"),
    "approved": QT_TRANSLATE_NOOP("lab-words", "approved"),
    "sent back": QT_TRANSLATE_NOOP("lab-words", "sent back"),
    "policy": QT_TRANSLATE_NOOP("lab-words", "policy"),
    "decline": QT_TRANSLATE_NOOP("lab-words", "decline"),
    "alternative": QT_TRANSLATE_NOOP("lab-words", "alternative"),
    "yes_with": QT_TRANSLATE_NOOP("lab-words", "yes, if"),
    "allow": QT_TRANSLATE_NOOP("lab-words", "proof"),
    "safe_path": QT_TRANSLATE_NOOP("lab-words", "safe path"),
    "limit": QT_TRANSLATE_NOOP("lab-words", "limit"),
    "fact": QT_TRANSLATE_NOOP("lab-words", "fact"),
    "test": QT_TRANSLATE_NOOP("lab-words", "test"),
    "text": QT_TRANSLATE_NOOP("lab-words", "text"),
    "wording": QT_TRANSLATE_NOOP("lab-words", "wording"),
    "ranking": QT_TRANSLATE_NOOP("lab-words", "ranking"),
    "wow": QT_TRANSLATE_NOOP("lab-words", "surprise"),
    "yes": QT_TRANSLATE_NOOP("lab-words", "yes"),
    "ask": QT_TRANSLATE_NOOP("lab-words", "question"),
    "refuse": QT_TRANSLATE_NOOP("lab-words", "refusal"),
    "lead": QT_TRANSLATE_NOOP("lab-words", "lead"),
    "supervisor": QT_TRANSLATE_NOOP("lab-words", "supervisor"),
    "agent": QT_TRANSLATE_NOOP("lab-words", "agent"),
    "folder": QT_TRANSLATE_NOOP("lab-words", "from the folder"),
    "lab": QT_TRANSLATE_NOOP("lab-words", "from the lab"),
    "rollback": QT_TRANSLATE_NOOP("lab-words", "rolled back"),
}


def lab_word(name: str) -> str:
    """Return the word for a name in a file or a state; one without a word stays as it is."""
    known = _WORDS.get(name)
    return QCoreApplication.translate("lab-words", str(known)) if known else name.replace("_", " ")


sector_word = category_word = guard_word = lab_word
