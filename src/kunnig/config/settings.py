"""Settings for every installation; what differs comes from the environment."""

from __future__ import annotations

import contextlib
import secrets
import tempfile
from pathlib import Path

import csp.constants
import django_stubs_ext
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_noop

from kunnig.config import env

django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).resolve().parents[1]

DATA_DIR = env.folder(
    "KUNNIG_DATA_DIR",
    meaning="Where the database and the stored files lie.",
    default=PACKAGE.parents[1] / "var",
)
FILES_DIR = env.folder(
    "KUNNIG_FILES_DIR",
    meaning="Where photos and documents that people send lie; else in the data folder.",
    default=DATA_DIR / "files",
)
BACKUP_RECIPIENT = env.text(
    "KUNNIG_BACKUP_RECIPIENT",
    meaning="The public key that `kunnig backup` encrypts for; the secret one lies elsewhere.",
    valid="what `kunnig backup --make-key` prints",
)
DEBUG = env.flag(
    "KUNNIG_DEBUG",
    meaning="Shows faults in full, the gallery and the demo sign-in; never in production.",
    default=False,
)
PORT = env.number(
    "KUNNIG_PORT",
    meaning="The port that `kunnig serve` answers on, on this machine only.",
    default=8000,
    least=1,
    most=65535,
)
ALLOWED_HOSTS = env.words(
    "KUNNIG_HOSTS",
    meaning="The names that the service answers to, separated by commas.",
    default="127.0.0.1,localhost",
)
BASE_ADDRESS = (
    env.text(
        "KUNNIG_BASE_ADDRESS",
        meaning=(
            "The public address of the service, printed on papers and coded in their QR. "
            "Without it, this machine at its port."
        ),
        valid="an address without a slash at the end",
    )
    or f"http://127.0.0.1:{PORT}"
)
BEHIND_TLS = env.flag(
    "KUNNIG_BEHIND_TLS",
    meaning="The service is reached by https only, through a proxy that says so.",
    default=False,
)
CONTACT = env.text(
    "KUNNIG_CONTACT",
    meaning="Where people write about accessibility and their data; shown on those pages.",
    valid="an e-mail address",
)
SYLLABUS_API = env.text(
    "KUNNIG_SYLLABUS_API",
    meaning="Where `kunnig import syllabuses --fetch` asks for syllabuses.",
    valid="an address without a slash at the end",
    default="https://api.skolverket.se/syllabus",
)


def _kept_secret() -> str:
    """Return this installation's own secret, made once and kept beside its database."""
    file = DATA_DIR / "secret-key"
    if not file.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        # Several processes may start at once: each writes its own, the first link wins.
        with tempfile.NamedTemporaryFile("w", dir=DATA_DIR) as own:
            own.write(secrets.token_urlsafe(60))
            own.flush()
            with contextlib.suppress(FileExistsError):
                file.hardlink_to(own.name)
    return file.read_text(encoding="utf-8").strip()


SECRET_KEY = env.secret(
    "KUNNIG_SECRET_KEY",
    meaning="Signs sessions. Without it, one is made and kept in the data folder.",
    otherwise=_kept_secret,
)
EMAIL_HOST = env.text(
    "KUNNIG_EMAIL_HOST",
    meaning="The mail server that letters go out by. Without one, they lie as files in `letters`.",
    valid="the name of a server",
)
EMAIL_PORT = env.number(
    "KUNNIG_EMAIL_PORT", meaning="The port of the mail server.", default=587, least=1, most=65535
)
EMAIL_HOST_USER = env.text(
    "KUNNIG_EMAIL_USER", meaning="The user name at the mail server; without one, none is told."
)
EMAIL_HOST_PASSWORD = env.text(
    "KUNNIG_EMAIL_PASSWORD", meaning="The password at the mail server; best kept in a file."
)
_EMAIL_TLS = env.choice(
    "KUNNIG_EMAIL_TLS",
    meaning="How the way to the mail server is kept secret.",
    options=("starttls", "tls", "no"),
    default="starttls",
)
EMAIL_USE_TLS, EMAIL_USE_SSL = _EMAIL_TLS == "starttls", _EMAIL_TLS == "tls"
DEFAULT_FROM_EMAIL = env.text(
    "KUNNIG_EMAIL_FROM",
    meaning="Who letters come from; they say that they cannot be answered.",
    valid="an e-mail address, or a name and one: `Kunnig <kunnig@example.se>`",
    default="kunnig@localhost",
)
EMAIL_TIMEOUT = 30  # seconds
EMAIL_FILE_PATH = DATA_DIR / "letters"
EMAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend".format(
    "smtp" if EMAIL_HOST else "filebased"
)
# What goes wrong is told on stderr. Pages not found are not: their addresses may hold a code.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}

ROOT_URLCONF = "kunnig.config.urls"
WSGI_APPLICATION = "kunnig.config.wsgi.application"
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
LANGUAGE_CODE = "sv"
# Simple Swedish is a catalogue of its own; what it lacks is read in the default language.
LANG_INFO["sv-simple"] = {
    "bidi": False,
    "code": "sv-simple",
    "name": "Simple Swedish",
    "name_local": "lättläst svenska",
}
LANGUAGES = [
    ("sv", gettext_noop("Swedish")),
    ("sv-simple", gettext_noop("Simple Swedish")),
    ("en", gettext_noop("English")),
    ("ar", gettext_noop("Arabic")),
]
LANGUAGE_COOKIE_NAME = "kunnig_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [PACKAGE / "locale"]

LOGIN_URL = "/sign-in/"
AUTHENTICATION_BACKENDS = ["kunnig.web.signin.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# What a page tells the person stays with their session, not in a shared browser.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # many sit at a computer that others use after them
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_TLS
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A file that is too big is refused in words, and is not stored to its end before.
FILE_UPLOAD_HANDLERS = [
    "kunnig.web.uploads.NoLargerThanTaken",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 4
CSRF_FAILURE_VIEW = "kunnig.web.layout.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.constants.SELF],
        # Designsystemet draws its icons as data: masks.
        "img-src": [csp.constants.SELF, "data:"],
        "form-action": [csp.constants.SELF],
        "frame-ancestors": [csp.constants.NONE],
        "base-uri": [csp.constants.NONE],
        "object-src": [csp.constants.NONE],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "template_partials",
    "django_htmx",
    "kunnig.config",
    "kunnig.audit",
    "kunnig.people",
    "kunnig.letters",
    "kunnig.files",
    "kunnig.organisations",
    "kunnig.standards",
    "kunnig.training",
    "kunnig.cases",
    "kunnig.portfolio",
    "kunnig.mapping",
    "kunnig.credentials",
    "kunnig.operations",
    "kunnig.web.layout",
    "kunnig.web.components",
    "kunnig.web.casefile",
    "kunnig.web.workplaces",
    "kunnig.web.public",
    "kunnig.web.candidate",
    "kunnig.web.validator",
    "kunnig.web.assessor",
    "kunnig.web.coordinator",
    "kunnig.web.region",
    "kunnig.web.administration",
    "django.forms",  # last, so that the templates of kunnig.web.components come before its own
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kunnig.web.public.door.SignInFirst",
    "kunnig.web.signin.KeptNowhere",
    "kunnig.web.signin.OwnPasswordFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kunnig.web.http.moment",
    "kunnig.web.layout.absent.OwnAbsentPage",
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "kunnig.web.layout.context.chrome",
            ]
        },
    }
]
DATABASES = {
    "default": env.database(
        "KUNNIG_DATABASE",
        meaning="The one database. A path without a leading slash lies in the data folder.",
        folder=DATA_DIR,
    )
}
# Anyone may be anyone: on one's own machine only, and never over a database that others share.
DEMO = DEBUG and DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
