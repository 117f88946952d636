"""Addresses of the pages of a case, for audiences to mount among their own.

Write `path("", include("kunnig.web.casefile.urls"))` in the audience's addresses; the names then
are the audience's own, as in `validator:interview`. `pk` is a case's key under `cases/` and a
mapping's under `mappings/`.
"""

from django.urls import path

from kunnig.web.casefile.views import (
    answers,
    evidence,
    files,
    in_depth,
    initial,
    papers,
    reading,
    settle,
    several,
)

urlpatterns = [
    path("cases/<uuid:pk>/initial-mapping/", initial.start_initial, name="start_initial"),
    path("cases/<uuid:pk>/in-depth-mapping/", in_depth.start_in_depth, name="start_in_depth"),
    path("cases/<uuid:pk>/evidence/", evidence.evidence, name="evidence"),
    path("cases/<uuid:pk>/evidence/add/", evidence.add_evidence, name="add_evidence"),
    path("cases/<uuid:pk>/evidence/<uuid:evidence>/", evidence.piece, name="piece"),
    path(
        "cases/<uuid:pk>/evidence/<uuid:evidence>/describe/",
        evidence.describe_evidence,
        name="describe_evidence",
    ),
    path(
        "cases/<uuid:pk>/evidence/<uuid:evidence>/questions/",
        evidence.tie_evidence,
        name="tie_evidence",
    ),
    path(
        "cases/<uuid:pk>/evidence/<uuid:evidence>/referee/",
        evidence.note_referee,
        name="note_referee",
    ),
    path(
        "cases/<uuid:pk>/evidence/<uuid:evidence>/original/",
        evidence.note_original,
        name="note_original",
    ),
    path(
        "cases/<uuid:pk>/evidence/<uuid:evidence>/take-out/",
        evidence.take_evidence_out,
        name="take_evidence_out",
    ),
    path(
        "cases/<uuid:pk>/evidence/<uuid:evidence>/take-in/",
        evidence.take_evidence_in,
        name="take_evidence_in",
    ),
    path("cases/<uuid:pk>/evidence/<uuid:evidence>/files/", files.attach, name="attach"),
    path("cases/<uuid:pk>/evidence/<uuid:evidence>/files/<uuid:file>/", files.file, name="file"),
    path(
        "cases/<uuid:pk>/evidence/<uuid:evidence>/files/<uuid:file>/take-away/",
        files.take_away_file,
        name="take_away_file",
    ),
    path(
        "cases/<uuid:pk>/evidence/<uuid:evidence>/files/<uuid:file>/put-back/",
        files.put_back_file,
        name="put_back_file",
    ),
    path("cases/<uuid:pk>/papers/", papers.papers, name="papers"),
    path("mappings/<uuid:pk>/paper/", papers.make_paper, name="make_paper"),
    path("papers/<uuid:pk>/", papers.paper, name="paper"),
    path("mappings/<uuid:pk>/", reading.mapping, name="mapping"),
    path("mappings/<uuid:pk>/answers/", answers.answers, name="answers"),
    path("mappings/<uuid:pk>/history/", reading.history_of_answer, name="history_of_answer"),
    path("mappings/<uuid:pk>/overview/", in_depth.overview, name="overview"),
    path("mappings/<uuid:pk>/questions/<uuid:question>/", in_depth.question, name="question"),
    path("mappings/<uuid:pk>/several/", several.several, name="several"),
    path(
        "mappings/<uuid:pk>/several/take-back/",
        several.take_back_several,
        name="take_back_several",
    ),
    path("mappings/<uuid:pk>/targets/", in_depth.add_target, name="add_target"),
    path("mappings/<uuid:pk>/share/", settle.share, name="share"),
    path("mappings/<uuid:pk>/approve/", settle.approve, name="approve"),
    path("mappings/<uuid:pk>/approve-at-table/", settle.approve_at_table, name="approve_at_table"),
    path("mappings/<uuid:pk>/lock/", settle.lock, name="lock"),
    path("mappings/<uuid:pk>/new-version/", settle.new_version, name="new_version"),
    path("mappings/<uuid:pk>/interview/<slug:section>/", initial.interview, name="interview"),
    path("mappings/<uuid:pk>/interview/<slug:section>/<uuid:entry>/", initial.entry, name="entry"),
    path(
        "mappings/<uuid:pk>/interview/<slug:section>/<uuid:entry>/take-away/",
        initial.take_away,
        name="take_away",
    ),
    path("mappings/<uuid:pk>/sitting/", initial.sitting, name="sitting"),
]
