"""Addresses of administrators, who lay out the county and see no case in it."""

from django.urls import include, path

from kunnig.web.administration import views

app_name = "administration"
urlpatterns = [
    path("", views.home, name="home"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.make, name="make"),
    path("", include("kunnig.web.workplaces.urls")),
]
