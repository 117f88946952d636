"""How Django knows this room."""

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """Papers that were handed out: number, code, frozen content, successor."""

    name = "kunnig.credentials"
