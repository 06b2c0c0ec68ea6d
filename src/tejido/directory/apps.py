from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "tejido.directory"

    def ready(self) -> None:
        from tejido.directory import policies  # noqa: F401 - registers the verbs
