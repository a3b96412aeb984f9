"""Tables of Django and of the task queue that hold nobody's data."""

from vuokra.policy.catalogue import not_personal

not_personal("django_content_type", "names of models")
not_personal("django_migrations", "which migrations were run", has_model=False)
not_personal(
    "django_tasks_database_dbtaskresult", "background tasks; their arguments are row ids only"
)
