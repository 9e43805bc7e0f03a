# SPDX-License-Identifier: Apache-2.0
"""The rules of the queue, as the settings have them."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from agentassist.domain.age_clock import AgeClock, Hours
from agentassist.domain.history import Channel
from agentassist.errors import UserError
from agentassist.services.open_loops import QueueRules
from agentassist.settings import Settings


def queue_rules(settings: Settings) -> QueueRules:
    """Return targets, working hours and how far back the queue looks.

    Raises:
        UserError: the zone is none that this machine knows, or the hours end before they begin.
    """
    minutes = {
        Channel.CALL: settings.target_call_minutes,
        Channel.EMAIL: settings.target_email_minutes,
        Channel.CHAT: settings.target_chat_minutes,
        Channel.SMS: settings.target_sms_minutes,
        Channel.SOCIAL: settings.target_social_minutes,
    }
    targets = {channel: timedelta(minutes=number) for channel, number in minutes.items()}
    return QueueRules(AgeClock(targets, _hours(settings)), settings.queue_days)


def company_zone(settings: Settings) -> tzinfo | None:
    """Return where the company is, None for where this machine is.

    Raises:
        UserError: the zone is none that this machine knows.
    """
    return _zone(settings.business_zone) if settings.business_zone else None


def _hours(settings: Settings) -> Hours:
    days = frozenset(int(day) for day in settings.business_days)
    opens, _, closes = settings.business_hours.partition("-")
    begins, ends = time.fromisoformat(opens or "00:00"), time.fromisoformat(closes or "00:00")
    if begins > ends:
        raise UserError("business_hours ends before it begins: write it as 09:00-18:00.")
    return Hours(_zone(settings.business_zone), begins, ends, days)


def _zone(name: str) -> tzinfo:
    if not name:
        return _LocalZone()
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise UserError(
            "{name} is no time zone that is known here: write it as Asia/Seoul.", name=name[:60]
        ) from None


class _LocalZone(tzinfo):
    """The zone of this machine, with its changes of summer and winter."""

    def utcoffset(self, dt: datetime | None) -> timedelta:
        """Return the offset that the machine has at this local time."""
        naive = (dt or datetime.now(UTC)).replace(tzinfo=None)
        return naive.astimezone().utcoffset() or timedelta(0)

    def dst(self, dt: datetime | None) -> timedelta:
        """Return nothing: the offset says it all."""
        del dt
        return timedelta(0)

    def tzname(self, dt: datetime | None) -> str:
        """Name it."""
        del dt
        return "local"

    def fromutc(self, dt: datetime) -> datetime:
        """Turn a UTC time with this zone into a local one."""
        return dt.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)
