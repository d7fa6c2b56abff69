from linli.records.texts.services.answering import (
    answer_comment,
    answer_group,
    group_comments,
    publish_report,
    read_contact,
)
from linli.records.texts.services.calling import close_call, open_call, take_comment
from linli.records.texts.services.drafting import (
    add_basis,
    attach_file,
    attach_pack,
    begin_text,
    begin_version,
    change_paragraph,
    remove_basis,
    write_text,
)
from linli.records.texts.services.fixing import adopt_text, keep_effect
from linli.records.texts.services.signing import (
    close_signing,
    enter_signatures,
    open_signing,
    sign_text,
    withdraw_signature,
)
from linli.records.texts.services.talking import ask_question, explain, hide_words, post

__all__ = [
    "add_basis",
    "adopt_text",
    "answer_comment",
    "answer_group",
    "ask_question",
    "attach_file",
    "attach_pack",
    "begin_text",
    "begin_version",
    "change_paragraph",
    "close_call",
    "close_signing",
    "enter_signatures",
    "explain",
    "group_comments",
    "hide_words",
    "keep_effect",
    "open_call",
    "open_signing",
    "post",
    "publish_report",
    "read_contact",
    "remove_basis",
    "sign_text",
    "take_comment",
    "withdraw_signature",
    "write_text",
]
