"""Settings. Everything that an installation may choose comes from config/env.py."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from tejido.config import env

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
LOCALE = ROOT / "locale" if (ROOT / "locale").is_dir() else PACKAGE / "locale"

DATA_DIR = env.folder(
    "TEJIDO_DATA", Path("var"), "where the database, uploads and mail of this installation live"
)
TEJIDO_DEMONSTRATION = env.flag(
    "TEJIDO_DEMONSTRATION",
    False,
    "opens the demonstration's one-click sign-in; never on a server with real people",
)
TEJIDO_URL = env.address(
    "TEJIDO_URL",
    "http://127.0.0.1:8000",
    ["http", "https"],
    "the address under which people reach this installation; with https, cookies and links are https only",
)
DEBUG = env.flag("TEJIDO_DEBUG", False, "shows programmers' error pages; never on a server")


def _secret_key() -> str:
    given = env.text(
        "TEJIDO_SECRET_KEY", "", "signs sessions and links; made and kept in the data folder if empty"
    )
    if given:
        return given
    kept = DATA_DIR / "secret-key"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    if not kept.exists():
        made = DATA_DIR / f"secret-key.{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            os.link(made, kept)  # the first of several processes wins, and nobody reads half a key
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return kept.read_text(encoding="ascii").strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.words(
    "TEJIDO_HOSTS",
    list(dict.fromkeys([urlsplit(TEJIDO_URL).hostname or "localhost", "127.0.0.1", "localhost"])),
    "host names it answers to; the one of TEJIDO_URL, 127.0.0.1 and localhost if empty",
)
CSRF_TRUSTED_ORIGINS = [TEJIDO_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "tejido.foundation",
    "tejido.web",
    "tejido.accounts",
    "tejido.directory",
    "tejido.messages",
    "tejido.communities",
    "tejido.instruments",
    "tejido.consultations",
    "tejido.calls",
    "tejido.charters",
    "tejido.buddies",
    "tejido.gatherings",
    "tejido.agenda",
    "tejido.invitations",
    "tejido.seating",
    "tejido.checkin",
    "tejido.certificates",
    "tejido.during",
    "tejido.school_leaders",
    "tejido.alliances",
    "tejido.imports",
    "tejido.closing",
    "tejido.improvement",
    "tejido.insights",
    "tejido.reports",
    "tejido.workbench",
    "tejido.home",
    "tejido.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
AUTH_USER_MODEL = "accounts.User"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tejido.web.middleware.KeptByNobodyElse",
    "tejido.web.middleware.ReaderLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tejido.web.middleware.RefusalsInWords",
]
ROOT_URLCONF = "tejido.config.urls"
WSGI_APPLICATION = "tejido.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tejido.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tejido.web.templatetags.parts",
            ],
        },
    }
]
REACTIONS = "tejido.config.reactions.REACTIONS"
SLOTS = "tejido.config.slots.SLOTS"
TICKS = "tejido.config.ticks.TICKS"
REACH = "tejido.config.reach.REACH"
HANDING = "tejido.config.handing.HANDING"
NAVIGATION = "tejido.config.navigation.NAVIGATION"

# SQLite (docs/decisions): IMMEDIATE, because Django's default loses every second of two writers at once; FULL,
# because what a phone was told is kept must survive a power cut.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
    "PRAGMA journal_size_limit=27103364;PRAGMA temp_store=MEMORY;"
)


def _database() -> dict[str, Any]:
    url = env.address(
        "DATABASE_URL",
        "",
        ["postgresql", "postgres"],
        "postgresql://user:password@host:5432/name, with ?sslmode=require and the like where needed; "
        "empty means SQLite in the data folder",
    )
    if not url:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "tejido.sqlite3",
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS},
            "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
        }
    parts = urlsplit(url)
    if not parts.path.strip("/"):
        raise env.WrongSetting("DATABASE_URL names no database. It ends like this: …@host:5432/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": "10", **dict(parse_qsl(parts.query))},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGES = [("es", "Español"), ("en", "English"), ("pt-br", "Português")]
LANGUAGE_CODE = env.choice(
    "TEJIDO_LANGUAGE",
    "es",
    [code for code, _name in LANGUAGES],
    "language for readers whose browser asks for none of these",
)
LOCALE_PATHS = [LOCALE]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["tejido.web.formats"]
USE_THOUSAND_SEPARATOR = True

# Rate limits count in the cache, so that it is one for all processes of the machine.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_242_880
TEJIDO_VIDEO_MB = env.number(
    "TEJIDO_VIDEO_MB", 100, "How many megabytes a film that comes with an application may have"
)
DATA_UPLOAD_MAX_NUMBER_FILES = 128  # ODK Collect sends 101 files and the answer in one post

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "tejido.accounts.adapters.AccountAdapter"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = (
    15 * 60
)  # seconds; mail is slow in places
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {
    name: f"tejido.accounts.forms.{form}"
    for name, form in {
        "login": "LoginForm",
        "signup": "SignupForm",
        "add_email": "AddEmailForm",
        "change_email": "ChangeEmailForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
        "reauthenticate": "ReauthenticateForm",
        "request_login_code": "RequestLoginCodeForm",
        "confirm_login_code": "ConfirmLoginCodeForm",
        "confirm_email_verification_code": "ConfirmEmailCodeForm",
    }.items()
}
# By address ("ip") generous, because a gathering is forty people behind one; by account ("key") strict.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "request_login_code": "120/m/ip,3/m/key",
    "signup": "120/m/ip",
}
MFA_ADAPTER = "tejido.accounts.adapters.PasskeyAdapter"
MFA_FORMS = {
    "add_webauthn": "tejido.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "tejido.accounts.forms.EditPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = urlsplit(TEJIDO_URL).scheme == "http"

SECURE = urlsplit(TEJIDO_URL).scheme == "https"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": [NONE],
    }
}

_mail = urlsplit(
    env.address(
        "TEJIDO_MAIL",
        "",
        ["smtp", "smtps"],
        "smtp://user:password@host:587; empty keeps mail as files in the data folder",
    )
)
DEFAULT_FROM_EMAIL = env.text(
    "TEJIDO_MAIL_FROM", "tejido@localhost", "the sender of the mail that people get"
)
if _mail.scheme:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp" and bool(EMAIL_HOST_USER)
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

TEJIDO_GATEWAY = env.address(
    "TEJIDO_GATEWAY",
    "",
    ["http", "https"],
    "where messages to phones are handed over (a RapidPro or WhatsApp gateway); empty means none",
)
TEJIDO_GATEWAY_SECRET = env.text(
    "TEJIDO_GATEWAY_SECRET", "", "what the gateway and Tejido sign with; needed where there is a gateway"
)
if TEJIDO_GATEWAY and not TEJIDO_GATEWAY_SECRET:
    raise env.WrongSetting(
        "TEJIDO_GATEWAY is set, but TEJIDO_GATEWAY_SECRET is not: anybody could answer for it."
    )

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # a page that is not there is no news
}
