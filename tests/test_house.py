"""The house's own rules, kept by machine so that review can be about meaning."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import ForeignKey
from django.urls import URLPattern, get_resolver

import kunnig
from kunnig.people.models import Person
from scripts import docs, words
from tests.machine import ROOT

HOUSE = Path(kunnig.__file__).parent
MODULES = sorted(HOUSE.rglob("*.py"))
TEMPLATES = sorted(HOUSE.rglob("*.html"))
STYLES = sorted(file for file in HOUSE.rglob("*.css") if "vendor" not in file.parts)
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PAGES_OF_TEXT = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LONGEST_DECISION = 400  # words
BESIDE_THE_ROOMS = {"kunnig.config", "kunnig.operations"}
ROOMS = [
    room
    for room in apps.get_app_configs()
    if room.name.startswith("kunnig.")
    and not room.name.startswith("kunnig.web.")
    and room.name not in BESIDE_THE_ROOMS
]
TABLES = [table for room in ROOMS for table in room.get_models()]

# What anyone may open; every other page is for those who have signed in.
OPEN_PAGES = {
    "components:gallery",  # not in production
    "public:demo",  # not in production
    "public:front",
    "public:invited",
    "public:invited_by_link",
    "public:sign_in",
    "public:language",
    "public:municipalities",
    "public:about",
    "public:target",
    "public:targets",
    "public:accessibility",
    "public:privacy",
    "public:verify",
    "public:verify_code",
}
# Templates that Django looks for by itself.
FOUND_BY_DJANGO = {
    "400.html",
    "403.html",
    "404.html",
    "500.html",
    "django/forms/div.html",
    "django/forms/errors/list/default.html",
    "django/forms/errors/list/ul.html",
    "django/forms/field.html",
    "django/forms/widgets/select.html",
}


def faults(files, find):
    """Return what `find` finds in each of `files` that it finds anything in."""
    found = {str(file.relative_to(ROOT)): list(find(file)) for file in files}
    return {file: each for file, each in found.items() if each}


def code(file):
    return file.read_text(encoding="utf-8")


# --- Pages -----------------------------------------------------------------------------------


def named_views(patterns, prefix=""):
    for entry in patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}", entry.callback
        else:
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from named_views(entry.url_patterns, inner)


def test_only_the_listed_pages_are_open_to_anyone():
    views = dict(named_views(get_resolver().url_patterns))

    open_to_anyone = {
        name for name, view in views.items() if not getattr(view, "login_required", True)
    }

    assert open_to_anyone == OPEN_PAGES


def test_pages_reach_records_only_through_queries():
    pages = [file for file in MODULES if "web" in file.parts and file.name != "signin.py"]

    assert (
        faults(pages, lambda file: re.findall(r"get_object_or_404|\.objects\b", code(file))) == {}
    )


# --- Rules and states ------------------------------------------------------------------------


def writes_of_state(tree, inside=""):
    """Yield the name of each function in which a `state` is assigned or updated."""
    for node in ast.iter_child_nodes(tree):
        is_function = isinstance(node, ast.FunctionDef)
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        if any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets):
            yield inside
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "update":
            yield from (inside for keyword in node.keywords if keyword.arg == "state")
        yield from writes_of_state(node, node.name if is_function else inside)


def test_a_state_is_assigned_only_where_the_table_is_asked():
    def elsewhere(file):
        allowed = {"move_to"} if "models" in {file.stem, file.parent.name} else set()
        return set(writes_of_state(ast.parse(code(file)))) - allowed

    assert faults([file for file in MODULES if "migrations" not in file.parts], elsewhere) == {}


def test_every_state_has_a_row_and_all_but_the_first_can_be_reached():
    for _, table in docs.state_tables():
        first, *later = table.rows
        assert set(table.rows) == set(type(first))
        assert set(later) <= frozenset().union(*table.rows.values())


# --- Personal data ---------------------------------------------------------------------------


def declared(room):
    holdings = import_module(f"{room.name}.holdings")
    return getattr(holdings, "HOLDINGS", {}), getattr(holdings, "IMPERSONAL", frozenset())


def test_every_room_declares_each_of_its_tables_once():
    for room in ROOMS:
        holdings, impersonal = declared(room)
        assert sorted([*holdings, *impersonal]) == sorted(
            table.__name__ for table in room.get_models()
        )


def undeclared(table, holding):
    """Yield the columns of a table that are not declared personal or not, or not rightly."""
    columns = {field.name for field in [*table._meta.fields, *table._meta.many_to_many]}
    yield from columns ^ (holding.personal | holding.impersonal)
    yield from holding.personal & holding.impersonal
    yield from naming_people(table) - holding.personal


def naming_people(table):
    return {
        field.name
        for field in table._meta.fields
        if isinstance(field, ForeignKey) and field.related_model is Person
    }


def test_every_column_is_declared_personal_or_not():
    wrong = {}
    for room in ROOMS:
        holdings, impersonal = declared(room)
        for name, holding in holdings.items():
            wrong[f"{room.label}.{name}"] = [*undeclared(room.get_model(name), holding)]
        for name in impersonal:
            wrong[f"{room.label}.{name}"] = [*naming_people(room.get_model(name))]

    assert {table: columns for table, columns in wrong.items() if columns} == {}


def test_every_personal_row_leads_to_the_person_it_is_about():
    for room in ROOMS:
        for name, holding in declared(room)[0].items():
            at = room.get_model(name)
            for step in holding.about.split("__"):
                at = at if step in {"", "pk"} else at._meta.get_field(step).related_model
            assert at is Person or not holding.about


# --- Templates and style sheets --------------------------------------------------------------


def markup(file):
    """Return a template without its comments."""
    return re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", code(file), flags=re.DOTALL)


def test_templates_hold_no_script_and_no_style():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\shx-on|\son[a-z]+=|javascript:", re.IGNORECASE
    )

    assert faults(TEMPLATES, lambda file: inline.findall(markup(file))) == {}


def test_templates_load_one_library_a_line_in_order():
    def out_of_order(file):
        loads = re.findall(r"{% load ([^%]+) %}", code(file))
        yield from (load for load in loads if " " in load and " from " not in load)
        yield from (two for one, two in pairwise(loads) if two < one)

    assert faults(TEMPLATES, out_of_order) == {}


def test_translated_blocks_are_trimmed():
    untrimmed = re.compile(r"{% blocktrans(?:late)?\b(?![^%]*\btrimmed\b)[^%]*%}")

    assert faults(TEMPLATES, lambda file: untrimmed.findall(code(file))) == {}


def template_name(file):
    return file.as_posix().rpartition("/templates/")[2]


def test_every_template_is_used():
    said = "\n".join(code(file) for file in [*MODULES, *TEMPLATES])

    def is_said(file):
        # A component names its template by the last word alone.
        return template_name(file) in said or f'"{file.stem}"' in said

    unused = {template_name(file) for file in TEMPLATES if not is_said(file)}

    assert unused - FOUND_BY_DJANGO == set()


def test_style_sheets_know_no_left_and_right():
    sides = r"(?:left|right|top|bottom)"
    physical = re.compile(
        rf"(?:margin|padding|border|inset)-{sides}\b"
        rf"|(?<![-\w]){sides}\s*:"
        r"|(?:float|clear|text-align)\s*:\s*(?:left|right)"
    )

    assert faults(STYLES, lambda file: physical.findall(without_comments(file))) == {}


def without_comments(file):
    return re.sub(r"/\*.*?\*/", "", code(file), flags=re.DOTALL)


# --- What is made, and what is kept in step --------------------------------------------------


def test_the_catalogues_are_complete():
    assert words.faults() == []


def test_pages_made_from_the_code_are_current():
    pages = docs.pages()

    assert {page: page.read_text() for page in pages if page.exists()} == pages


def test_decisions_are_short_enough_to_be_read():
    decisions = [*(docs.DOCS / "decisions").glob("[0-9]*.md")]

    assert [file.name for file in decisions if len(code(file).split()) > LONGEST_DECISION] == []


def test_no_diagram_outlives_its_table():
    assert {*docs.STATES.glob("*.md")} <= docs.pages().keys()


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_locks_name_no_registry():
    assets = ROOT / "package-lock.json"

    assert faults([*LOCKS, assets], lambda file: re.findall(r'"resolved"', code(file))) == {}
    assert faults(LOCKS, lambda file: re.findall(r"\S+://\S+", code(file))) == {}


def test_links_between_pages_lead_somewhere():
    def broken(file):
        links = re.findall(r"\]\((?![a-z]+:|#)([^)#]+)", code(file))
        return [link for link in links if not (file.parent / link).exists()]

    assert faults(PAGES_OF_TEXT, broken) == {}


def test_every_table_is_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text()

    assert [table.__name__ for table in TABLES if f"`{table.__name__}`" not in glossary] == []


def test_swedish_has_one_word_for_a_self_estimate():
    """The glossary's: three were in use, and a reader takes three words for three things."""
    said_in = [
        HOUSE / "locale/sv/LC_MESSAGES/django.po",
        *sorted(HOUSE.rglob("*.typ")),
        *PAGES_OF_TEXT,
    ]
    others = re.compile(r"egen\s+(upp)?skattning", re.IGNORECASE)

    assert [file.name for file in said_in if others.search(file.read_text())] == []
    assert "| självskattning | self-estimate" in (ROOT / "docs/glossary.md").read_text()


def test_every_room_keeps_the_order_within_rooms():
    settled = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (within,) = (
        contract
        for contract in settled["tool"]["importlinter"]["contracts"]
        if contract["name"] == "Inside a domain app, words flow one way"
    )

    assert set(within["containers"]) == {room.name for room in ROOMS}


# --- The lists of exceptions above -----------------------------------------------------------


def test_what_is_excepted_still_exists():
    names = set(map(template_name, TEMPLATES))
    installed = set(settings.INSTALLED_APPS)

    assert names >= FOUND_BY_DJANGO
    assert installed >= BESIDE_THE_ROOMS
