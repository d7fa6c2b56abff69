"""What every figure means: from which records it is counted, how, and on the ground of which clause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.rules.plain.texts import Text
from linli.rules.policy.rules import Rules


@dataclass(frozen=True)
class Definition:
    """`rule` names the parameter, procedure or form of the pack on whose clause the figure rests; "" for none."""

    id: str
    title: Text
    how: Text
    rule: str = ""
    staff: bool = False  # not among the public figures

    def clause(self, rules: Rules | None, on: date) -> str:
        """The clause in force, "" where the rules of the place have none."""
        if rules is None or not self.rule:
            return ""
        kind, _, id = self.rule.partition(":")
        if kind == "parameter":
            return rules.read(id, on=on).clause if id in rules.parameters() else ""
        found = rules.procedures(on).get(id)
        return found.clause if found else ""


def definitions(*, staff: bool = False) -> Sequence[Definition]:
    """In the order of the page; those for the desk alone only when asked for."""
    return [one for one in _ALL if staff or not one.staff]


def _define(id: str, title: tuple[str, str], how: tuple[str, str], rule: str = "", staff: bool = False) -> Definition:
    return Definition(id, Text(*title), Text(*how), rule, staff)


_ALL = (
    _define(
        "needs",
        ("需求", "Needs"),
        (
            "按征集日期所在的年度计，一张表算一条；已撤回的不算。归在一组的需求各算各的。",
            "By the year in which it was collected, one form one need; those taken back are left out. "
            "Needs that stand together count one by one.",
        ),
        "procedure:need",
    ),
    _define(
        "answered",
        ("已答复", "Answered"),
        (
            "至少有一条写明结论和理由的答复。比例的分母是同一年度的全部需求。",
            "At least one answer with a verdict and a reason. The share is of all needs of the same year.",
        ),
        "procedure:need",
    ),
    _define(
        "taken",
        ("已纳入项目", "Taken into a project"),
        (
            "现在有项目承接的需求；项目没办成退回来的，不算。",
            "Needs that a project takes up now; not those given back because their project came to nothing.",
        ),
    ),
    _define(
        "funnel",
        ("走到哪一步", "How far they have come"),
        (
            "同一年度立的项目里，有多少进入过这一阶段或更后面的阶段。按实际走过的步骤数，不按现在停在哪里；"
            "未予确定、撤回、终止的，只算到它走到过的最后一个阶段。",
            "Of the projects opened for the year, how many came into this stage or beyond it. Counted from the steps "
            "really taken, not from where they stand; a project refused, withdrawn or stopped counts up to its last stage.",
        ),
    ),
    _define(
        "standing",
        ("停在哪里", "Where they stand"),
        (
            "现在处于这一状态的项目数；点开就是这些项目的清单，条数相同。",
            "How many stand in this state now; the link opens the list of exactly these.",
        ),
    ),
    _define(
        "speed",
        ("各阶段用了几天", "Days per stage"),
        (
            "从第一次进入本阶段那天，到第一次进入后面任一阶段那天，按自然日。只数已经往前走出本阶段的项目。"
            "中位数和四分位数按每个项目的实际天数算，没有估计。",
            "From the day a matter first came into the stage to the day it first came into any later one, in calendar days. "
            "Only matters that have gone forward count. Median and quartiles are of the very days, nothing is estimated.",
        ),
    ),
    _define(
        "coverage",
        ("征集覆盖", "Coverage of the collection"),
        (
            "本年度问到的人和户：线上、线下、上门都算，同一人（户）只算一次；看不出是谁的表照办，不计入。",
            "People and households asked in the year, online, on paper or at the door, each counted once; "
            "forms that name nobody are handled, not counted.",
        ),
        "parameter:coverage_wide",
    ),
    _define(
        "priority",
        ("重点家庭", "Priority households"),
        (
            "名册上的重点家庭里本年度已问到的。户数少时能认出是谁，所以只给工作人员看。",
            "Priority households on the list that were asked in the year. Small numbers would tell who they are, "
            "so only staff see them.",
        ),
        staff=True,
    ),
    _define(
        "money",
        ("资金", "Money"),
        (
            "当年核定、已答应给项目、还剩。街道和区的合计是各社区之和；区本级单列的一笔另写，不重复加。",
            "Set for the year, promised to projects, left. A subdistrict or district is the sum of its communities; "
            "a line of its own stands apart and is not added.",
        ),
        "parameter:community_envelope",
    ),
    _define(
        "shares",
        ("钱给了什么", "What the money went to"),
        (
            "已答应给项目、没有退回的金额，按项目类别和项目结果合计。",
            "Promised to projects and not given back, summed by category and by what became of the project.",
        ),
    ),
    _define(
        "objections",
        ("异议", "Objections"),
        (
            "本年度收到的全部异议，含公示期满后收到的；有书面答复（或提出人撤回）算已答复。",
            "All objections received in the year, late ones included; answered means a written answer or a withdrawal.",
        ),
        "parameter:publicity_required",
    ),
    _define(
        "satisfaction",
        ("居民评价", "Residents' appraisal"),
        (
            "项目归档材料里居民评价的回答人数；写明满意比例的，按人数加权。没有评价的项目不猜。",
            "How many answered the appraisals on file; where they say how many were content, weighed by people. "
            "Projects without one are not guessed.",
        ),
    ),
    _define(
        "overdue",
        ("逾期", "Overdue"),
        (
            "到期日已过还没办的事和没答复的来件，按今天计，按承办单位合计；没有设定期限的不算逾期。",
            "Duties not done and answers not given whose day has passed, as of today, by office; what has no day is never late.",
        ),
        "parameter:reply_within",
        staff=True,
    ),
)
