"""Addresses of the region's coordinator."""

from django.urls import include, path

from kunnig.web.region.views import county, qualifications

app_name = "region"
urlpatterns = [
    path("", county.home, name="home"),
    path("municipalities/<int:pk>/", county.municipality, name="municipality"),
    path("qualifications/", qualifications.qualifications, name="qualifications"),
    path("qualifications/<uuid:pk>/", qualifications.learner, name="learner"),
    path("qualifications/<uuid:pk>/grant/", qualifications.grant, name="grant"),
    path("qualifications/<uuid:pk>/<uuid:qualification>/end/", qualifications.end, name="end"),
    path("", include("kunnig.web.workplaces.urls")),
]
