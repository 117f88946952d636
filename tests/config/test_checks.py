"""`kunnig check --deploy` refuses what is not fit for real people's cases."""

import pytest

from kunnig.config.checks import fit_for_people


@pytest.fixture
def fit(settings):
    """Set the house up as it should be."""
    settings.DEBUG = False
    settings.BASE_ADDRESS = "https://kunnig.example"
    settings.BEHIND_TLS = True
    settings.EMAIL_HOST = "post.example"
    return settings


def test_a_house_in_order_is_not_complained_of(fit):
    assert fit_for_people() == []


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("DEBUG", True, "kunnig.E001"),
        ("BASE_ADDRESS", "http://kunnig.example", "kunnig.E002"),
        ("BASE_ADDRESS", "https://kunnig.example/", "kunnig.E003"),
        ("BEHIND_TLS", False, "kunnig.E004"),
        ("EMAIL_HOST", "", "kunnig.E007"),
    ],
)
def test_each_danger_is_named(fit, name, value, complaint):
    setattr(fit, name, value)

    assert [message.id for message in fit_for_people()] == [complaint]


def test_assets_that_were_not_built_are_named(fit):
    fit.STATICFILES_DIRS = []

    assert "kunnig.E005" in [message.id for message in fit_for_people()]


def test_texts_that_were_not_compiled_are_named(fit, tmp_path):
    catalogue = tmp_path / "sv" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.touch()
    fit.LOCALE_PATHS = [tmp_path]

    assert [message.id for message in fit_for_people()] == ["kunnig.E006"]
