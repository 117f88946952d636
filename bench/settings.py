"""The product's settings, with the two empty pages of the bench."""

from kunnig.config.settings import *  # noqa: F403 -- a bench measures the product as it is

ROOT_URLCONF = "bench.urls"
