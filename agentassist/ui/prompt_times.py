# SPDX-License-Identifier: Apache-2.0
"""How soon something is done and how old a value is, with the plural forms of the language."""

from PySide6.QtCore import QObject

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


class Times(QObject):
    """Plural forms are collected from `tr` only, and `tr` needs a class."""

    def within(self, hours: int) -> str:
        """Return by when something is done."""
        if hours == 0:
            return self.tr("at once")
        if hours < _DAY // _HOUR:
            return self.tr("within %n hour(s)", "", hours)
        return self.tr("within %n day(s)", "", round(hours / (_DAY / _HOUR)))

    def ago(self, seconds: int) -> str:
        """Return how long ago something was seen, in its largest unit."""
        if seconds < _MINUTE:
            return self.tr("just now")
        if seconds < _HOUR:
            return self.tr("%n minute(s) ago", "", seconds // _MINUTE)
        if seconds < _DAY:
            return self.tr("%n hour(s) ago", "", seconds // _HOUR)
        return self.tr("%n day(s) ago", "", seconds // _DAY)


def within(hours: int) -> str:
    """Return by when something is done."""
    return Times().within(hours)


def age_words(seconds: int) -> str:
    """Return how long ago something was seen, in its largest unit."""
    return Times().ago(seconds)
