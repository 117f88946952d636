"""Where every address begins."""

from django.urls import include, path

urlpatterns = [
    path("", include("kunnig.web.public.urls")),
    path("", include("kunnig.web.components.urls")),
    path("my/", include("kunnig.web.candidate.urls")),
    path("assess/", include("kunnig.web.assessor.urls")),
    path("municipality/", include("kunnig.web.coordinator.urls")),
    path("region/", include("kunnig.web.region.urls")),
    path("administration/", include("kunnig.web.administration.urls")),
    path("work/", include("kunnig.web.validator.urls")),
]
