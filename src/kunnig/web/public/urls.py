"""Addresses that anyone may open."""

from django.urls import path

from kunnig.web.public import invited, standards, verify, views
from kunnig.web.public.demo import demo

app_name = "public"
urlpatterns = [
    path("", views.front, name="front"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("invited/", invited.invited, name="invited"),
    path("invited/<str:secret>/", invited.invited_by_link, name="invited_by_link"),
    path("demo/", demo, name="demo"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", views.language, name="language"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verify_code, name="verify_code"),
    path("municipalities/", views.municipalities, name="municipalities"),
    path("about/", views.about, name="about"),
    path("standards/", standards.targets, name="targets"),
    path("standards/<uuid:pk>/", standards.target, name="target"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
