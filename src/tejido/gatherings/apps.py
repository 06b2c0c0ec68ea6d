from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "tejido.gatherings"

    def ready(self) -> None:
        from tejido.gatherings import policies, sentences  # noqa: F401 - register verbs and sentences
