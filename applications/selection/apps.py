from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "applications.selection"
    label = "applications_selection"
    verbose_name = "Asukasvalinta"

    def ready(self) -> None:
        from applications.selection import rule_rows

        rule_rows.register_rules()
