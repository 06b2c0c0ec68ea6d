from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "tejido.directory"

    def ready(self) -> None:
        from tejido.directory import policies, sentences  # noqa: F401 - register verbs and sentences
