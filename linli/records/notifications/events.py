"""Telling another system is an act of an office and is sealed; what persons follow and read is not."""

from linli.records.trail import event
from linli.rules.plain.texts import Text


@event("webhook.added", title=Text("登记外部系统通知", "Another system is told"))
class WebhookAdded:
    address: str


@event("webhook.ended", title=Text("停止通知外部系统", "Another system is told no longer"))
class WebhookEnded:
    address: str
