# SPDX-License-Identifier: Apache-2.0
"""Raw identifiers to the form that matching compares.

Whatever a telephone system, a form or a file wrote, the same line, address or number
gives the same `value`; normalising a value again changes nothing.
"""

import re
import unicodedata
from collections.abc import Callable
from email.utils import parseaddr

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from agentassist.domain.customer import ContactKind, ContactPoint
from agentassist.domain.identity import Identifier
from agentassist.errors import UserError
from agentassist.services import usual_points

DEFAULT_REGION = "US"
"""The country (ISO 3166) whose rules a number without a country code follows."""

_MAX_LENGTH = 254
_ROUNDS = 4
_SHOWN_OF_ID = 2
_WITHHELD = frozenset(
    {
        *("", "anonymous", "anonym", "withheld", "unknown", "private", "restricted"),
        *("unavailable", "blocked", "hidden", "no number", "none", "비공개"),
        *("발신번호표시제한", "발신번호 표시제한"),
    }
)
_EXTENSION = re.compile(
    r"(?:;ext=|(?:,|;)?\s*(?:ext(?:ension)?|durchwahl|내선(?:번호)?)[.:]?\s*|(?<=[\d)\s])x\s*)"
    r"(\d{1,7})\s*$",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"^(?:tel|sips?|callto):(?://)?", re.IGNORECASE)
_PRIVATE_ENDING = re.compile(r"\.(?:local|test|example)$", re.IGNORECASE)
_PUBLIC_ENDING = ".com"
_NOT_DIALLED = re.compile(r"[^0-9*#+]")


def normalise(
    kind: ContactKind, raw: str, region: str = DEFAULT_REGION, label: str = ""
) -> ContactPoint | None:
    """Return the contact point that `raw` stands for, None for a withheld number.

    Raises UserError for a text that cannot be an identifier of that kind.
    """
    value = value_of(kind, raw, region)
    return ContactPoint(kind, value, shown_of(kind, raw, value), label) if value else None


def value_of(kind: ContactKind, raw: str, region: str = DEFAULT_REGION) -> str:
    """Return the value that `normalise` gives a point, empty for a withheld number.

    Raises UserError for a text that cannot be an identifier of that kind.
    """
    return _NORMALISERS[kind](raw, region)


def reader(kind: ContactKind) -> Callable[[str, str], str]:
    """Return what does the work of `value_of` for one kind: (text, region) to value."""
    return _NORMALISERS[kind]


def shown_of(kind: ContactKind, raw: str, value: str) -> str:
    """Return how a point is shown: as it was written, and never a whole id number."""
    return masked(value) if kind is ContactKind.ID_NUMBER else raw.strip()[:_MAX_LENGTH]


def masked(value: str) -> str:
    """Return a number of which only the end is shown."""
    return f"•••{value[-_SHOWN_OF_ID:]}"


def phone(raw: str, region: str = DEFAULT_REGION) -> str:
    """Return the E.164 form without extension; short and internal numbers as dialled.

    Empty for a withheld number. Raises UserError where there is nothing to dial.
    """
    text = _plain(raw)
    usual = usual_points.phone(text, region)
    if usual:
        return usual
    return _phone_by_library(raw, text, region)


def _phone_by_library(raw: str, text: str, region: str) -> str:
    if text.casefold() in _WITHHELD:
        return ""
    return _settled(text, lambda form: _phone_once(form, region), _not_a_phone(raw))


def extension(raw: str) -> str:
    """Return the digits of the extension in `raw`, empty where it has none."""
    found = _EXTENSION.search(_plain(raw))
    return found[1] if found else ""


def email(raw: str) -> str:
    """Return the address in case folded form, without asking any server.

    Accepts `Name <address>` and `mailto:`. Raises UserError for what is no address.
    """
    text = _plain(raw)
    return usual_points.email(text) or _email_by_library(raw, text)


def _email_by_library(raw: str, text: str) -> str:
    text = text.removeprefix("mailto:")
    if "<" in text:
        text = parseaddr(text)[1]
    return _settled(text, _email_once, _not_an_email(raw))


def handle(raw: str) -> str:
    """Return a name on a social network or messenger, without @, case folded."""
    problem = UserError('"{text}" is no handle: write a name such as @mia.', text=_brief(raw))
    return _settled(_plain(raw), lambda form: form.strip().lstrip("@").strip().casefold(), problem)


def number(raw: str) -> str:
    """Return an account or order number: capitals, without # and white space."""
    text = _plain(raw)
    plain = text.isascii() and text.isalnum() and len(text) <= _MAX_LENGTH
    return text.upper() if plain else _number(raw, text)


def _number(raw: str, text: str) -> str:
    problem = UserError('"{text}" is no number: write it as on the invoice.', text=_brief(raw))
    return _settled(text, _number_once, problem)


def id_number(raw: str) -> str:
    """Return the number of an identity card or the like: capitals and digits alone."""
    problem = UserError('"{text}" is no number: write it as on the card.', text=_brief(raw))
    return _settled(_plain(raw), _id_number_once, problem)


def identifiers(text: str, region: str = DEFAULT_REGION) -> tuple[Identifier, ...]:
    """Return everything that `text`, typed by an agent, may stand for, the likeliest first."""
    found = []
    for kind in _likely_kinds(text):
        try:
            point = normalise(kind, text, region)
        except UserError:
            continue
        if point:
            found.append(Identifier(kind, point.value))
    return tuple(found)


def _likely_kinds(text: str) -> tuple[ContactKind, ...]:
    stripped = text.strip()
    if stripped.startswith("@"):
        return (ContactKind.HANDLE,)
    if "@" in stripped:
        return ContactKind.EMAIL, ContactKind.HANDLE
    if re.fullmatch(r"\+?[\d\s()./-]{5,}(?:\D{1,6}\d{1,7})?", stripped):
        return ContactKind.PHONE, ContactKind.ORDER, ContactKind.ACCOUNT
    if any(character.isdigit() for character in stripped):
        return ContactKind.ORDER, ContactKind.ACCOUNT, ContactKind.HANDLE
    return (ContactKind.HANDLE,)


def _plain(raw: str) -> str:
    """Compatibility forms folded (full-width digits), invisible characters out."""
    raw = raw[: 4 * _MAX_LENGTH]
    if raw.isascii() and raw.isprintable():
        return raw.strip()
    text = unicodedata.normalize("NFKC", raw)
    return "".join(c if c != "\t" else " " for c in text if c == "\t" or _visible(c)).strip()


def _visible(character: str) -> bool:
    return not unicodedata.category(character).startswith("C")


def _settled(text: str, once: Callable[[str], str], problem: UserError) -> str:
    """Apply `once` until nothing changes: a value must be its own normal form."""
    for _ in range(_ROUNDS):
        value = once(text)
        if not value or len(value) > _MAX_LENGTH:
            raise problem
        if value == text:
            return value
        text = value
    raise problem


def _phone_once(text: str, region: str) -> str:
    dialled = _EXTENSION.sub("", _SCHEME.sub("", text).partition("@")[0])
    forms = [*_with_plus(dialled), dialled]
    parsed = [number for number in (_parsed(form, region) for form in forms) if number]
    # A number in use beats one that only has a possible length.
    parsed.sort(key=lambda number: not phonenumbers.is_valid_number(number))
    if not parsed:
        return _as_dialled(dialled)
    return phonenumbers.format_number(parsed[0], PhoneNumberFormat.E164)


def _with_plus(text: str) -> tuple[str, ...]:
    """Read 00 as the international prefix, in countries that dial another one too."""
    digits = re.sub(r"\D", "", text)
    return (f"+{digits[2:]}",) if digits.startswith("00") else ()


def _parsed(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    number.extension = None
    length = phonenumbers.is_possible_number_with_reason(number)
    return number if length == ValidationResult.IS_POSSIBLE else None


def _as_dialled(text: str) -> str:
    """Keep what a telephone can dial; a plus counts only in front."""
    kept = _NOT_DIALLED.sub("", _ascii_digits(text))
    value = kept[:1] + kept[1:].replace("+", "")
    return value if any(character.isdigit() for character in value) else ""


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)


def _email_once(text: str) -> str:
    """Endings of private networks (RFC 6762) are checked as if they were public ones."""
    private = _PRIVATE_ENDING.search(text)
    checked = f"{text}{_PUBLIC_ENDING}" if private else text
    try:
        parts = validate_email(checked, check_deliverability=False)
    except (EmailNotValidError, UnicodeError):
        return ""
    value = parts.normalized.casefold()
    return value.removesuffix(_PUBLIC_ENDING) if private else value


def _number_once(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.replace("#", "").split()).upper())


def _id_number_once(text: str) -> str:
    return "".join(character for character in _number_once(text) if character.isalnum())


def _not_a_phone(raw: str) -> UserError:
    return UserError('"{text}" is no phone number: write it with its area code.', text=_brief(raw))


def _not_an_email(raw: str) -> UserError:
    return UserError('"{text}" is no e-mail address: write name@company.com.', text=_brief(raw))


def _brief(raw: str) -> str:
    return raw.strip()[:60]


_NORMALISERS: dict[ContactKind, Callable[[str, str], str]] = {
    ContactKind.PHONE: phone,
    ContactKind.EMAIL: lambda raw, _region: email(raw),
    ContactKind.HANDLE: lambda raw, _region: handle(raw),
    ContactKind.ACCOUNT: lambda raw, _region: number(raw),
    ContactKind.ORDER: lambda raw, _region: number(raw),
    ContactKind.ID_NUMBER: lambda raw, _region: id_number(raw),
}
