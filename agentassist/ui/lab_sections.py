# SPDX-License-Identifier: Apache-2.0
"""Which sections the form of a policy has: one list for an ordinary, one for a protected one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from agentassist.ui.lab_cards import Section
from agentassist.ui.lab_context import FormContext, Piece
from agentassist.ui.lab_fields import (
    ChoiceField,
    ConditionsField,
    DayField,
    LineField,
    LinesPair,
    NeedsField,
    SeveralField,
    TextPair,
    TickField,
)
from agentassist.ui.lab_more_fields import IdsField, OrderButtonField
from agentassist.ui.lab_rules import Row, allows, declines, safe_paths, yes_with
from agentassist.ui.lab_tests_field import tests
from agentassist.ui.lab_words import category_word, guard_word, sector_word

Pieces = Sequence[Piece]

_VALIDITY = ("request", "valid_from", "valid_until", "overrides", "version", "id")


class Sections(QObject):
    """Makes the sections of a form, in the order in which they are read."""

    def ordinary(self, context: FormContext) -> list[Section]:
        """Return those of a policy that says yes unless."""
        return [
            self._about(context, protected=False),
            self._said(context),
            Section(
                self.tr("What they are after"),
                self.tr("The needs behind the request. Every alternative must meet one of them."),
                frozenset({"needs", "discovery"}),
                lambda: (NeedsField(context), self._discovery(context)),
                folded=True,
            ),
            Section(
                self.tr("We say yes, unless …"),
                self.tr("What is not listed here is a yes. Each ground brings its alternatives."),
                frozenset({"yes", "decline"}),
                lambda: (TextPair(context, ("yes",), self.tr("The yes")), declines(context)),
            ),
            Section(
                self.tr("Yes, if …"),
                self.tr("Still a yes, with something to do first."),
                frozenset({"yes_with"}),
                lambda: (yes_with(context),),
            ),
            self._tests(context),
            self._more(context),
        ]

    def protected(self, context: FormContext) -> list[Section]:
        """Return those of a policy that refuses unless."""
        return [
            self._about(context, protected=True),
            self._said(context),
            self._detector(context),
            Section(
                self.tr("A clear, kind no"),
                self.tr("The answer, unless every fact of a proof below is known to be true."),
                frozenset({"refuse"}),
                lambda: (TextPair(context, ("refuse",), self.tr("The no")),),
            ),
            Section(
                self.tr("The safe path"),
                self.tr("What the customer can do at once. At least one."),
                frozenset({"safe_path"}),
                lambda: (safe_paths(context),),
            ),
            Section(
                self.tr("Proof that opens it"),
                self.tr("Without a proof the answer is always no."),
                frozenset({"yes", "allow"}),
                lambda: (TextPair(context, ("yes",), self.tr("The yes")), allows(context)),
            ),
            self._tests(context),
            self._guards(context),
        ]

    def _about(self, context: FormContext, *, protected: bool) -> Section:
        names = frozenset({"title", "sector", "owner", "protected"})
        make = partial(self._about_pieces, context, protected=protected)
        return Section(self.tr("The request"), "", names, make)

    def _about_pieces(self, context: FormContext, *, protected: bool) -> Pieces:
        sectors = [(sector_word(x), x) for x in context.choices.sectors]
        kinds = [(category_word(x), x) for x in context.choices.categories]
        line = Row(
            ChoiceField(context, ("sector",), self.tr("Sector"), sectors),
            LineField(context, ("owner",), self.tr("Who keeps it true")),
        )
        pieces: list[Piece] = [TextPair(context, ("title",), self.tr("Title")), line]
        if protected:
            pieces.append(ChoiceField(context, ("protected",), self.tr("Protects"), kinds))
        return pieces

    def _said(self, context: FormContext) -> Section:
        return Section(
            self.tr("What customers say"),
            self.tr("In their own words, one a line: five or more, and three that sound alike."),
            frozenset({"examples", "counter"}),
            lambda: (
                LinesPair(context, ("examples",), self.tr("Means this"), 5),
                LinesPair(context, ("counter",), self.tr("Sounds alike, means something else")),
            ),
            folded=True,
        )

    def _discovery(self, context: FormContext) -> Piece:
        return TextPair(context, ("discovery",), self.tr("A question that finds out which"))

    def _tests(self, context: FormContext) -> Section:
        return Section(
            self.tr("Tests"),
            self.tr("Every rule needs a case. The panel on the right makes one of what you try."),
            frozenset({"test"}),
            lambda: (tests(context),),
        )

    def _detector(self, context: FormContext) -> Section:
        return Section(
            self.tr("Words that raise the shield"),
            self.tr("An act word near an object word brings up the banner."),
            frozenset({"act", "object"}),
            lambda: (
                LinesPair(context, ("act",), self.tr("Act words")),
                LinesPair(context, ("object",), self.tr("Object words")),
            ),
            folded=True,
        )

    def _guards(self, context: FormContext) -> Section:
        names = frozenset({"guards", "exception", *_VALIDITY})
        make = partial(self._guards_pieces, context)
        return Section(self.tr("More"), "", names, make, folded=True)

    def _guards_pieces(self, context: FormContext) -> Pieces:
        guards = [(guard_word(x), x) for x in context.choices.guards]
        dual: list[tuple[str, object]] = [
            (self.tr("None"), ""),
            (self.tr("Two people sign"), "dual_control"),
        ]
        return (
            SeveralField(context, ("guards",), self.tr("Stands guard over"), lambda _form: guards),
            ChoiceField(context, ("exception",), self.tr("Exception"), dual),
            *self._validity(context),
        )

    def _more(self, context: FormContext) -> Section:
        own = {"account_bound", "touches", "action", "amount", "scope", "order_button"}
        names = frozenset({*own, *_VALIDITY})
        make = partial(self._more_pieces, context)
        return Section(self.tr("More"), "", names, make, folded=True)

    def _more_pieces(self, context: FormContext) -> Pieces:
        touches: list[tuple[str, object]] = [(self.tr("Nothing of it"), "")]
        touches += [(guard_word(x), x) for x in context.choices.touches]
        actions: list[tuple[str, object]] = [(self.tr("None"), "")]
        actions += [(x.replace("_", " "), x) for x in context.choices.actions]
        money: list[tuple[str, object]] = [(self.tr("None"), "")]
        money += [(f.name, f.key) for f in context.choices.facts if f.currency]
        return (
            TickField(context, ("account_bound",), self.tr("Only for a verified account holder")),
            Row(
                ChoiceField(context, ("touches",), self.tr("Changes sensitive data"), touches),
                ChoiceField(context, ("action",), self.tr("Asks authority for"), actions),
                ChoiceField(context, ("amount",), self.tr("Up to the amount"), money),
            ),
            ConditionsField(context, ("scope",), self.tr("Only speaks when all of these hold")),
            OrderButtonField(context),
            *self._validity(context),
        )

    def _validity(self, context: FormContext) -> Pieces:
        return (
            IdsField(context, ("overrides",), self.tr("Speaks instead of these policies")),
            Row(
                LineField(context, ("request",), self.tr("Answers the request type")),
                DayField(context, ("valid_from",), self.tr("Valid from")),
                DayField(context, ("valid_until",), self.tr("Valid until")),
            ),
        )
