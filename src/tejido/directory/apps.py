from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "tejido.directory"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from tejido.directory import policies, sentences  # noqa: F401 - register verbs and sentences
        from tejido.directory.handlers import on_signed_in

        user_logged_in.connect(on_signed_in, dispatch_uid="directory.on_signed_in")
