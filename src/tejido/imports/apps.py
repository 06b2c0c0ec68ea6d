from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "tejido.imports"

    def ready(self) -> None:
        from tejido.imports import policies, sentences  # noqa: F401 - register verbs and sentences
