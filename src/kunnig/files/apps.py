"""How Django knows this room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored bytes under the hash of what is kept; no address of their own."""

    name = "kunnig.files"
