from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "tejido.gatherings"

    def ready(self) -> None:
        from tejido.gatherings import policies  # noqa: F401 - registers the verbs
