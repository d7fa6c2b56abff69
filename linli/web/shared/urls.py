"""Addresses every door shares: signing in and out, switches, the demonstration's outbox."""

from django.urls import URLPattern, path

from linli.web.shared import drafts, notifications, sign_in, switches

app_name = "shared"
urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in.phone, name="sign_in"),
    path("sign-in/code/", sign_in.code, name="sign_in_code"),
    path("sign-in/household/", sign_in.household, name="sign_in_household"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("outbox/", sign_in.outbox, name="outbox"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.read, name="read_notifications"),
    path("notifications/follow/", notifications.follow, name="follow"),
    path("notifications/settings/", notifications.settings, name="notification_settings"),
    path("notifications/prove/<str:token>/", notifications.prove, name="prove_email"),
    path("notifications/stop/<str:token>/", notifications.stop, name="stop_messages"),
    path("drafts/", drafts.save, name="save_draft"),
    path("drafts/remove/", drafts.remove, name="remove_draft"),
    path("drafts/back/", drafts.back, name="draft_back"),
    path("switch/language/", switches.switch_language, name="switch_language"),
    path("switch/size/", switches.switch_size, name="switch_size"),
    path("switch/place/", switches.switch_place, name="switch_place"),
]
