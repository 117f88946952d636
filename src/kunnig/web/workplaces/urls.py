"""Addresses of who works where, for audiences to mount among their own.

Write `path("", include("kunnig.web.workplaces.urls"))` in the audience's addresses, which also have
a `home` to come back to and may have a `municipality`.
"""

from django.urls import path

from kunnig.web.workplaces import views

urlpatterns = [
    path("people/new/", views.employ, name="employ"),
    path("people/<uuid:pk>/give-role/", views.give_role, name="give_role"),
    path("people/<uuid:pk>/sign-in/", views.open_sign_in, name="open_sign_in"),
    path("people/<uuid:pk>/password/", views.give_password, name="give_password"),
    path("roles/<int:pk>/end/", views.end_role, name="end_role"),
    path("organisations/<int:pk>/contact/", views.describe, name="describe"),
]
