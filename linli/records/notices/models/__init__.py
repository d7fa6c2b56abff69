from linli.records.notices.models.notice import Notice, NoticeContent, Outage, Posting
from linli.records.notices.models.objection import VERDICTS, Closing, Hiding, Objection, Statement

__all__ = ["VERDICTS", "Closing", "Hiding", "Notice", "NoticeContent", "Objection", "Outage", "Posting", "Statement"]
