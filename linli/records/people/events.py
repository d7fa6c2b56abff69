"""What happens to people. Names and phones are never sealed, only who is meant (a random ref)."""

from linli.records.trail import Personal, event
from linli.rules.plain.texts import Text


@event("office.appointed", title=Text("任职", "Appointed to an office"))
class OfficeAppointed:
    person: str
    office: str
    place: str
    since: str
    document: str


@event("office.ended", title=Text("离任", "Office ended"))
class OfficeEnded:
    person: str
    office: str
    place: str
    until: str
    reason: str


@event("account.opened", title=Text("开通工作账号", "Staff account opened"))
class AccountOpened:
    person: str
    place: str


@event("account.password_renewed", title=Text("重发首个密码", "First password given anew"))
class PasswordRenewed:
    person: str
    place: str
    reason: str


@event("person.registered", title=Text("登记人员", "Person registered"))
class PersonRegistered:
    person: str
    kind: str
    name: Personal[str]


@event("person.signed_up", title=Text("居民首次登录", "Resident signed in for the first time"))
class ResidentSignedUp:
    person: str
    way: str


@event("person.erased", title=Text("个人信息已删除", "Personal data erased"))
class PersonErased:
    person: str
    reason: str


@event("roll.entered", title=Text("登记到居民名册", "Entered on the roll"))
class RollEntered:
    person: str
    place: str
    household: str
    since: str


@event("roll.left", title=Text("迁出居民名册", "Left the roll"))
class RollLeft:
    person: str
    place: str
    until: str


@event("roll.asked", title=Text("申请登记到居民名册", "Asked to be put on the roll"))
class RollAsked:
    person: str
    place: str
    name: Personal[str]


@event("roll.request_read", title=Text("查看名册申请的住址和电话", "Address and phone of a roll request read"))
class RollRequestRead:
    person: str
    reason: str


@event("roll.turned_away", title=Text("名册申请未登记", "Roll request turned away"))
class RollTurnedAway:
    person: str
    place: str
    reason: str


@event("roll.request_withdrawn", title=Text("撤回名册申请", "Roll request withdrawn"))
class RollRequestWithdrawn:
    person: str
    place: str


@event("household.registered", title=Text("登记户", "Household registered"))
class HouseholdRegistered:
    household: str
    label: str


@event("household.marked_priority", title=Text("列为重点走访户", "Marked as a household to be asked first"))
class PriorityMarked:
    household: str
    group: Personal[str]
    since: str


@event("household.priority_ended", title=Text("不再列为重点走访户", "No longer a household to be asked first"))
class PriorityEnded:
    household: str
    group: Personal[str]
    until: str


@event("household.sensitive_read", title=Text("查看户的敏感信息", "Sensitive data of a household read"))
class SensitiveRead:
    household: str
    reason: str
    in_bulk: bool
    within_the_hour: int


@event("household.codes_issued", title=Text("发放户码", "Household codes issued"))
class HouseholdCodesIssued:
    place: str
    households: int
    replaced: int


@event("household.code_revoked", title=Text("户码作废", "Household code revoked"))
class HouseholdCodeRevoked:
    household: str


@event("interest.declared", title=Text("申报利害关系", "Interest declared"))
class InterestDeclared:
    person: str
    kind: str
    other: Personal[str]
    since: str


@event("interest.ended", title=Text("利害关系结束", "Interest ended"))
class InterestEnded:
    person: str
    kind: str
    until: str


@event("organisation.registered", title=Text("登记单位", "Organisation registered"))
class OrganisationRegistered:
    organisation: str
    name: str
    kind: str
    credit_code: str
