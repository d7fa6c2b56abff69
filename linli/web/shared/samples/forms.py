"""A form with something wrong in it. All made up."""

from typing import Any

from django.http import QueryDict

from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Field, Form
from linli.web.shared.filling import BoundForm, Posted, posted
from linli.web.shared.samples.base import Sampled


class OfForms(Sampled):
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
