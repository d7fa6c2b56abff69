"""Cards and lists. All made up."""

from linli.rules.plain.texts import Text
from linli.web.shared.samples.life import OfLife
from linli.web.shared.shapes import (
    ArchiveMeter,
    Choice,
    Column,
    Filter,
    Link,
    Meter,
    MissingPaper,
    Page,
    Similar,
    Somebody,
    Tab,
    Table,
    Why,
)
from linli.web.shared.tags.icons import ICONS
from linli.web.shared.tags.rules import clause


class OfCards(OfLife):
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
    def archives(self) -> list[ArchiveMeter]:
        title, chip = Text("项目档案", "Archive of the project"), clause(self.rules, "S0 §5")
        offices = [Text("社区党委", "community Party committee")]
        missing = [
            MissingPaper(Text("评议会议记录", "Minutes of the deliberation"), offices, "#1"),
            MissingPaper(Text("公示照片", "Photos of the notice"), offices),
        ]
        return [ArchiveMeter(title, 5, 7, missing, chip), ArchiveMeter(title, 7, 7, [], chip)]

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
                    "Fifth by votes. When its turn came 323,400 yuan were left, 56,600 short. A smaller plan may come next year.",
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
