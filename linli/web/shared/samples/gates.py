"""What the rules say: readings, gates, refusals. All made up."""

from datetime import date
from fractions import Fraction

from linli.rules.gates.model import Decision, Finding
from linli.rules.plain.refusals import NotAllowed, NotFound, Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.reading import LocalValue, Reading
from linli.web.shared.samples.base import LEAD, STREET, Sampled


class OfGates(Sampled):
    @property
    def cap(self) -> Reading:
        return Reading(
            "project_cap", "works", self.today, "known", 50_000_000, "yuan", "S0 §3", "sample", "0.1.0", date(2020, 11, 5)
        )

    @property
    def local(self) -> Reading:
        set_here = LocalValue(
            "approval_share", "", Fraction(2, 3), date(2024, 3, 1), None, "000", "community", LEAD, "居民议事规则（样例）", True
        )
        return Reading(
            "approval_share",
            "",
            self.today,
            "known",
            Fraction(2, 3),
            "share",
            "S0 §5",
            "sample",
            "0.1.0",
            set_here.since,
            local=set_here,
        )

    @property
    def unset(self) -> Reading:
        return Reading("notice_days", "", self.today, "unset", None, "period", "S0 §5", "sample", "0.1.0", None, set_by=(STREET,))

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (
            Finding("form", "ok", "S0 §5", Text("项目方案已填全", "The plan is complete"), slot="plan"),
            Finding(
                "evaluation",
                "ok",
                "S0 §5",
                Text("居民评议同意 31 人，共 36 人", "Residents in favour: 31 of 36"),
                arithmetic=Text("86.1% ≥ 2/3", "86.1% ≥ 2/3"),
                slot="evaluation",
                parameter=self.local,
            ),
            Finding(
                "emergency",
                "skipped",
                "S0 §5",
                Text("不是应急项目，不看应急条件", "Not an emergency; its conditions do not apply"),
            ),
            Finding(
                "publicity.determination.objections",
                "missing",
                "S0 §5",
                Text("公示期间收到的 1 条异议还没有答复", "1 objection raised during publicity has no answer yet"),
                mend=Text("逐条答复异议；答复后公示接着计时。", "Answer it; the notice then runs on."),
                turn=(LEAD,),
            ),
            Finding(
                "project_cap",
                "refused",
                "S0 §3",
                Text("金额超过单项上限", "The amount is over the ceiling for one project"),
                mend=Text(
                    "把金额降到 50 万元以内，或请街道党工委按“原则上”批准例外。",
                    "Bring it within 500,000 yuan, or ask the subdistrict for an exception in principle.",
                ),
                turn=(LEAD, STREET),
                arithmetic=Text("52.0 万元 > 上限 50.0 万元", "520,000 > ceiling 500,000 yuan"),
                parameter=self.cap,
            ),
            Finding(
                "notice_days",
                "unset",
                "S0 §5",
                Text("公示天数本地还没有定", "The length of publicity has not been set here"),
                mend=Text("请街道党工委设定公示天数。", "Ask the subdistrict to set it."),
                turn=(STREET,),
                parameter=self.unset,
            ),
        )

    @property
    def shut(self) -> Decision:
        return Decision("sample", "determine", "refused", self.findings, (), self.today, self.today, (LEAD,), ("S0 §3", "S0 §5"))

    @property
    def opened(self) -> Decision:
        return Decision("sample", "determine", "open", self.findings[:3], (), self.today, self.today, (LEAD,), ("S0 §5",))

    @property
    def not_yet(self) -> Decision:
        return Decision("sample", "archive", "unknown_act", (), (), None, self.today)

    @property
    def refused(self) -> Refused:
        return Refused(
            Text("还差两步，现在还不能确定这个项目。", "Two things are missing; the project cannot be determined yet."),
            reasons=self.findings[3:5],
        )

    @property
    def not_allowed(self) -> NotAllowed:
        return NotAllowed(Text("这一步由社区党委办理。", "This step is for the community Party committee."))

    @property
    def not_found(self) -> NotFound:
        return NotFound()
