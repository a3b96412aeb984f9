"""Probes for whoever keeps the service up: is the process alive, can it serve."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from vuokra.access.stated import raw_sql
from vuokra.access.views import public
from vuokra.crypto import canary
from vuokra.crypto.errors import CryptoError


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@public
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers, its tables are of this version, and the keys open its data."""
    findings = {"database": False, "migrations": False, "keys": False}
    try:
        with raw_sql("readiness probe"):
            executor = MigrationExecutor(connection)
        findings["database"] = True
        findings["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        if findings["migrations"]:
            canary.verify()
            findings["keys"] = True
    except (DatabaseError, CryptoError) as error:
        return JsonResponse(findings | {"error": type(error).__name__}, status=503)
    return JsonResponse(findings, status=200 if all(findings.values()) else 503)
