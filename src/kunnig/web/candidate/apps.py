"""How Django knows this room."""

from django.apps import AppConfig


class CandidateConfig(AppConfig):
    """Pages for the person a case is about."""

    name = "kunnig.web.candidate"
