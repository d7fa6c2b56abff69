"""What happens to a project: its time, its money, its papers. All made up."""

from linli.rules.plain.texts import Text
from linli.web.shared import shapes
from linli.web.shared.samples.base import Sampled
from linli.web.shared.shapes import (
    Entry,
    Link,
    MoneyLine,
    Photo,
    Receipt,
    Stamp,
)


class OfLife(Sampled):
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
            Text("本社区今年的项目资金（样例）", "This year's community envelope (sample)"),
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
