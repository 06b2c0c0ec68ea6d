from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "tejido.insights"

    def ready(self) -> None:
        from tejido.insights import policies, sentences  # noqa: F401 - register verbs and sentences
