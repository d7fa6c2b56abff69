"""What is in the package, for a person and for a machine."""

from linli.records.reports.papers import moment
from linli.records.reports.story import Chapter, Exhibit, Story


def index_of(told: Story) -> dict[str, object]:
    """The table of contents: the case, every act with clause and papers, what is withheld with its digest."""
    case = told.case
    return {
        "format": "linli-archive/1",
        "case": {
            "code": case.code,
            "title": case.title,
            "place": case.place_id,
            "procedure": told.procedure.id,
            "state": told.state.id,
            "amount_fen": case.amount_fen,
            "type": case.type,
            "category": case.category,
            "year": case.year,
            "demonstration": case.demonstration,
        },
        "rules": told.rules.version,
        "needs": [{"code": need.code, "what": need.what} for need in told.needs],
        "acts": [_act(chapter) for chapter in told.chapters],
        "notices": [
            {"id": notice.pk, "point": notice.point, "published_at": moment(notice.published_at)} for notice in told.notices
        ],
        "changes": [child.code for child in told.children],
    }


def _act(chapter: Chapter) -> dict[str, object]:
    entry = chapter.entry
    return {
        "act": entry.act,
        "title": {"zh": entry.title.zh, "en": entry.title.en},
        "at": moment(entry.at) if entry.at else "",
        "clause": list(entry.clause),
        "decision": entry.decision,
        "rules": entry.rules_version,
        "forms": [f"forms/{paper.form.id}-v{paper.filling.version}.pdf" for paper in chapter.papers],
        "evidence": [_exhibit(exhibit) for exhibit in chapter.exhibits],
    }


def _exhibit(exhibit: Exhibit) -> dict[str, object]:
    piece = exhibit.piece
    return {
        "slot": piece.slot,
        "kind": piece.kind,
        "version": piece.version,
        "digest": piece.digest,
        "files": [file.sha256 for file in exhibit.files],
        "withheld": exhibit.hidden,
    }


def read_me(told: Story) -> str:
    """How to read and check the package, in both languages."""
    return f"""{told.case.code} {told.case.title}

这是一个项目的完整档案包。index.pdf 是全过程记录，forms/ 是各份表单，files/ 是公开的材料
（original 为原件，redacted 为隐去个人信息的公开件），
manifest.json 是每个文件的 SHA-256 摘要。核验方法（只需 Python，不联网）：

    python trail/verifier.py 本压缩包.zip

This is the whole archive of one matter. index.pdf tells its course, forms/ holds the forms, files/ the public papers
(redacted: copies without personal data),
manifest.json the SHA-256 of every file. To check it (Python only, no network): python trail/verifier.py THIS.zip
"""
