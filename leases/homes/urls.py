"""Addresses of the stock of homes; no person stands in them."""

from __future__ import annotations

from django.urls import path

from leases.homes import views
from leases.homes.imports import PAGES

app_name = "homes"
urlpatterns = [
    path("", views.sites, name="sites"),
    path("uusi/", views.new_site, name="new_site"),
    path("<int:pk>/", views.site_page, name="site"),
    path("<int:pk>/muuta/", views.change_site, name="change_site"),
    path("<int:pk>/rakennus/", views.add_building, name="add_building"),
    path("<int:pk>/paikka/", views.add_place, name="add_place"),
    path("<int:pk>/huoneisto/", views.new_flat, name="new_flat"),
    path("rakennukset/<int:pk>/", views.change_building, name="change_building"),
    path("rakennukset/<int:pk>/porras/", views.add_stair, name="add_stair"),
    path("portaat/<int:pk>/", views.change_stair, name="change_stair"),
    path("paikat/<int:pk>/", views.change_place, name="change_place"),
    *PAGES.urls("huoneistot/tuonti/"),
    path("huoneistot/", views.flats, name="flats"),
    path("huoneistot/<int:pk>/", views.flat, name="flat"),
    path("huoneistot/<int:pk>/muuta/", views.change_flat, name="change_flat"),
    path("huoneistot/<int:pk>/rahoitus/", views.set_regime, name="set_regime"),
    path("huoneistot/<int:pk>/rahoitus/<int:regime>/", views.end_regime, name="end_regime"),
    path("huoneistot/<int:pk>/tyhja/", views.record_vacancy, name="record_vacancy"),
    path("huoneistot/<int:pk>/tyhja/paattyi/", views.end_vacancy, name="end_vacancy"),
    path("huoneistot/<int:pk>/avain/", views.add_key, name="add_key"),
    path("huoneistot/<int:pk>/avain/<int:key>/luovuta/", views.give_key, name="give_key"),
    path("huoneistot/<int:pk>/avain/<int:key>/palauta/", views.return_key, name="return_key"),
    path("huoneistot/<int:pk>/avain/<int:key>/kadonnut/", views.lose_key, name="lose_key"),
    path("huoneistot/<int:pk>/mittari/", views.add_meter, name="add_meter"),
    path(
        "huoneistot/<int:pk>/mittari/<int:meter>/poista/", views.remove_meter, name="remove_meter"
    ),
]
