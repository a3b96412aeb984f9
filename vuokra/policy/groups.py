"""Field groups (tietoryhmät): what a role may see together lies in tables of one group."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.TextChoices):
    """Field group (tietoryhmä). Every personal table, and every encrypted column, names one."""

    CUSTOMER = "customer", _("Asiakasnumero")
    PERSON = "person", _("Nimi ja asiakkuus")
    IDENTITY = "identity", _("Syntymäaika ja tunnistetiedot")
    HETU = "hetu", _("Henkilötunnus")
    CONTACT = "contact", _("Yhteystiedot")
    PROTECTED_CONTACT = "protected_contact", _("Turvakiellon alaiset yhteystiedot")
    HOUSEHOLD = "household", _("Ruokakunta")
    NEED = "need", _("Asunnon tarve")
    ECONOMY = "economy", _("Tulot ja varallisuus")
    CREDIT = "credit", _("Luottotiedot")
    GUARDIANSHIP = "guardianship", _("Edunvalvonta ja huoltajat")
    COMMITMENT = "commitment", _("Takaukset ja maksusitoumukset")
    PERMIT = "permit", _("Oleskelulupa")
    SELECTION = "selection", _("Asukasvalinta")
    HOMES = "homes", _("Kohteet ja huoneistot")
    LEASE = "lease", _("Vuokrasopimukset")
    LEDGER = "ledger", _("Vuokrareskontra")
    BANK = "bank", _("Pankkitilit")
    COLLECTION = "collection", _("Perintä")
    MAINTENANCE = "maintenance", _("Huolto")
    COMMUNICATION = "communication", _("Viestit")
    SUPPORT = "support", _("Asumisen tuki")
    CONSENT = "consent", _("Suostumukset ja kiellot")
    PROTECTION = "protection", _("Turvakielto")
    RIGHTS = "rights", _("Tietopyynnöt")
    DISCLOSURE = "disclosure", _("Luovutukset")
    TIES = "ties", _("Sidonnaisuudet")
    HISTORY = "history", _("Muutoshistoria")
    ARCHIVE = "archive", _("Paperiaineisto")
    WORK = "work", _("Muistutukset")
    LOG = "log", _("Käyttöloki")
    WATCH = "watch", _("Käytönvalvonta")
    STAFF = "staff", _("Käyttäjätunnukset")
