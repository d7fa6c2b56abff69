"""Addresses of the lists a place keeps."""

from django.urls import URLPattern, URLResolver, path

from linli.web.desk import register_rows, register_sheets, registers

urlpatterns: list[URLPattern | URLResolver] = [
    path("registers/", registers.registers, name="registers"),
    path("registers/rows/<int:pk>/", register_rows.show, name="register_row"),
    path("registers/rows/<int:pk>/strike/", register_rows.strike, name="register_strike"),
    path("registers/rows/<int:pk>/answer/", register_rows.answer, name="register_answer"),
    path("registers/<slug:code>/<slug:register>/", registers.register, name="register"),
    path("registers/<slug:code>/<slug:register>/new/", register_rows.new, name="register_new"),
    path("registers/<slug:code>/<slug:register>/import/", register_sheets.import_rows, name="register_import"),
    path("registers/<slug:code>/<slug:register>/rows.<slug:kind>", registers.register_file, name="register_file"),
]
