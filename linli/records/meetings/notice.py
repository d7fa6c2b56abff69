"""How long before it a meeting must be called: read, shown, and kept where a place has set it."""

from dataclasses import dataclass
from datetime import date

from linli.rules.gates.model import Plain
from linli.rules.gates.wording import value_text
from linli.rules.plain.days import Period
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Session
from linli.rules.policy.reading import Reading
from linli.rules.policy.rules import Rules


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """`earliest` is the first day the meeting may be held; None while nobody has set how long."""

    reading: Reading | None
    called: date
    convened: date
    earliest: date | None

    @property
    def state(self) -> str:
        return self.reading.state if self.reading else "not_asked"

    def require_kept(self) -> None:
        """Raises Refused when the meeting would be held too soon."""
        if self.earliest is not None and self.convened < self.earliest:
            asked = self.reading.value if self.reading else None
            day = value_text(self.earliest)
            raise Refused(
                Text(
                    f"这类会议要提前 {_words(asked, 'zh')} 通知；今天通知，最早可在 {day.zh}召开。",
                    f"This meeting must be called {_words(asked, 'en')} ahead; called today, it can be held on "
                    f"{day.en} at the earliest.",
                )
            )

    def plain(self) -> dict[str, Plain]:
        read = self.reading
        return {
            "parameter": read.parameter if read else "",
            "state": self.state,
            "value": str(read.value) if read and read.value is not None else "",
            "clause": read.clause if read else "",
            "version": read.version if read else "",
            "set_by": list(read.set_by) if read else [],
            "called": self.called.isoformat(),
            "convened": self.convened.isoformat(),
            "earliest": self.earliest.isoformat() if self.earliest else "",
        }


def read_notice(rules: Rules, session: Session, *, called: date, convened: date) -> NoticeRead:
    """The day of calling is not counted; the meeting may be held on the last day of the notice at the earliest."""
    if not session.notice:
        return NoticeRead(None, called, convened, None)
    reading = rules.read(session.notice, on=called)
    value = reading.value
    earliest = rules.calendar.after(called, value) if isinstance(value, Period) else None
    return NoticeRead(reading, called, convened, earliest)


_KINDS = {
    "days": ("天", "days"),
    "working_days": ("个工作日", "working days"),
    "months": ("个月", "months"),
    "years": ("年", "years"),
}


def _words(value: object, language: str) -> str:
    if not isinstance(value, Period):
        return ""
    zh, en = _KINDS[value.kind]
    return f"{value.count} {zh if language == 'zh' else en}"
