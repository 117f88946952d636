"""Benchmarks: ratios within one run, never times compared across runs."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()
