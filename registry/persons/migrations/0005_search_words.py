"""Searching for people at 200,000: a row per word, so that a search costs what it shows.

The words of each person in one tsvector had to be gathered and sorted for a common beginning. Now
the index is in the order of the hits, and a street address and the end of a telephone number are
found too. Nobody may read the table: functions check the access context and give ids only.
"""

from importlib import import_module
from pathlib import Path

from django.db import migrations

before = import_module("registry.persons.migrations.0003_search")
FORWARD = Path(__file__).with_name("0005_search_words.sql").read_text()
BACKWARD = """
DROP FUNCTION public.registry_persons_search_person() CASCADE;
DROP FUNCTION public.registry_persons_search_detail() CASCADE;
DROP FUNCTION public.registry_persons_search_expire();
DROP FUNCTION public.registry_persons_find_phone_end(text, integer);
DROP FUNCTION public.registry_persons_find_street(text, text, integer);
DROP FUNCTION public.registry_persons_find(text[], integer);
DROP FUNCTION public.registry_persons_search_kind(integer, text, text[], text, integer);
DROP FUNCTION public.registry_persons_search_phones(bigint[]);
DROP FUNCTION public.registry_persons_search_streets(bigint[]);
DROP FUNCTION public.registry_persons_search_names(bigint[]);
DROP FUNCTION public.registry_persons_street(text);
DROP FUNCTION public.registry_persons_words(text);
DROP TABLE public.registry_persons_search;
"""


class Migration(migrations.Migration):
    dependencies = [("registry_persons", "0004_protected")]

    operations = [
        migrations.RunSQL(before.BACKWARD, before.FORWARD),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
