# SPDX-License-Identifier: Apache-2.0
"""Colours, type and style sheet: two palettes, set explicitly, on the Fusion style.

Qt reports a dark desktop only through some platform themes, so the choice is ours:
`system` follows the report where there is one and is light otherwise.
"""

from dataclasses import dataclass, fields
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from agentassist.places import resource

_FAMILIES = (
    "Segoe UI",
    "SF Pro Text",
    "Inter",
    "Noto Sans",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Noto Sans CJK KR",
    "NanumGothic",
)
_AVATAR_RADIUS = 20
_BADGE_RADIUS = 13
_POINT_SIZES = {
    "body": 10.0,
    "small": 9.0,
    "heading": 11.0,
    "say": 12.0,
    "avatar": 13.0,
    "title": 15.0,
}


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette. Each `*_soft` is a background on which its namesake is readable (AA)."""

    window: str
    surface: str
    raised: str
    text: str
    muted: str
    border: str
    accent: str
    accent_soft: str
    on_accent: str
    yes: str
    yes_soft: str
    caution: str
    caution_soft: str
    danger: str
    danger_soft: str
    guard: str
    guard_soft: str
    mark: str


LIGHT = Colours(
    window="#F3F5F8",
    surface="#FFFFFF",
    raised="#F8F9FB",
    text="#1A2230",
    muted="#586377",
    border="#DCE1E9",
    accent="#1F56CF",
    accent_soft="#E8EFFD",
    on_accent="#FFFFFF",
    yes="#136B43",
    yes_soft="#E3F5EC",
    caution="#855400",
    caution_soft="#FDF2DD",
    danger="#B1261C",
    danger_soft="#FCEAE8",
    guard="#5A3BA8",
    guard_soft="#F0EBFB",
    mark="#FFE9A8",
)
DARK = Colours(
    window="#12161D",
    surface="#1A2029",
    raised="#212935",
    text="#E8ECF2",
    muted="#9DA9BA",
    border="#323C4B",
    accent="#84ABFF",
    accent_soft="#1E2E50",
    on_accent="#0E1524",
    yes="#6AD3A2",
    yes_soft="#15352A",
    caution="#F2C266",
    caution_soft="#3A2E15",
    danger="#FF9A92",
    danger_soft="#46231F",
    guard="#C3ADFF",
    guard_soft="#2F2650",
    mark="#5A4A12",
)


class Theme:
    """Applies a palette to the application and hands its colours to what paints by itself."""

    def __init__(self, application: QApplication, choice: str, text_scale: int = 100) -> None:
        self._application = application
        self._choice = choice
        self._scale = text_scale
        self.colours = LIGHT
        self.apply()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.apply)

    def close(self) -> None:
        """Stop following the desktop."""
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self.apply)

    def choose(self, choice: str) -> None:
        """Switch to `system`, `light` or `dark`."""
        self._choice = choice
        self.apply()

    def apply(self) -> None:
        """Set style, palette, font and style sheet from the present choice."""
        self.colours = DARK if self._is_dark() else LIGHT
        self._application.setStyle("Fusion")
        self._application.setPalette(_palette(self.colours))
        self._application.setFont(_font(self._scale))
        self._application.setStyleSheet(style_sheet(self.colours, self._scale))

    def _is_dark(self) -> bool:
        if self._choice == "system":
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._choice == "dark"


def style_sheet(colours: Colours, scale: int = 100) -> str:
    """Fill colours and sizes (`scale` in percent) into the style sheet of the resources."""
    values = {field.name: getattr(colours, field.name) for field in fields(colours)}
    values |= {name: f"{size * scale / 100:g}" for name, size in _POINT_SIZES.items()}
    values["round"] = str(round(_AVATAR_RADIUS * scale / 100))
    values["badge_round"] = str(round(_BADGE_RADIUS * scale / 100))
    values["arrow"] = resource("styles", "arrow.svg").as_posix()
    source = resource("styles", "desk.qss").read_text(encoding="utf-8")
    return Template(source).substitute(values)


def _font(scale: int) -> QFont:
    font = QFont()
    font.setFamilies(list(_FAMILIES))
    font.setPointSizeF(_POINT_SIZES["body"] * scale / 100)
    return font


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for key, value in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.PlaceholderText: colours.muted,
        role.Link: colours.accent,
        role.Mid: colours.border,
    }.items():
        palette.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(colours.muted))
    return palette
