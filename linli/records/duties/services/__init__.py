from linli.records.duties.services.calendar import act_taken, plan_beneath, plan_obligations
from linli.records.duties.services.duties import discharge_duty, fulfil, open_duty, settle_duty, settle_paper
from linli.records.duties.services.pausing import pause_duties, resume_duties
from linli.records.duties.services.replies import answer_reply, open_reply, rate_reply
from linli.records.duties.services.year import plan_year

__all__ = [
    "act_taken",
    "answer_reply",
    "discharge_duty",
    "fulfil",
    "open_duty",
    "open_reply",
    "pause_duties",
    "plan_beneath",
    "plan_obligations",
    "plan_year",
    "rate_reply",
    "resume_duties",
    "settle_duty",
    "settle_paper",
]
