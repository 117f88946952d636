"""Addresses of municipal coordinators, and of principals, who read."""

from django.urls import include, path

from kunnig.web.coordinator import views

app_name = "coordinator"
urlpatterns = [
    path("", views.home, name="home"),
    path("numbers/", views.numbers, name="numbers"),
    path("", include("kunnig.web.workplaces.urls")),
]
