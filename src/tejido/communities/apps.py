from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "tejido.communities"

    def ready(self) -> None:
        from tejido.communities import policies  # noqa: F401 - registers the verbs
