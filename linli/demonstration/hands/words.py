"""What is written into the forms of the packs. Money in yuan, as people type it."""

from collections.abc import Mapping

from linli.rules.plain.texts import quoted

Sheet = dict[str, object]


def plan(what: str, where: str, yuan: int, *, type: str = "works", category: str = "public_facility", **more: object) -> Sheet:
    """A complete plan; `more` are further fields of the form."""
    return {
        "what": what,
        "where": where,
        "project_type": type,
        "category": category,
        "beneficiaries": "附近居民约 600 户",
        "upkeep": "社区党群服务中心每月巡查一次",
        "budget": str(yuan),
        "budget_lines": [{"item": "材料与施工" if type == "works" else "服务与物料", "quantity": "1", "amount": str(yuan)}],
        "funding_sources": [{"source": "民生微实事年度专项经费", "amount": str(yuan)}],
        "highly_professional": "no",
        "cross_community": "no",
        "residents_in": ["design", "evaluation", "acceptance", "appraisal"],
        **more,
    }


def old_plan(what: str, where: str, yuan: int, *, type: str, category: str) -> Sheet:
    """A plan of the time before residents' part in it was asked for."""
    return {key: value for key, value in plan(what, where, yuan, type=type, category=category).items() if key != "residents_in"}


def filing(title: str, share: str) -> Sheet:
    return {
        "decision": f"同意实施{quoted(title)}。居民需求集中，方案经评议通过，公示期满。",
        "evaluation": f"居民议事会评议，同意 {share}。",
        "year_money": "列入本社区年度专项经费，余额足够。",
    }


def interests(*declared: Mapping[str, str]) -> Sheet:
    """The statement of interests: rows of person, interest, recusal; none declared without rows."""
    return {"declared": "yes" if declared else "no", "interests": list(declared)}


def emergency(what: str, why: str, yuan: int, *, kind: str = "emergency", type: str = "works") -> Sheet:
    return {"kind": kind, "what": what, "why": why, "project_type": type, "category": "public_facility", "budget": str(yuan)}


def need(what: str, where: str, *, channel: str = "online", mode: str = "daily", **more: object) -> Sheet:
    return {"what": what, "where": where, "mode": mode, "channel": channel, "asker": "resident", **more}


SCOPE = dict.fromkeys(("wide_concern", "broad_benefit", "close_to_life", "keenly_wanted", "small", "fund_rules"), "yes")
EXCLUSIONS = dict.fromkeys(("others_duty", "government_project", "other_fiscal_money"), "no")
ARCHIVE = dict.fromkeys(("needs", "decision", "notices", "interests"), "yes")
