"""The address of the gallery."""

from django.urls import path

from kunnig.web.components import gallery

app_name = "components"
urlpatterns = [path("components/", gallery.gallery, name="gallery")]
