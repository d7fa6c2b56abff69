"""Addresses of the room of people: offices, the roll, bodies, organisations."""

from django.urls import URLPattern, URLResolver, path

from linli.web.desk import people_appointing, people_offices

urlpatterns: list[URLPattern | URLResolver] = [
    path("people/", people_offices.people, name="people"),
    path("people/appoint/", people_appointing.appoint, name="appoint"),
    path("people/appoint/new/", people_appointing.open_account, name="open_account"),
    path("people/appoint/known/", people_appointing.give_office, name="give_office"),
    path("people/held/<int:pk>/", people_offices.held_office, name="held_office"),
    path("people/held/<int:pk>/end/", people_appointing.end_office, name="end_office"),
    path("people/held/<int:pk>/password/", people_appointing.renew, name="renew_password"),
]
