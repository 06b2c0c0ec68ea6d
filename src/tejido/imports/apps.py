from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "tejido.imports"

    def ready(self) -> None:
        from tejido.imports import sentences  # noqa: F401 - registers how the facts read
