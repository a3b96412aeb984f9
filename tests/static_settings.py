"""Settings for tools that read the code and open no database (mypy)."""

from vuokra.commands import fill_in_placeholders

fill_in_placeholders("app")

from vuokra.settings import *  # noqa: E402, F403  (they read the environment)
