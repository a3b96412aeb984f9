"""Addresses of households and relations: pages about one person, by the opaque public id."""

from __future__ import annotations

from django.urls import path

from registry.households import views

app_name = "households"
urlpatterns = [
    path("<slug:public_id>/ruokakunta/", views.household, name="household"),
    path("<slug:public_id>/ruokakunta/uusi/", views.add_member, name="add_member"),
    path("<slug:public_id>/ruokakunta/<int:pk>/", views.edit_membership, name="edit_membership"),
]
