from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_what_is_not_theirs_looks_the_same_in_a_demo_as_in_production(client, settings, karin):
    client.force_login(karin)
    address = reverse("validator:case", args=[uuid4()])
    in_production = client.get(address)

    settings.DEBUG = True
    in_a_demo = client.get(address)

    assert (in_a_demo.status_code, in_production.status_code) == (404, 404)
    assert in_a_demo.templates[0].name == in_production.templates[0].name == "404.html"
