"""Addresses of the control of use and of break-glass."""

from __future__ import annotations

from django.urls import path

from registry.watch import views

app_name = "watch"
urlpatterns = [
    path("", views.alerts, name="alerts"),
    path("kay-lapi/", views.go_through, name="go_through"),
    path("halytys/<int:pk>/", views.alert, name="alert"),
    path("epailyt/", views.suspicions, name="suspicions"),
    path("epailyt/<int:pk>/", views.suspicion, name="suspicion"),
    path("otannat/", views.samples, name="samples"),
    path("otannat/<int:pk>/", views.sample, name="sample"),
    path("seurattavat/", views.listed, name="listed"),
    path("seurattavat/<int:pk>/", views.end_listing, name="end_listing"),
    path("paivystys/", views.duties, name="duties"),
    path("paivystys/<int:pk>/poista/", views.remove_duty, name="remove_duty"),
    path("hatakatselut/", views.glasses, name="glasses"),
    path("hatakatselut/lopeta/", views.close, name="close"),
    path("hatakatselut/<int:pk>/", views.glass, name="glass"),
    path("hatakatselut/<int:pk>/hyvaksy/", views.approve, name="approve"),
    path("hatakatselut/avaa/<slug:public_id>/", views.open_glass, name="open"),
]
