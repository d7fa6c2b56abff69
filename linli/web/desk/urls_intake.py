"""Addresses of intake, meetings, notices and the rules; `urls.py` takes them in."""

from django.urls import URLPattern, path

from linli.web.desk import (
    compare,
    coverage,
    editions,
    household_acts,
    households,
    imports,
    meeting_acts,
    meeting_calling,
    meeting_page,
    meeting_votes,
    meeting_writing,
    meetings,
    need_acts,
    need_entry,
    need_page,
    needs,
    notice_acts,
    notice_page,
    notice_publishing,
    notices,
    objections,
    packs,
    try_draft,
)

_NEEDS = [
    path("needs/", needs.needs, name="needs"),
    path("needs/new/", need_entry.enter_need, name="enter_need"),
    path("needs/similar/", need_entry.similar, name="similar"),
    path("needs/import/", imports.import_needs, name="import"),
    path("needs/import/template.xlsx", imports.import_template, name="import_template"),
    path("needs/import/<int:pk>/", imports.import_report, name="import_report"),
    path("needs/import/<int:pk>/corrections.xlsx", imports.import_correction, name="import_correction"),
    path("needs/import/<int:pk>/resume/", imports.import_resume, name="import_resume"),
    path("needs/<str:code>/", need_page.need, name="need"),
    path("needs/<str:code>/slip/", need_entry.need_slip, name="need_slip"),
    path("needs/<str:code>/verify/", need_acts.verify, name="need_verify"),
    path("needs/<str:code>/answer/", need_acts.answer, name="need_answer"),
    path("needs/<str:code>/link/", need_acts.link, name="need_link"),
    path("needs/<str:code>/judge/", need_acts.judge, name="need_judge"),
    path("needs/<str:code>/leave/", need_acts.leave, name="need_leave"),
    path("needs/<str:code>/withdraw/", need_acts.withdraw, name="need_withdraw"),
    path("needs/<str:code>/contact/", need_acts.contact, name="need_contact"),
]
_COVERAGE = [
    path("coverage/<str:code>/", coverage.coverage, name="coverage"),
    path("households/<str:code>/", households.households, name="households"),
    path("households/<str:code>/codes.pdf", household_acts.household_codes, name="household_codes"),
    path("households/<str:code>/register/", household_acts.register, name="register_household"),
    path("households/<str:code>/<uuid:pk>/", households.household, name="household"),
    path("households/<str:code>/<uuid:pk>/mark/", household_acts.mark, name="household_mark"),
    path("households/<str:code>/<uuid:pk>/details/", household_acts.details, name="household_details"),
]
_ONE = "meetings/<int:pk>"
_MEETINGS = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meeting_calling.call, name="call_meeting"),
    path(f"{_ONE}/", meeting_page.meeting, name="meeting"),
    path(f"{_ONE}/paper/", meeting_writing.meeting_paper, name="meeting_paper"),
    path(f"{_ONE}/begin/", meeting_acts.begin, name="meeting_begin"),
    path(f"{_ONE}/close/", meeting_acts.close, name="meeting_close"),
    path(f"{_ONE}/cancel/", meeting_acts.cancel, name="meeting_cancel"),
    path(f"{_ONE}/attendance/", meeting_acts.attendance, name="meeting_attendance"),
    path(f"{_ONE}/invite/", meeting_acts.invite, name="meeting_invite"),
    path(f"{_ONE}/items/<int:item>/recuse/", meeting_votes.recuse, name="item_recuse"),
    path(f"{_ONE}/items/<int:item>/motion/", meeting_votes.motion, name="item_motion"),
    path(f"{_ONE}/motions/<int:motion>/vote/", meeting_votes.vote, name="motion_vote"),
    path(f"{_ONE}/motions/<int:motion>/reckon/", meeting_votes.reckon, name="motion_reckon"),
    path(f"{_ONE}/motions/<int:motion>/void/", meeting_votes.void, name="motion_void"),
    path(f"{_ONE}/minutes/write/", meeting_writing.write, name="minutes_write"),
    path(f"{_ONE}/minutes/name/", meeting_writing.name, name="minutes_name"),
    path(f"{_ONE}/minutes/sign/", meeting_writing.sign, name="minutes_sign"),
    path(f"{_ONE}/minutes/annex/", meeting_writing.annex, name="minutes_annex"),
    path(f"{_ONE}/opinions/", meeting_writing.opinion, name="meeting_opinion"),
    path(f"{_ONE}/opinions/<int:opinion>/answer/", meeting_writing.answer, name="opinion_answer"),
]
_HUNG = "notices/<int:pk>"
_NOTICES = [
    path("notices/", notices.notices, name="notices"),
    path("notices/new/", notice_publishing.publish, name="publish_notice"),
    path(f"{_HUNG}/", notice_page.notice, name="notice"),
    path(f"{_HUNG}/post/", notice_acts.post, name="notice_post"),
    path(f"{_HUNG}/change/", notice_acts.change, name="notice_change"),
    path(f"{_HUNG}/outage/", notice_acts.outage, name="notice_outage"),
    path(f"{_HUNG}/down/", notice_acts.down, name="notice_down"),
    path(f"{_HUNG}/objections/", objections.take_in, name="notice_take"),
    path(f"{_HUNG}/objections/<int:number>/answer/", objections.answer, name="objection_answer"),
    path(f"{_HUNG}/objections/<int:number>/hide/", objections.hide, name="objection_hide"),
    path(f"{_HUNG}/objections/<int:number>/approve/", objections.approve, name="objection_approve"),
    path(f"{_HUNG}/objections/<int:number>/contact/", objections.contact, name="objection_contact"),
]
_PACKS = [
    path("packs/", packs.packs, name="packs"),
    path("packs/compare/", compare.compare, name="compare"),
    path("packs/try/", try_draft.try_draft, name="try"),
    path("packs/<slug:pack>/", packs.pack, name="pack"),
    path("packs/<slug:pack>/at/<slug:code>/", editions.edition, name="edition"),
]
urlpatterns: list[URLPattern] = [*_NEEDS, *_COVERAGE, *_MEETINGS, *_NOTICES, *_PACKS]
intake_urls = urlpatterns
