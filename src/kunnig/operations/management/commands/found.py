"""`kunnig found`: begin a real installation with its region and its first administrator."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from kunnig.kernel.verdict import Refused
from kunnig.organisations import actions as organisations
from kunnig.people import actions as people

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Translate the command line into a region with an administrator who can sign in."""

    help = "Found the region and name its first administrator, who then lays out the rest."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the command line."""
        parser.add_argument("region", help="its name, such as “Region Västerbotten”")
        parser.add_argument("code", help="its code, such as 24")
        parser.add_argument("--administrator", required=True, help="the person's name")
        parser.add_argument("--username", required=True, help="the name they sign in by")

    def handle(
        self, *, region: str, code: str, administrator: str, username: str, **options: Any
    ) -> None:
        """Found it once, then refuse. The password is asked for, or read from a pipe."""
        password = getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        at = timezone.now()
        try:
            with transaction.atomic():
                person = people.register(
                    name=administrator, birth_date=None, identifiers=(), by=None, at=at
                )
                people.open_sign_in(
                    person_id=person.pk, username=username, password=password, by=person, at=at
                )
                organisations.found(name=region, code=code, administrator=person, at=at)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{region} is founded. {username} can sign in.")
