"""Addresses of assessors and teachers: the parts of cases that they were let in to."""

from django.urls import include, path

from kunnig.web.assessor import views

app_name = "assessor"
urlpatterns = [
    path("", views.home, name="home"),
    path("protected/", views.protected, name="protected"),
    path("cases/<uuid:pk>/", views.case, name="case"),
    path("", include("kunnig.web.casefile.urls")),
]
