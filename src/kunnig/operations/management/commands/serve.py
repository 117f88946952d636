"""`kunnig serve`: answer on this machine, until told to stop."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from gunicorn.app.base import BaseApplication

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Iterable

HOST = "127.0.0.1"
WORK = (sys.executable, "-m", "django", "work", "--settings", "kunnig.config.settings")


class House(BaseApplication):
    """Gunicorn, set up by us and by no file of its own."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.told = options
        super().__init__()

    def load_config(self) -> None:
        """Hand our options on."""
        for name, value in self.told.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Iterable[bytes]]:
        """Return what answers, in each worker."""
        return get_wsgi_application()


class Command(BaseCommand):
    """Start the web server, with its assets gathered."""

    help = "Serve the house on this machine; a proxy carries it outside."
    work: subprocess.Popen[bytes] | None = None

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
        parser.add_argument(
            "--threads",
            type=int,
            # Behind a proxy no slow caller holds a worker. Without one, a browser does so at once:
            # it opens connections that it may never use.
            default=1 if settings.BEHIND_TLS else 4,
            help="threads in each (default 1 behind a proxy, else 4)",
        )
        parser.add_argument("--reload", action="store_true", help="start anew when code changes")
        parser.add_argument(
            "--demo", action="store_true", help="make the tables and the demo county first"
        )

    def handle(
        self, *, workers: int, threads: int, reload: bool, demo: bool, **options: Any
    ) -> None:
        """Serve until stopped."""
        address = (HOST, settings.PORT)
        if not is_free(address):
            raise CommandError(
                f"Port {settings.PORT} is taken; choose another with KUNNIG_PORT.", returncode=3
            )
        if not settings.DEBUG:
            gather_assets()
        if demo:
            lay_out_demo()
        House(
            {
                "bind": "{}:{}".format(*address),
                "workers": workers,
                "threads": threads,
                "reload": reload,
                "loglevel": "warning",
                "control_socket_disable": True,
                "when_ready": self.begin,
                "on_exit": lambda _: self.end(),
            }
        ).run()

    def begin(self, _arbiter: object) -> None:
        """Say where the house answers, and start the one who does the work that waits."""
        self.stdout.write(welcome())
        self.work = subprocess.Popen([*WORK, "--beside", str(os.getpid())])  # noqa: S603 -- our own words

    def end(self) -> None:
        """Let that one finish what it is at, and end; it ends by itself if we cannot say so."""
        if self.work is not None:
            self.work.terminate()
            self.work.wait()


def welcome() -> str:
    """Say where the house answers, and where to sign in."""
    here = f"http://{HOST}:{settings.PORT}"
    lines = [f"Kunnig answers at {here}/"]
    if settings.DEMO:
        lines.append(f"Sign in as one of the demo people at {here}/demo/")
    return "\n".join([*lines, "Ctrl+C stops it."])


def lay_out_demo() -> None:
    """Bring the tables and the demo county up to date, in this process: starting costs most."""
    plan = MigrationExecutor(connection)
    if plan.migration_plan(plan.loader.graph.leaf_nodes()):
        call_command("migrate")
    call_command("demo")
    # The workers are copies of this process, and a connection is nobody's to copy.
    connection.close()


def is_free(address: tuple[str, int]) -> bool:
    """Say whether nothing answers at `address` yet."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
        except OSError:
            return False
    return True


def gather_assets() -> None:
    """Gather, hash and compress the assets, unless they are those gathered last time."""
    mark = Path(settings.STATIC_ROOT) / ".made-of"
    sources = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            told = Path(storage.path(name)).stat()
            sources.update(f"{name} {told.st_size} {told.st_mtime_ns}\n".encode())
    if mark.exists() and mark.read_text() == sources.hexdigest():
        return
    # Papers are set here, not in browsers: their letters need no address.
    call_command(
        "collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=["typst-fonts"]
    )
    mark.write_text(sources.hexdigest())
