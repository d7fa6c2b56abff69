"""Filing the papers of a project: forms, checklists, evidence."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from linli.demonstration.hands import words
from linli.records.cases.models import Case
from linli.records.cases.services import answer_case_checklist, file_case_evidence, fill_case_form
from linli.records.evidence.models import File, Piece
from linli.records.people.models import Person


def fill(case: Case, form: str, data: Mapping[str, object], *, by: Person, at: datetime) -> Case:
    """Fill in a form; the case as it stands afterwards."""
    fill_case_form(case=case, form=form, data=data, by=by, at=at)
    case.refresh_from_db()
    return case


def answer(
    case: Case, checklist: str, answers: Mapping[str, str], *, by: Person, at: datetime, reasons: Mapping[str, str] | None = None
) -> None:
    answer_case_checklist(case=case, checklist=checklist, answers=answers, reasons=reasons or {}, by=by, at=at)


def check_scope(case: Case, *, by: Person, at: datetime) -> None:
    """The three checklists every project answers before it may go on."""
    answer(case, "scope", words.SCOPE, by=by, at=at)
    answer(case, "exclusions", words.EXCLUSIONS, by=by, at=at)
    answer(case, "negative", {}, by=by, at=at)


def put(
    case: Case, slot: str, kind: str, *, by: Person, at: datetime, summary: str = "", files: Sequence[File] = (), **facts: object
) -> Piece:
    """Put evidence into a slot; `facts` as the vocabulary names them, money in yuan as text."""
    return file_case_evidence(case=case, slot=slot, kind=kind, facts=facts, by=by, at=at, files=files, summary=summary)


def selection(case: Case, *, by: Person, at: datetime) -> Piece:
    return put(case, "selection", "score", complete=True, summary="按贴近需求、覆盖面两项比选，列为本批第一", by=by, at=at)


def contract(case: Case, yuan: int, *, by: Person, at: datetime) -> None:
    """How it was bought, and the contract."""
    put(case, "procurement", "procurement", method="self_procurement", summary="三家比价", by=by, at=at)
    put(case, "contract", "contract", amount=str(yuan), summary="合同（演示）", by=by, at=at)


def progress(case: Case, share: str, *, by: Person, at: datetime, files: Sequence[File] = ()) -> Piece:
    return put(case, "progress", "progress", share_done=share, summary=f"完成 {share}", by=by, at=at, files=files)


def acceptance(case: Case, *, residents: int, by: Person, at: datetime, files: Sequence[File] = ()) -> Piece:
    summary = f"现场验收合格，居民代表 {residents} 人参加"
    return put(
        case,
        "acceptance",
        "acceptance",
        passed=True,
        residents=residents,
        defects_open=0,
        summary=summary,
        by=by,
        at=at,
        files=files,
    )


def satisfaction(case: Case, *, respondents: int, by: Person, at: datetime) -> Piece:
    return put(case, "satisfaction", "satisfaction", respondents=respondents, summary="入户和线上回访", by=by, at=at)


def settlement(case: Case, yuan: int, *, by: Person, at: datetime) -> None:
    put(case, "settlement", "settlement", amount=str(yuan), summary="结算审核", by=by, at=at)
    put(case, "fund_report", "fund_report", balanced=True, summary="收支相符", by=by, at=at)
