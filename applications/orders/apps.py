from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "applications.orders"
    label = "applications_orders"
    verbose_name = "Sopimustilaukset"

    def ready(self) -> None:
        from applications.orders import (  # some register by being imported
            card,
            catalogue,  # noqa: F401
            changelog,  # noqa: F401
            desk,
            following,
            kept,
            tasks,
        )
        from registry.persons import merging
        from vuokra.access import nightly

        following.connect()
        card.register()
        desk.register()
        kept.register()
        nightly.register("orders", tasks.call_again)
        merging.repoint("applications_orders.OrderPerson")
