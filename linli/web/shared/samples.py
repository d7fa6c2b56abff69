"""What the living page of pieces shows. Nothing here is a record: names, sums and days are made up and say so."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.http import QueryDict

from linli.rules.gates.model import Decision, Finding
from linli.rules.plain.days import SHANGHAI
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue, Field, Form
from linli.rules.policy.models import Entry as Row
from linli.rules.policy.reading import LocalValue, Reading
from linli.web.shared import shapes
from linli.web.shared.filling import BoundForm, Posted, posted
from linli.web.shared.shapes import (
    Choice,
    Column,
    Entry,
    Filter,
    Link,
    Meter,
    MoneyLine,
    Page,
    Photo,
    Receipt,
    Similar,
    Somebody,
    Stamp,
    Tab,
    Table,
    Why,
)
from linli.web.shared.tags.icons import ICONS

LEAD = "community.party_committee"
STREET = "subdistrict.working_committee"


class SampleRules:
    """Just enough of a rule book for the chips."""

    def clause_text(self, clause: str) -> str:
        return {
            "S0 §3": "项目按性质分为服务类、货物类和工程类。单个项目资金原则上不超过本条所定的上限；因居民需要确须超过的，由街道党工委批准并说明理由。（样例文字）",
            "S0 §5": "项目由社区党委组织居民评议。评议通过后应当公示，公示期间收到的异议须逐条答复。（样例文字）",
        }[clause]

    def clause_title(self, clause: str) -> Text:
        number = clause.split("§")[1]
        return Text(f"《样例办法》第{number}条", f"Sample Measures, article {number}")

    def office_title(self, office: str) -> Text:
        return {
            LEAD: Text("社区党委", "community Party committee"),
            STREET: Text("街道党工委", "subdistrict Party working committee"),
        }[office]

    def catalogue(self, catalogue: str, on: date | None) -> Catalogue:
        rows = {"works": Text("工程类", "Works"), "goods": Text("货物类", "Goods"), "service": Text("服务类", "Services")}
        return Catalogue(
            catalogue, Text("项目类型", "Project type"), {key: Row(key, title, "S0 §3") for key, title in rows.items()}
        )


@dataclass(frozen=True)
class Samples:
    """All pieces in every state, as of one day."""

    today: date
    rules: SampleRules = SampleRules()

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    @property
    def moment(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 9, 30, tzinfo=SHANGHAI)

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

    @property
    def timeline(self) -> list[Entry]:
        return [
            Entry(
                Text("居民提出需求", "Residents raised the need"),
                who=Text("3 户居民，社区代录 1 户", "3 households, 1 entered on behalf"),
                when=self.day(-60),
                url="#n",
            ),
            Entry(
                Text("现场核实", "Verified on site"),
                who=Text("社区党委", "community Party committee"),
                when=self.day(-52),
                clause="S0 §3",
                evidence=[Link(Text("照片 2 张", "2 photos"), "#p")],
            ),
            Entry(
                Text("第一次评议", "First deliberation"),
                "refused",
                when=self.day(-40),
                clause="S0 §5",
                note=Text(
                    "同意 18 人，共 36 人，没有达到 2/3。方案改后再议。",
                    "18 of 36 in favour, short of 2/3. The plan was changed and put again.",
                ),
            ),
            Entry(
                Text("第二次评议通过", "Second deliberation passed"),
                who=Text("居民议事会", "residents' council"),
                when=self.day(-20),
                clause="S0 §5",
                evidence=[Link(Text("会议记录", "Minutes"), "#m"), Link(Text("签到表", "Attendance"), "#a")],
            ),
            Entry(
                Text("公示中", "On public notice"),
                "now",
                when=self.day(-3),
                clause="S0 §5",
                note=Text("收到 1 条异议，正在答复。", "1 objection received; an answer is being prepared."),
            ),
            Entry(
                Text("确定项目", "Determination"),
                "next",
                who=Text("社区党委", "community Party committee"),
                when=self.day(6),
                clause="S0 §5",
            ),
            Entry(Text("实施、验收、归档", "Works, acceptance, archive"), "next"),
        ]

    @property
    def money(self) -> MoneyLine:
        return MoneyLine(
            48_650_000,
            46_200_000,
            18_480_000,
            Text("本社区今年的民生微实事资金（样例）", "This year's community envelope (sample)"),
            "#money",
        )

    @property
    def money_over(self) -> MoneyLine:
        return MoneyLine(20_000_000, 23_000_000, 5_000_000)

    @property
    def money_early(self) -> MoneyLine:
        return MoneyLine(800_000)

    @property
    def stamps(self) -> list[Stamp]:
        said: list[tuple[Text, shapes.Tone]] = [
            (Text("实施中", "Under way"), "running"),
            (Text("公示中", "On notice"), "waiting"),
            (Text("等您处理", "Needs you"), "action"),
            (Text("已归档", "Archived"), "done"),
            (Text("已撤回", "Withdrawn"), "closed"),
            (Text("没有通过", "Not passed"), "refused"),
        ]
        return [Stamp(title, tone) for title, tone in said]

    @property
    def photos(self) -> list[Photo]:
        picture = "/static/linli.svg"
        return [
            Photo("before", picture, Text("样例图：楼道灯坏了", "Sample: a broken stairway light"), self.day(-52)),
            Photo("during", picture, Text("样例图：正在换灯", "Sample: the light being replaced"), self.day(-4)),
        ]

    @property
    def slip(self) -> Receipt:
        return Receipt(
            "7K3M-92QF",
            "https://linli.example/r/7K3M-92QF",
            Text("您的需求已收到", "Your need has been received"),
            self.moment,
            Text(
                "社区会在核实后答复您，答复会发到您的手机。",
                "The community will answer after checking; the answer comes to your phone.",
            ),
        )

    @property
    def nothing(self) -> list[Similar]:
        return []

    @property
    def icons(self) -> list[str]:
        return list(ICONS)

    @property
    def similar(self) -> list[Similar]:
        return [
            Similar("3 栋楼道灯晚上不亮，老人上下楼不安全", "#1", "样例社区 3 栋", Text("核实中", "being checked"), 4),
            Similar("楼梯间照明坏了两个月", "#2", "样例社区 5 栋", Text("已立项", "now a project"), 1),
        ]

    @property
    def meter(self) -> Meter:
        return Meter(Text("征集到的住户", "Households reached"), 312, 500, clause="S0 §5")

    @property
    def meter_priority(self) -> Meter:
        visits = [Link(f"样例住户 {n} 号", "#v", Text("独居老人", "older person living alone")) for n in (17, 23, 41)]
        return Meter(Text("重点家庭", "Priority households"), 87, 91, clause="S0 §5", to_visit=visits, to_visit_total=4)

    @property
    def meter_done(self) -> Meter:
        return Meter(Text("征集到的住户", "Households reached"), 500, 500)

    @property
    def meter_unset(self) -> Meter:
        return Meter(Text("参加评议的居民", "Residents at the deliberation"), 36, None, Text("人", "people"))

    @property
    def choices(self) -> list[Choice]:
        return [
            Choice(
                "a",
                Text("3 栋、5 栋楼道灯更换", "New stairway lights in buildings 3 and 5"),
                4_860_000,
                Text("换 64 盏感应灯，含三年维护。", "64 sensor lights with three years' upkeep."),
                "样例社区",
                "#a",
                chosen=True,
            ),
            Choice("b", Text("儿童游乐场地垫翻新", "New matting for the playground"), 12_800_000, url="#b"),
            Choice(
                "c",
                Text("架空层健身角", "Exercise corner under building 2"),
                38_000_000,
                blocked=Text(
                    "选了上面两项后，余额还剩 32.34 万元，不够这一项。",
                    "With the two above chosen, 323,400 yuan are left: not enough for this one.",
                ),
            ),
        ]

    @property
    def whys(self) -> list[Why]:
        votes, cost = Text("得票", "Votes"), Text("金额", "Cost")
        return [
            Why(
                Text("楼道灯更换", "New stairway lights"),
                True,
                Text("得票第 1，金额在余额以内。", "First by votes and within what was left."),
                [(votes, "214"), (cost, Text("4.86 万元", "48,600 yuan"))],
                "S0 §5",
            ),
            Why(
                Text("架空层健身角", "Exercise corner"),
                False,
                Text(
                    "得票第 5。轮到它时余额 32.34 万元，少 5.66 万元。可以改小后明年再提。",
                    "Fifth by votes. When its turn came 323,400 yuan were left, 56,600 short. It may be put again next year, smaller.",
                ),
                [(votes, "131"), (cost, Text("38 万元", "380,000 yuan"))],
            ),
        ]

    @property
    def persons(self) -> list[Somebody]:
        place, term = Text("样例社区", "Sample community"), Text("2024—2029", "2024–2029")
        return [
            Somebody("陈样例", Text("社区党委书记", "Party secretary"), place, term),
            Somebody("李样例", Text("居民代表", "Residents' representative"), place, term),
            Somebody(
                "周样例",
                Text("居民代表", "Residents' representative"),
                place,
                recused=Text("施工单位负责人是其亲属", "a relative heads the contractor"),
            ),
        ]

    @property
    def table(self) -> Table:
        columns = [
            Column(Text("项目", "Project"), "link"),
            Column(Text("状态", "State"), "stamp"),
            Column(Text("金额（元）", "Amount (yuan)"), "money"),
            Column(Text("同意", "In favour"), "share"),
            Column(Text("确定日期", "Determined"), "date"),
        ]
        rows = [
            [
                Link(Text("楼道灯更换", "New stairway lights"), "#1", "NT-2026-014"),
                self.stamps[0],
                4_860_000,
                "31/36",
                self.day(-9),
            ],
            [
                Link(Text("儿童游乐场地垫翻新", "New matting for the playground"), "#2", "NT-2026-011"),
                self.stamps[1],
                12_800_000,
                "5/6",
                None,
            ],
            [
                Link(Text("社区长者食堂厨具", "Kitchen for the seniors' canteen"), "#3", "NT-2025-087"),
                self.stamps[3],
                48_650_000,
                "1",
                self.day(-400),
            ],
        ]
        return Table(Text("样例项目", "Sample projects"), columns, rows)

    @property
    def filters(self) -> list[Filter]:
        return [
            Filter(
                "state",
                Text("状态", "State"),
                [("running", Text("实施中", "Under way")), ("notice", Text("公示中", "On notice"))],
            ),
            Filter("q", Text("搜索", "Search"), kind="text"),
        ]

    @property
    def page(self) -> Page:
        return Page([], next="n1", previous="p1", about="1,204")

    @property
    def tabs(self) -> list[Tab]:
        return [
            Tab(Text("全部", "All"), "?", current=True, count=1204),
            Tab(Text("等我处理", "Needs me"), "?mine=1", count=3),
            Tab(Text("已归档", "Archived"), "?done=1"),
        ]

    @property
    def form(self) -> Form:
        fields = [
            Field("title", Text("项目名称", "Name of the project"), "text", required=True, clause="S0 §3", part="what"),
            Field(
                "type", Text("项目类型", "Type"), "choice", required=True, catalogue="project_type", clause="S0 §3", part="what"
            ),
            Field(
                "reason",
                Text("为什么要做", "Why it is needed"),
                "long_text",
                hint=Text(
                    "写清给谁带来什么，尽量用居民自己的话。", "Say who gains what, in the residents' own words where you can."
                ),
                part="what",
            ),
            Field(
                "amount",
                Text("金额", "Amount"),
                "money",
                required=True,
                hint=Text("可以写 48.65万，也可以写 486500.00", "Write 486,500.00"),
                clause="S0 §3",
                part="money",
            ),
            Field(
                "budget",
                Text("预算明细", "Budget in detail"),
                "lines",
                columns=(
                    ("item", Text("内容", "Item"), "text"),
                    ("quantity", Text("数量", "Quantity"), "number"),
                    ("sum", Text("金额", "Amount"), "money"),
                ),
                part="money",
            ),
            Field("share", Text("居民自筹比例", "Share raised by residents"), "share", part="money"),
            Field("until", Text("计划完成", "To be finished by"), "date", part="when"),
            Field("urgent", Text("是否应急", "Is it an emergency?"), "flag", required=True, part="when"),
            Field("groups", Text("惠及人群", "Who gains"), "choices", catalogue="project_type", part="when"),
            Field(
                "papers",
                Text("附件", "Papers"),
                "file",
                hint=Text("照片、PDF 或表格，每个不超过 10 MB。", "Photos, PDF or spreadsheets, 10 MB each at most."),
                part="when",
            ),
            Field("phone", Text("联系电话", "Telephone"), "phone", part="when"),
            Field("site", Text("地点", "Where"), "place", part="when"),
        ]
        parts = {"what": Text("做什么", "What"), "money": Text("要多少钱", "How much"), "when": Text("时间和人", "When and who")}
        return Form("sample", Text("样例方案", "Sample plan"), {field.key: field for field in fields}, parts=parts)

    def typed(self, post: QueryDict | None = None) -> Posted:
        """As if this had just been sent: one amount and one row cannot be read, the rest is kept."""
        given = post or QueryDict(
            "title=楼道灯更换&type=works&amount=五十万左右&budget-rows=2&budget-0-item=感应灯&budget-0-quantity=64&budget-0-sum=32000&budget-1-item=安装&budget-1-quantity=一批&budget-1-sum=1.66万&share=1/10&urgent=no&groups=works&groups=goods&until=2026-12-20"
        )
        return posted(self.form, given)

    def bound(self, post: QueryDict | None = None) -> BoundForm:
        wrong = Invalid(
            Text("有几处需要改。", "A few things need mending."), fields={"site": Text("请选一个地点", "Choose a place")}
        )
        options: dict[str, Any] = {
            "site": [("1", Text("样例社区 3 栋", "Building 3")), ("2", Text("样例社区 5 栋", "Building 5"))]
        }
        return BoundForm(
            self.form,
            rules=self.rules,
            on=self.today,
            posted=self.typed(post),
            turned_down=None if post else wrong,
            options=options,
        )
