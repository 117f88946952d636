"""Addresses of what candidates see and do about themselves."""

from django.urls import include, path

from kunnig.web.candidate.views import details, home, own, papers

app_name = "candidate"
urlpatterns = [
    path("", home.home, name="home"),
    path("register/", home.register, name="register"),
    path("cases/<uuid:pk>/", home.case, name="case"),
    path("experiences/", own.experiences, name="experiences"),
    path("papers/", papers.papers, name="papers"),
    path("papers/<uuid:pk>/name/", papers.choose, name="choose"),
    path("readings/", own.readings, name="readings"),
    path("details/", details.details, name="details"),
    path("details/password/", details.password, name="password"),
    path("details/table-code/", details.table_code, name="table_code"),
    path("", include("kunnig.web.casefile.urls")),
]
