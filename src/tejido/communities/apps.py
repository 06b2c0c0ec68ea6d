from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "tejido.communities"

    def ready(self) -> None:
        from tejido.communities import policies, sentences  # noqa: F401 - register verbs and sentences
