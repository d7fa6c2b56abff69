"""What every sample stands on: a day, and just enough of a rule book."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from linli.rules.plain.days import SHANGHAI
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue
from linli.rules.policy.models import Entry as Row

LEAD = "community.party_committee"
STREET = "subdistrict.working_committee"


class SampleRules:
    """Just enough of a rule book for the chips."""

    def clause_text(self, clause: str) -> str:
        return {
            "S0 §3": "单个项目资金原则上不超过本条所定的上限；因居民需要确须超过的，由街道党工委批准。（样例文字）",
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
class Sampled:
    """Samples as of one day."""

    today: date
    rules: SampleRules = field(default_factory=SampleRules)

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    @property
    def moment(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 9, 30, tzinfo=SHANGHAI)
