"""How Django knows this room."""

from django.apps import AppConfig


class ValidatorConfig(AppConfig):
    """Pages for validators and counsellors."""

    name = "kunnig.web.validator"
