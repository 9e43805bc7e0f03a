# SPDX-License-Identifier: Apache-2.0
"""The language of the interface: Qt Linguist files of the resources, and Qt's own."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from agentassist.places import resource


def install(application: QCoreApplication, choice: str) -> QLocale:
    """Load the translators for `system`, `en` or `ko`; return the locale that is now used.

    English needs files as well: they hold its plural forms.
    """
    locale = QLocale.system() if choice == "system" else QLocale(choice)
    if locale.language() not in (QLocale.Language.English, QLocale.Language.Korean):
        locale = QLocale("en")
    QLocale.setDefault(locale)
    code = QLocale.languageToCode(locale.language())
    own = str(resource("translations"))
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for folder, name in ((qt, "qtbase"), (own, "agentassist")):
        translator = QTranslator(application)
        if translator.load(f"{name}_{code}", folder):
            application.installTranslator(translator)
    return locale
