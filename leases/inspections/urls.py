"""Addresses of inspections, readings and the calendar of moves; no person stands in them."""

from __future__ import annotations

from django.urls import path

from leases.inspections import views

app_name = "inspections"
urlpatterns = [
    path("", views.inspections, name="list"),
    path("muutot/", views.moves, name="moves"),
    path("uusi/<int:lease>/", views.agree, name="agree"),
    path("lukemat/<int:flat>/", views.readings, name="readings"),
    path("lukemat/<int:flat>/<int:reading>/poista/", views.drop_reading, name="drop_reading"),
    path("<int:pk>/", views.inspection, name="inspection"),
    path("<int:pk>/vertailu/", views.compare, name="compare"),
    path("<int:pk>/aika/", views.move, name="move"),
    path("<int:pk>/tehty/", views.finish, name="finish"),
    path("<int:pk>/tulosta/", views.print_record, name="print_record"),
    path("<int:pk>/allekirjoitus/", views.sign, name="sign"),
    path("<int:pk>/peru/", views.cancel, name="cancel"),
    path("<int:pk>/lukema/", views.record_reading, name="record_reading"),
    path("<int:pk>/tila/", views.add_room, name="add_room"),
    path("<int:pk>/tila/<int:room>/lapi/", views.check_room, name="check_room"),
    path("<int:pk>/tila/<int:room>/huomautus/", views.add_remark, name="add_remark"),
    path("<int:pk>/huomautus/<int:remark>/", views.change_remark, name="change_remark"),
    path("<int:pk>/huomautus/<int:remark>/poista/", views.drop_remark, name="drop_remark"),
    path("<int:pk>/huomautus/<int:remark>/kuva/", views.add_photo, name="add_photo"),
    path("<int:pk>/kuva/<uuid:uuid>/", views.photo, name="photo"),
    path("<int:pk>/kuva/<uuid:uuid>/poista/", views.drop_photo, name="drop_photo"),
]
