"""Addresses of assessors and teachers: parts of cases they were let in to, and question sets."""

from django.urls import include, path

from kunnig.web.assessor.views import cases, draft_acts, drafts, question_sets

app_name = "assessor"
a_draft = [
    path("", drafts.draft, name="draft"),
    path("add/", drafts.add_part, name="add_part"),
    path("parts/<uuid:part>/", drafts.part, name="draft_part"),
    path("parts/<uuid:part>/move/", draft_acts.move, name="move_part"),
    path("parts/<uuid:part>/take-away/", draft_acts.take_away, name="take_part_away"),
    path("parts/<uuid:part>/bring-back/", draft_acts.bring_back, name="bring_part_back"),
    path("preview/", drafts.preview, name="preview"),
    path("coverage/", drafts.coverage, name="coverage"),
    path("history/", drafts.history, name="draft_history"),
    path("propose/", draft_acts.propose, name="propose"),
    path("send-back/", draft_acts.send_back, name="send_back"),
    path("publish/", draft_acts.publish, name="publish"),
    path("set-aside/", draft_acts.set_aside, name="set_aside"),
    path("take-up/", draft_acts.take_up, name="take_up"),
]
urlpatterns = [
    path("", cases.home, name="home"),
    path("protected/", cases.protected, name="protected"),
    path("cases/<uuid:pk>/", cases.case, name="case"),
    path("questions/", question_sets.targets, name="question_sets"),
    path("questions/<uuid:target>/", question_sets.target, name="question_set"),
    path("drafts/<uuid:draft>/", include(a_draft)),
    path("", include("kunnig.web.casefile.urls")),
]
