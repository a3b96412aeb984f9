from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "registry.retention"
    label = "registry_retention"
    verbose_name = "Säilytys"

    def ready(self) -> None:
        from registry.retention import effects, rule_rows

        rule_rows.register_rules()
        effects.register()
