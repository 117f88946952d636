"""Addresses of those who work with cases."""

from django.urls import include, path

from kunnig.web.validator.views import (
    case,
    identity,
    inviting,
    lists,
    notes,
    register,
    sign_in,
    staff,
    todo,
)

app_name = "validator"
urlpatterns = [
    path("", include("kunnig.web.casefile.urls")),
    path("", todo.home, name="home"),
    path("information/<slug:version>/", register.information_text, name="information"),
    path("cases/", lists.cases, name="cases"),
    path("cases/protected/", lists.protected, name="protected"),
    path("cases/register/", register.register, name="register"),
    path("cases/register/case/", register.register_case, name="register_case"),
    path("cases/<uuid:pk>/", case.case, name="case"),
    path("cases/<uuid:pk>/history/", case.history, name="history"),
    path("cases/<uuid:pk>/details/", notes.details, name="details"),
    path("cases/<uuid:pk>/adaptations/", notes.adaptations, name="adaptations"),
    path("cases/<uuid:pk>/path/", notes.path, name="path"),
    path("cases/<uuid:pk>/close/", notes.close, name="close"),
    path("cases/<uuid:pk>/reopen/", notes.reopen, name="reopen"),
    path("cases/<uuid:pk>/let-in/", staff.let_in, name="let_in"),
    path("cases/<uuid:pk>/let-in/<uuid:access>/end/", staff.end_access, name="end_access"),
    path("cases/<uuid:pk>/responsible/", staff.responsible, name="responsible"),
    path("cases/<uuid:pk>/protect/", staff.protect, name="protect"),
    path("cases/<uuid:pk>/person/", identity.correct_person, name="correct_person"),
    path("cases/<uuid:pk>/table-code/", identity.table_code, name="table_code"),
    path("cases/<uuid:pk>/sign-in/", sign_in.open_sign_in, name="open_sign_in"),
    path("cases/<uuid:pk>/sign-in/password/", sign_in.give_password, name="give_password"),
    path("cases/<uuid:pk>/sign-in/invite/", inviting.invite, name="invite"),
    path("cases/<uuid:pk>/numbers/", identity.identifier, name="identifier"),
    path("cases/<uuid:pk>/numbers/<uuid:identifier>/reveal/", identity.reveal, name="reveal"),
]
