"""How Django knows this room."""

from django.apps import AppConfig


class AssessorConfig(AppConfig):
    """Pages for assessors and teachers."""

    name = "kunnig.web.assessor"
