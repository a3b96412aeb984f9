"""Addresses of deposits; no person, no account and no number of a lease stands in them."""

from __future__ import annotations

from django.urls import path

from leases.deposits import views

app_name = "deposits"
urlpatterns = [
    path("", views.deposits, name="list"),
    path("sopimus/<int:lease>/", views.agree, name="agree"),
    path("sopimus/<int:lease>/sitoumus/", views.commit, name="commit"),
    path("sitoumus/<int:commitment>/saatu/", views.realise, name="realise"),
    path("<int:pk>/", views.deposit, name="deposit"),
    path("<int:pk>/maksu/", views.receive, name="receive"),
    path("<int:pk>/maksu/<int:receipt>/poista/", views.drop_receipt, name="drop_receipt"),
    path("<int:pk>/tarkistus/", views.check_off, name="check_off"),
    path("<int:pk>/saldo/", views.confirm_balance, name="balance"),
    path("<int:pk>/vahennys/", views.deduct, name="deduct"),
    path("<int:pk>/vahennys/<int:deduction>/poista/", views.drop_deduction, name="drop_deduction"),
    path("<int:pk>/tili/", views.give_account, name="account"),
    path("<int:pk>/tili/<int:account>/vahvista/", views.confirm_account, name="confirm_account"),
    path("<int:pk>/tili/<int:account>/nayta/<slug:name>/", views.reveal, name="reveal"),
    path("<int:pk>/selvitys/", views.prepare, name="prepare"),
    path("<int:pk>/selvitys/peru/", views.undo_preparation, name="undo"),
    path("<int:pk>/selvitys/hyvaksy/", views.approve, name="approve"),
    path("<int:pk>/selvitys/ilmoitus/", views.tell, name="tell"),
    path("<int:pk>/selvitys/tulosta/", views.print_statement, name="print_statement"),
    path("<int:pk>/palautus/<int:payout>/", views.pay, name="pay"),
]
