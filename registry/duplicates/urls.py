"""Addresses of duplicates; pairs and merges stand in them by their row id, people by public id."""

from __future__ import annotations

from django.urls import path

from registry.duplicates import views

app_name = "duplicates"
urlpatterns = [
    path("", views.pair_list, name="list"),
    path("etsi/", views.find_now, name="find"),
    path("yhdistykset/", views.merge_list, name="merges"),
    path("yhdistykset/<int:pk>/", views.one_merge, name="merge"),
    path("<int:pk>/", views.compare, name="compare"),
    path("<int:pk>/yhdista/", views.merge_pair, name="merge_pair"),
    path("<int:pk>/eri/", views.not_same, name="not_same"),
    path("<int:pk>/vaihda/", views.swap_codes, name="swap"),
    path("<slug:public_id>/valitse/", views.choose, name="choose"),
    path("<slug:public_id>/tunnus/", views.clash, name="clash"),
]
