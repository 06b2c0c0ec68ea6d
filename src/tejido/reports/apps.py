from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "tejido.reports"

    def ready(self) -> None:
        from tejido.reports import policies, sentences  # noqa: F401 - register the verbs and the words
