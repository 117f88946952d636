"""Fields of life, and kinds of evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LifeField(models.TextChoices):
    """Where in life something was learnt."""

    EDUCATION = "education", _("School and courses")
    WORK = "work", _("Work")
    HOME = "home", _("Home and family")
    ASSOCIATIONS = "associations", _("Associations")
    LEISURE = "leisure", _("Leisure")
    LANGUAGES = "languages", _("Languages")
    LICENCES = "licences", _("Licences and certificates")


class EvidenceKind(models.TextChoices):
    """What a piece of evidence is."""

    GRADES = "grades", _("Grades or diploma")
    CERTIFICATE = "certificate", _("Certificate or licence")
    EMPLOYER = "employer", _("Statement from an employer")
    REFEREE = "referee", _("Somebody who can tell")
    WORK_SAMPLE = "work_sample", _("Something the person has made")
    PHOTO = "photo", _("Photo or film")
    OTHER = "other", _("Other")


class Means(models.TextChoices):
    """How a referee was heard."""

    PHONE = "phone", _("By telephone")
    MEETING = "meeting", _("At a meeting")
    LETTER = "letter", _("By letter")
    E_MAIL = "e_mail", _("By e-mail")
