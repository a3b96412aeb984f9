"""Addresses of turvakielto; a person and a detail stand in them by opaque ids."""

from __future__ import annotations

from django.urls import path

from registry.protection import views

app_name = "protection"
urlpatterns = [
    path("ohje/", views.guide, name="guide"),
    path("<slug:public_id>/", views.ban, name="ban"),
    path("<slug:public_id>/merkitse/", views.record, name="record"),
    path("<slug:public_id>/peruste/", views.reason, name="reason"),
    path("<slug:public_id>/jatka/", views.renew, name="renew"),
    path("<slug:public_id>/paattaminen/", views.propose, name="propose"),
    path("<slug:public_id>/paattaminen/hyvaksy/", views.approve, name="approve"),
    path("<slug:public_id>/paattaminen/hylkaa/", views.withdraw, name="withdraw"),
    path("<slug:public_id>/tehtava/<int:pk>/", views.finish, name="finish"),
    path("<slug:public_id>/yhteystieto/", views.add_point, name="add_point"),
    path("<slug:public_id>/osoite/", views.add_address, name="add_address"),
    path("<slug:public_id>/yhteysosoite/", views.contact_address, name="contact_address"),
    path("<slug:public_id>/tieto/<uuid:uuid>/", views.reveal, name="reveal"),
    path("<slug:public_id>/tieto/<uuid:uuid>/paata/", views.end_detail, name="end_detail"),
]
