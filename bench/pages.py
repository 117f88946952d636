"""What pages cost, as ratios to an empty signed-in page of the same run.

    make bench                 1,000 and 10,000 cases
    … bench.pages 100000       as many as you say
    … bench.pages --cpu 1000   only CPU and queries, in fewer rounds: a minute, to work by

Runs beside a PostgreSQL of its own (scripts/with-postgres); with `--cpu`, on SQLite too. CPU is
measured in one process, the pages interleaved in rounds (median of the ratios of each round); p95
over HTTP with 50 people at once against 2 gunicorn workers. Budgets are those of
docs/performance.md.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import socket
import statistics
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.county import built

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.county import Bench
    from kunnig.people.models import Person


ROUNDS = 25
QUICK_ROUNDS = 12
WARMING = 2
PEOPLE = 50
REQUESTS = 300
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Page:
    """One page to measure, and what it may cost against the empty one."""

    name: str
    url: str
    cpu: float
    p95: float
    as_candidate: bool = False


def pages(bench: Bench) -> list[Page]:
    """Return the pages of the product with their budgets."""
    case, initial, in_depth = bench.case.pk, bench.initial.pk, bench.in_depth.pk
    interview = {"pk": initial, "section": "work", "entry": bench.entry}
    question = {"pk": in_depth, "question": bench.question}
    return [
        Page("bare", reverse("bench-bare"), 1, 1),
        Page("empty", reverse("bench-empty"), 1, 1),
        Page("candidate's home", reverse("candidate:home"), 2.5, 3, as_candidate=True),
        Page("staff's home", reverse("validator:home"), 2.5, 3),
        Page("list of cases", reverse("validator:cases") + "?tab=board", 3.5, 4.5),
        Page("case", reverse("validator:case", args=[case]), 3.5, 4.5),
        Page("interview", reverse("validator:entry", kwargs=interview), 4, 5),
        Page("overview, 40 questions", reverse("validator:overview", args=[in_depth]), 4, 5),
        Page("question", reverse("validator:question", kwargs=question), 2.5, 3),
        Page("list of targets", reverse("public:targets"), 3.5, 4.5),
        Page("verify", reverse("public:verify"), 2.5, 3),
    ]


def _cookie(person: Person) -> str:

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _autosave(bench: Bench, number: int) -> dict[str, object]:
    given = {
        "operation": str(uuid.uuid4()),
        "author": str(bench.counsellor.pk),
        "path": f"work/{bench.entry}/where",
        "side": "original",
        "base": number,
        "text": f"Lycksele {number}",
        "language": "sv",
    }
    return {"v": 1, "given": [given]}


class Visits:
    """Asks for one page after the other in this process, as whoever it is for."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.staff, self.candidate = Client(), Client()
        self.staff.force_login(bench.counsellor)
        self.candidate.force_login(bench.candidate)
        self.answers = reverse("validator:answers", args=[bench.initial.pk])
        self.saved = 0

    def ask(self, page: Page) -> None:
        """Ask for a page, or save one more answer."""
        if page.name == "autosave":
            self.saved += 1
            given = _autosave(self.bench, self.saved)
            response = self.staff.post(self.answers, given, content_type="application/json")
        else:
            response = (self.candidate if page.as_candidate else self.staff).get(page.url)
        assert response.status_code == 200, (page, response.status_code, response.content[:200])

    def cpu(self, page: Page) -> float:
        """Return the seconds of CPU that asking once takes."""
        began = time.process_time()
        self.ask(page)
        return time.process_time() - began

    def queries(self, page: Page) -> int:
        """Return how many questions to the database asking once takes."""
        with CaptureQueriesContext(connection) as captured:
            self.ask(page)
        return len(captured)


def measured_cpu(
    bench: Bench, listed: Sequence[Page], rounds: int
) -> tuple[dict[str, float], dict[str, int]]:
    """Return the CPU of each page against the empty one, and how many queries it takes."""
    visits = Visits(bench)
    spent: dict[str, list[float]] = {page.name: [] for page in listed}
    for _round in range(rounds + WARMING):
        for page in listed:
            spent[page.name].append(visits.cpu(page))
    warm = {name: times[WARMING:] for name, times in spent.items()}
    ratios = {
        name: statistics.median(
            mine / base for mine, base in zip(times, warm["empty"], strict=True)
        )
        for name, times in warm.items()
    }
    return ratios, {page.name: visits.queries(page) for page in listed}


async def _get(port: int, url: str, cookie: str) -> float:
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {url} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nConnection: close\r\n"
    writer.write(f"{request}\r\n".encode())
    await writer.drain()
    answer = await reader.read()
    writer.close()
    assert b" 200 " in answer[:20], (url, answer[:80])
    return time.perf_counter() - began


async def _load(port: int, url: str, cookies: Sequence[str]) -> list[float]:
    turns: Iterator[int] = iter(range(REQUESTS))

    async def person(cookie: str) -> list[float]:
        return [await _get(port, url, cookie) for _turn in turns]

    taken = await asyncio.gather(*(person(cookie) for cookie in cookies))
    return [each for times in taken for each in times]


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def measured_p95(bench: Bench, listed: Sequence[Page]) -> dict[str, float]:
    """Return the p95 of each page over HTTP against the empty one, measured around it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "kunnig.config.wsgi", f"-b127.0.0.1:{port}"]
    server = subprocess.Popen(
        [*command, f"-w{WORKERS}", "--log-level=error"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"},
    )
    try:
        staff = [_cookie(bench.counsellor) for _ in range(PEOPLE)]
        candidate = [_cookie(bench.candidate) for _ in range(PEOPLE)]
        _wait_for(port)
        empty = next(page for page in listed if page.name == "empty")
        asyncio.run(_load(port, empty.url, staff))
        ratios = {}
        for page in listed:
            cookies = candidate if page.as_candidate else staff
            base = _p95(asyncio.run(_load(port, empty.url, staff)))
            ratios[page.name] = _p95(asyncio.run(_load(port, page.url, cookies))) / base
        return ratios
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def measure(amount: int, *, only_cpu: bool) -> bool:
    """Measure with `amount` cases, print every ratio with its budget, and say if all held."""
    call_command("flush", interactive=False, verbosity=0)
    bench = built(amount)
    listed = pages(bench)
    autosave = Page("autosave", "", 1.5, 2)
    rounds = QUICK_ROUNDS if only_cpu else ROUNDS
    cpu, queries = measured_cpu(bench, [*listed, autosave], rounds)
    p95 = {} if only_cpu else measured_p95(bench, listed)
    held = True
    print(f"\n{amount:,} cases · {PEOPLE} people · {WORKERS} workers · {platform.platform()}")
    heads = f"{'CPU ÷ empty':>14}{'budget':>9}{'p95 ÷ empty':>14}{'budget':>9}"
    print(f"{'page':26}{'queries':>8}{heads}")
    for page in [*listed, autosave]:
        over = page.name not in {"bare", "empty"} and (
            cpu[page.name] > page.cpu or p95.get(page.name, 0) > page.p95
        )
        held = held and not over
        there = f"{p95[page.name]:14.2f}{page.p95:9.1f}" if page.name in p95 else f"{'–':>14}"
        mark = "  over" if over else ""
        asked = queries[page.name]
        print(f"{page.name:26}{asked:8}{cpu[page.name]:14.2f}{page.cpu:9.1f}{there}{mark}")
    return held


def main() -> None:
    """Measure with each amount of cases on the command line, or with 1,000 and 10,000."""
    asked = argparse.ArgumentParser(prog="bench.pages", description=__doc__)
    asked.add_argument("--cpu", action="store_true", help="measure only CPU and queries")
    asked.add_argument("amounts", nargs="*", type=int, default=[1_000, 10_000])
    given = asked.parse_args()
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    held = [measure(amount, only_cpu=given.cpu) for amount in given.amounts]
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
