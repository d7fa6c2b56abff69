"""What happens to evidence, as it is sealed. Digests only: what the papers say stays erasable."""

from linli.records.trail import Personal, event
from linli.rules.plain.texts import Text


@event("evidence.file_stored", title=Text("文件已存入", "File stored"))
class FileStored:
    sha256: str
    kind: str
    size: int


@event("evidence.file_redacted", title=Text("已制作隐去个人信息的公开件", "Redacted public copy made"))
class FileRedacted:
    original: str
    sha256: str


@event("evidence.piece_filed", title=Text("材料已归入", "Evidence filed"))
class PieceFiled:
    slot: str
    kind: str
    version: int
    digest: str


@event("evidence.slot_voided", title=Text("材料已作废", "Evidence voided"))
class SlotVoided:
    slot: str
    versions: int
    reason: Personal[str]


@event("evidence.form_filled", title=Text("表单已填写", "Form filled in"))
class FormFilled:
    form: str
    version: int
    digest: str
    amended_by: str


@event("evidence.form_locked", title=Text("表单已锁定", "Form locked"))
class FormLocked:
    form: str
    version: int
    digest: str


@event("evidence.form_released", title=Text("表单已退回修改", "Form released for changes"))
class FormReleased:
    form: str
    version: int
    reason: Personal[str]


@event("evidence.checklist_answered", title=Text("清单已逐项回答", "Checklist answered"))
class ChecklistAnswered:
    checklist: str
    version: int
    digest: str


@event("evidence.sealed_fields_read", title=Text("查阅了保密内容", "Sealed fields read"))
class SealedFieldsRead:
    form: str
    version: int
    reason: Personal[str]
