"""The pages of those who work with cases: who is knocking, what they find, what it costs."""

from __future__ import annotations

import html
import re

from django.db import connection
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

MOST_RENDERS = 60


def url(name, *keys):
    return reverse(f"validator:{name}", args=keys)


def text_of(response):
    """Return what a page says, without its markup."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    body = re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:bdi|strong)[^>]*>", "", main))
    return " ".join(html.unescape(body).split())


def links_of(response):
    """Return where the links and forms of a page lead."""
    return re.findall(r'(?:href|action)="([^"]*)"', response.content.decode())


def cost_of(client, address):
    """Return how many questions to the database and how many renders a page takes."""
    renders = []

    def count(template, **_others):
        renders.append(template.name)

    template_rendered.connect(count)
    try:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
    finally:
        template_rendered.disconnect(count)
    assert len(renders) <= MOST_RENDERS, renders
    return len(asked)


def faults_of(response):
    """Return what a page says is to be corrected, by the field it stands beside."""
    assert response.status_code == 422
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}
