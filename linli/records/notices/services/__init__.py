from linli.records.notices.services.changing import change_notice, record_outage, take_down_notice
from linli.records.notices.services.hiding import approve_hiding, ask_to_hide
from linli.records.notices.services.objections import answer_objection, raise_objection, read_contact, withdraw_objection
from linli.records.notices.services.publishing import post_notice, publish_notice

__all__ = [
    "answer_objection",
    "approve_hiding",
    "ask_to_hide",
    "change_notice",
    "post_notice",
    "publish_notice",
    "raise_objection",
    "read_contact",
    "record_outage",
    "take_down_notice",
    "withdraw_objection",
]
