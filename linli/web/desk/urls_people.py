"""Addresses of the room of people: offices, the roll, bodies, organisations."""

from django.urls import URLPattern, URLResolver, path

from linli.web.desk import (
    bodies,
    body_acts,
    forgetting,
    interests,
    organisations,
    people_appointing,
    people_offices,
    person_page,
    place_changing,
    places,
    roll,
    roll_acts,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("people/", people_offices.people, name="people"),
    path("people/appoint/", people_appointing.appoint, name="appoint"),
    path("people/appoint/new/", people_appointing.open_account, name="open_account"),
    path("people/appoint/known/", people_appointing.give_office, name="give_office"),
    path("people/held/<int:pk>/", people_offices.held_office, name="held_office"),
    path("people/held/<int:pk>/end/", people_appointing.end_office, name="end_office"),
    path("people/held/<int:pk>/password/", people_appointing.renew, name="renew_password"),
    path("people/places/", places.places, name="places"),
    path("people/places/undo/", places.undo, name="undo_place_change"),
    path("people/places/<slug:kind>/", place_changing.change, name="place_change"),
    path("people/roll/", roll.roll, name="roll"),
    path("people/roll/enter/", roll_acts.enter_roll, name="enter_roll"),
    path("people/roll/asked/<int:pk>/", roll.roll_request, name="roll_request"),
    path("people/roll/asked/<int:pk>/open/", roll_acts.open_request, name="open_request"),
    path("people/roll/asked/<int:pk>/enter/", roll_acts.take_in, name="take_in"),
    path("people/roll/asked/<int:pk>/away/", roll_acts.turn_away, name="turn_away"),
    path("people/<slug:code>/persons/<uuid:pk>/", person_page.person, name="person"),
    path("people/<slug:code>/persons/<uuid:pk>/leave/", roll_acts.leave, name="person_leave"),
    path("people/<slug:code>/persons/<uuid:pk>/forget/", forgetting.forget, name="forget"),
    path("people/<slug:code>/persons/<uuid:pk>/ties/", interests.declare, name="person_declare"),
    path("people/<slug:code>/persons/<uuid:pk>/ties/end/", interests.end, name="person_end_interest"),
    path("people/bodies/", bodies.bodies, name="bodies"),
    path("people/bodies/new/", body_acts.form_body, name="form_body"),
    path("people/bodies/<uuid:pk>/", bodies.body, name="body"),
    path("people/bodies/<uuid:pk>/<slug:act>/", body_acts.body_do, name="body_do"),
    path("people/organisations/", organisations.organisations, name="organisations"),
    path("people/organisations/new/", organisations.register, name="register_organisation"),
]
