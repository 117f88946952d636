"""What pages cost, as ratios to an empty signed-in page of the same run.

    make bench                 1,000 and 10,000 cases
    … bench.pages 100000       as many as you say
    … bench.pages --cpu 1000   only CPU and queries, in fewer rounds: a minute, to work by

Runs beside a PostgreSQL of its own (scripts/with-postgres); with `--cpu`, on SQLite too. CPU is
measured in one process, the pages interleaved in rounds (median of the ratios of each round); p95
over HTTP with 50 people at once against 2 gunicorn workers. Budgets are those of
docs/performance.md, which says why a page may hold its own against the bare page too.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]  # it has none
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
EMPTY_OVER_BARE = 2.2  # what the page around every page may cost against no page at all
GROWTH = 1.3  # what a page may cost more with the most cases than with the fewest
WEIGHT = 50  # KiB of a page with its styles and scripts, packed
ASSET = re.compile(rb'(?:href|src)="(/static/[^"]+\.(?:css|js))"')


@dataclass(frozen=True, slots=True)
class Page:
    """One page to measure, and what it may cost against the empty one."""

    name: str
    url: str
    cpu: float
    p95: float
    as_candidate: bool = False
    # Whoever asks too often is refused: such a page is asked in this process, each time from afar.
    is_rationed: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page took: CPU against the empty and the bare page, queries, KiB, p95 if asked."""

    page: Page
    empty: float
    bare: float
    queries: int
    weight: float
    p95: float | None
    p95_bare: float | None

    @property
    def is_held(self) -> bool:
        """Say whether the page is within its budgets."""
        if self.page.name == "bare":
            return True
        if self.page.name == "empty":
            return self.bare <= EMPTY_OVER_BARE
        page = self.page
        return (
            (self.empty <= page.cpu or self.bare <= page.cpu * EMPTY_OVER_BARE)
            and ((self.p95 or 0) <= page.p95 or (self.p95_bare or 0) <= page.p95 * EMPTY_OVER_BARE)
            and self.weight <= WEIGHT
        )


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
        Page(
            "verify",
            reverse("public:verify_code", args=[bench.paper.code]),
            2.5,
            3,
            is_rationed=True,
        ),
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
        self.asked = 0

    def ask(self, page: Page) -> bytes:
        """Ask for a page, or save one more answer; return what came."""
        if page.name == "autosave":
            self.saved += 1
            given = _autosave(self.bench, self.saved)
            response = self.staff.post(self.answers, given, content_type="application/json")
        else:
            self.asked += 1
            afar = f"10.{self.asked >> 16}.{self.asked >> 8 & 255}.{self.asked & 255}"
            client = self.candidate if page.as_candidate else self.staff
            response = client.get(page.url, REMOTE_ADDR=afar)
        content: bytes = response.content
        assert response.status_code == 200, (page, response.status_code, content[:200])
        return content

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


def weight_of(content: bytes) -> float:
    """Return how many KiB a page is with its styles and scripts, each packed by itself."""
    files = {address.decode().removeprefix("/static/") for address in ASSET.findall(content)}
    parts = [content, *(Path(settings.STATIC_ROOT, file).read_bytes() for file in files)]
    return sum(len(brotli.compress(part, quality=5)) for part in parts) / 1024


def measured_cpu(
    bench: Bench, listed: Sequence[Page], rounds: int
) -> tuple[dict[str, list[float]], dict[str, int], dict[str, float]]:
    """Return the CPU seconds of each page round by round, its queries and its weight."""
    visits = Visits(bench)
    spent: dict[str, list[float]] = {page.name: [] for page in listed}
    for _round in range(rounds + WARMING):
        for page in listed:
            spent[page.name].append(visits.cpu(page))
    warm = {name: times[WARMING:] for name, times in spent.items()}
    return (
        warm,
        {page.name: visits.queries(page) for page in listed},
        {page.name: weight_of(visits.ask(page)) for page in listed},
    )


def _ratio(times: Sequence[float], base: Sequence[float]) -> float:
    """Return the median of the ratios of each round."""
    return statistics.median(mine / other for mine, other in zip(times, base, strict=True))


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


def measured_p95(bench: Bench, listed: Sequence[Page]) -> dict[str, tuple[float, float]]:
    """Return the p95 of each page over HTTP against the empty and the bare one.

    Those two are measured anew beside each page, so that a busy minute slows all three.
    """
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
        bare = next(page for page in listed if page.name == "bare")
        asyncio.run(_load(port, empty.url, staff))
        ratios = {}
        for page in listed:
            if page.is_rationed:
                continue
            cookies = candidate if page.as_candidate else staff
            bases = [_p95(asyncio.run(_load(port, base.url, staff))) for base in (empty, bare)]
            mine = _p95(asyncio.run(_load(port, page.url, cookies)))
            ratios[page.name] = (mine / bases[0], mine / bases[1])
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


def measured(amount: int, *, only_cpu: bool) -> list[Cost]:
    """Measure every page with `amount` cases."""
    call_command("flush", interactive=False, verbosity=0)
    bench = built(amount)
    listed = pages(bench)
    autosave = Page("autosave", "", 1.5, 2)
    rounds = QUICK_ROUNDS if only_cpu else ROUNDS
    spent, queries, weights = measured_cpu(bench, [*listed, autosave], rounds)
    p95 = {} if only_cpu else measured_p95(bench, listed)
    return [
        Cost(
            page,
            empty=_ratio(spent[page.name], spent["empty"]),
            bare=_ratio(spent[page.name], spent["bare"]),
            queries=queries[page.name],
            weight=weights[page.name],
            p95=p95[page.name][0] if page.name in p95 else None,
            p95_bare=p95[page.name][1] if page.name in p95 else None,
        )
        for page in [*listed, autosave]
    ]


def told(amount: int, costs: Sequence[Cost]) -> None:
    """Print every figure beside its budget."""
    print(f"\n{amount:,} cases · {PEOPLE} people · {WORKERS} workers · {platform.platform()}")
    print(
        f"{'page':24}{'queries':>8}{'KiB':>6}{'÷ empty':>9}{'budget':>7}"
        f"{'÷ bare':>8}{'budget':>7}{'p95 ÷ empty':>13}{'budget':>7}{'÷ bare':>8}{'budget':>7}"
    )
    for cost in costs:
        page, bare = cost.page, cost.page.cpu * EMPTY_OVER_BARE
        there = "–" if cost.p95 is None else f"{cost.p95:.2f}"
        there_bare = "–" if cost.p95_bare is None else f"{cost.p95_bare:.2f}"
        print(
            f"{page.name:24}{cost.queries:8}{cost.weight:6.0f}{cost.empty:9.2f}{page.cpu:7.1f}"
            f"{cost.bare:8.2f}{bare:7.1f}{there:>13}{page.p95:7.1f}"
            f"{there_bare:>8}{page.p95 * EMPTY_OVER_BARE:7.1f}"
            f"{'' if cost.is_held else '  over'}"
        )


def grown(fewest: Sequence[Cost], most: Sequence[Cost]) -> list[str]:
    """Return the pages that cost more than they may with the most cases."""
    return [
        f"{few.page.name} {many.empty / few.empty:.2f}"
        for few, many in zip(fewest, most, strict=True)
        if many.empty / few.empty > GROWTH
    ]


def main() -> None:
    """Measure with each amount of cases on the command line, or with 1,000 and 10,000."""
    asked = argparse.ArgumentParser(prog="bench.pages", description=__doc__)
    asked.add_argument("--cpu", action="store_true", help="measure only CPU and queries")
    asked.add_argument("amounts", nargs="*", type=int, default=[1_000, 10_000])
    given = asked.parse_args()
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    every = []
    for amount in given.amounts:
        every.append(measured(amount, only_cpu=given.cpu))
        told(amount, every[-1])
    larger = grown(every[0], every[-1])
    if larger:
        print(f"Cost more than {GROWTH} times as much with the most cases: {', '.join(larger)}")
    sys.exit(bool(larger) or not all(cost.is_held for costs in every for cost in costs))


if __name__ == "__main__":
    main()
