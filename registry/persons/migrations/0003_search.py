"""The search table: words of a person's name and contact details, kept up to date by triggers.

Nobody may read it: registry_persons_find() checks the access context and returns ids only, in
Finnish order. Under row-level security the person table itself could not use a word index.
"""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_name("0003_search.sql").read_text()
BACKWARD = """
DROP TRIGGER search_insert ON public.registry_persons_person;
DROP TRIGGER search_update ON public.registry_persons_person;
DROP TRIGGER search_insert ON public.registry_persons_contactpoint;
DROP TRIGGER search_update ON public.registry_persons_contactpoint;
DROP TRIGGER search_delete ON public.registry_persons_contactpoint;
DROP FUNCTION public.registry_persons_search_person();
DROP FUNCTION public.registry_persons_search_contact();
DROP FUNCTION public.registry_persons_search_refresh(bigint[]);
DROP FUNCTION public.registry_persons_find(text[], integer);
DROP FUNCTION public.registry_persons_words(text);
DROP TABLE public.registry_persons_search;
"""


class Migration(migrations.Migration):
    dependencies = [("registry_persons", "0002_protection")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
