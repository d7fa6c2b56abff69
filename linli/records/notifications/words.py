"""What is told of each kind of event, and to whom. Nothing personal: a name, a phone or what somebody wrote is never in it.

`{about}` is the project, need or meeting; `{now}` where a matter stands after an act.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from linli.rules.plain.texts import Text

ASKED, OBJECTED, FOLLOWS, OFFICE, CALLED, SPOKE = "asked", "objected", "follows", "office", "called", "spoke"
WHY: Mapping[str, Text] = {
    ASKED: Text("因为这是您提的需求", "because you asked for it"),
    OBJECTED: Text("因为您提过异议", "because you objected"),
    FOLLOWS: Text("因为您关注了", "because you follow it"),
    OFFICE: Text("因为归您的岗位办", "because it falls to your office"),
    CALLED: Text("因为您在参会名单上", "because you are called to it"),
    SPOKE: Text("因为这是您的意见", "because it is your opinion"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """`to`: who hears of it, the nearest reason first. `public`: other systems may be told as well."""

    to: tuple[str, ...]
    text: Text
    public: bool = False


_EVERYBODY = (ASKED, OBJECTED, FOLLOWS, OFFICE)
_ASKERS = (ASKED, FOLLOWS)

WORDS: Mapping[str, Word] = {
    "need.raised": Word(
        (OFFICE,), Text("{about}：新提出，等核实和答复", "{about}: new, to be looked into and answered"), public=True
    ),
    "need.checked": Word(_ASKERS, Text("{about}：已有人核实", "{about}: somebody looked into it")),
    "need.answered": Word(_ASKERS, Text("{about}：有了答复", "{about}: answered"), public=True),
    "need.linked": Word(_ASKERS, Text("{about}：纳入了项目", "{about}: taken into a project"), public=True),
    "need.unlinked": Word(_ASKERS, Text("{about}：从项目里退回，继续处理", "{about}: let go by a project, still open")),
    "need.withdrawn": Word(_ASKERS, Text("{about}：已撤回", "{about}: taken back")),
    "case.act_taken": Word(_EVERYBODY, Text("{about}：现在是“{now}”", "{about}: now at “{now}”"), public=True),
    "notice.published": Word(_EVERYBODY, Text("{about}：开始公示", "{about}: a notice is up"), public=True),
    "notice.changed": Word(
        _EVERYBODY, Text("{about}：公示内容变更，重新计时", "{about}: its notice changed, the clock starts again"), public=True
    ),
    "notice.extended": Word(_EVERYBODY, Text("{about}：公示顺延", "{about}: its notice hangs longer"), public=True),
    "notice.taken_down": Word(_EVERYBODY, Text("{about}：公示结束", "{about}: its notice is over"), public=True),
    "objection.raised": Word((OFFICE,), Text("{about}：收到一条异议，要答复", "{about}: an objection came and wants an answer")),
    "objection.answered": Word((OBJECTED, FOLLOWS), Text("{about}：异议有了答复", "{about}: an objection was answered")),
    "meeting.called": Word((CALLED, ASKED, FOLLOWS), Text("{about}：通知开会", "{about}: a meeting is called")),
    "meeting.person_invited": Word((CALLED,), Text("{about}：参会名单有变", "{about}: the list of those called changed")),
    "meeting.cancelled": Word((CALLED, ASKED, FOLLOWS), Text("{about}：会议取消", "{about}: the meeting is cancelled")),
    "meeting.closed": Word((CALLED, ASKED, FOLLOWS), Text("{about}：会议结束", "{about}: the meeting is over")),
    "meeting.minutes_written": Word(
        (CALLED,), Text("{about}：会议记录写成，等会签", "{about}: minutes written, to be countersigned")
    ),
    "meeting.minutes_locked": Word((CALLED,), Text("{about}：会议记录已锁定", "{about}: minutes locked")),
    "meeting.opinion_answered": Word((SPOKE,), Text("{about}：您的意见有了答复", "{about}: your opinion was answered")),
}
# What people may wish to hear at once, in words of theirs.
AT_ONCE: Mapping[str, Text] = {
    "need.answered": Text("需求有了答复", "A need was answered"),
    "notice.published": Text("项目开始公示", "A notice goes up"),
    "objection.raised": Text("收到异议", "An objection comes in"),
    "objection.answered": Text("异议有了答复", "An objection was answered"),
    "meeting.called": Text("通知开会", "A meeting is called"),
    "meeting.cancelled": Text("会议取消", "A meeting is cancelled"),
}
