"""Pages of our own about accounts; sign-in and second factors are allauth's (see urls)."""

from __future__ import annotations

from typing import cast

from allauth.account import views as account_views
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vuokra.access.views import public
from vuokra.accounts import services
from vuokra.accounts.forms import ActivationForm


@public
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest, token: str) -> HttpResponse:
    """Open an account: the link of the main user, a password, the duty of confidentiality."""
    link = services.open_link(token)
    if link is None:
        return render(request, "account/activation_over.html", status=404)
    form = ActivationForm(request.POST or None, user=link.user)
    if request.method == "POST" and form.is_valid():
        services.activate(
            token,
            form.cleaned_data["password"],
            confidentiality=form.cleaned_data["confidentiality"],
        )
        messages.success(request, _("Tunnus on otettu käyttöön. Kirjaudu sisään."))
        return redirect("account_login")
    context = {"form": form, "account": link.user}
    return render(request, "account/activate.html", context, status=422 if form.errors else 200)


@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out by POST; the browser is told to forget what it kept."""
    response = cast("HttpResponse", account_views.logout(request))
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
