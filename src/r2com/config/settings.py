"""One settings file, fed by the environment (see env.py). Safe by default."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from . import env, mail, provider, secrets
from .databases import database

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(env.value("R2COM_DATA")).resolve()
KEYS = Path(env.value("R2COM_KEYS")).resolve()

DEMO = env.flag("R2COM_DEMO")
INSECURE = env.flag("R2COM_INSECURE") or DEMO
DEBUG = False
SECRET_KEY = secrets.secret_key(KEYS)
ALLOWED_HOSTS = env.value("R2COM_HOSTS").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "r2com.ui",
    "r2com.jobs",
    "r2com.access",
    "r2com.vault",
    "r2com.audit",
    "r2com.drafts",
    "r2com.accounts",
    "r2com.organisations",
    "r2com.instruments",
    "r2com.sharing",
    "r2com.people",
    "r2com.cases",
    "r2com.contests",
    "r2com.guards",
    "r2com.keeping",
    "r2com.corner",
    "r2com.conditions",
    "r2com.tasks",
    "r2com.documents",
    "r2com.threads",
    "r2com.assessments",
    "r2com.questionnaires",
    "r2com.landing",
    "r2com.safety_plans",
    "r2com.plans",
    "r2com.contacts",
    "r2com.programmes",
    "r2com.observations",
    "r2com.reviews",
    "r2com.supervision",
    "r2com.exports",
    "r2com.imports",
    "r2com.my_record",
    "r2com.rights",
    "r2com.home",
    "r2com.api",
    # After our own apps, so that our templates come before allauth's.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "r2com.ui.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "r2com.access.middleware.read_with_their_eyes",
    "r2com.accounts.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "r2com.drafts.middleware.park",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "r2com.accounts.middleware.second_factor",
    "r2com.organisations.middleware.membership",
    "r2com.access.middleware.ask_what_is_declared",
    "r2com.accounts.middleware.from_our_own_pages",
    "r2com.accounts.middleware.ask_again",
    "r2com.vault.middleware.wait_for_keys",
    "r2com.audit.middleware.no_trail_no_page",
    "r2com.drafts.middleware.do_once",
]
DECLARED = "r2com.config.policy.ADDRESSES"
ASK_AGAIN = "r2com.config.policy.ASK_AGAIN"

ROOT_URLCONF = "r2com.config.urls"
WSGI_APPLICATION = "r2com.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "r2com.ui.context.everywhere",
                "r2com.drafts.context.keeping",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "r2com.ui.templatetags.ui",
                "r2com.contests.templatetags.contested",
            ],
        },
    }
]
FORM_RENDERER = "r2com.ui.forms.Renderer"

DATABASES = {
    "default": database(env.value("DATABASE_URL"), DATA / "r2com.db"),
    "keyring": database(env.value("KEYRING_URL"), KEYS / "keyring.db"),
}
KEY_SERVICE = env.value("R2COM_KEY_SERVICE")
DATABASE_ROUTERS = ["r2com.config.databases.KeyringRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["r2com.accounts.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "r2com.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "r2com.accounts.forms.SignIn",
    "reauthenticate": "r2com.accounts.forms.Confirm",
    "change_password": "r2com.accounts.forms.ChangePassword",
    "reset_password": "r2com.accounts.forms.Forgotten",
    "reset_password_from_key": "r2com.accounts.forms.NewPassword",
}
# Behind the proxy that adds TLS, addresses come from the last X-Forwarded-For entry.
ALLAUTH_TRUSTED_PROXY_COUNT = 0 if INSECURE else 1
MFA_ADAPTER = "r2com.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = INSECURE
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 12  # too many to try against a hash
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation went to this address
MFA_FORMS = {
    "authenticate": "r2com.accounts.forms.Code",
    "reauthenticate": "r2com.accounts.forms.ConfirmCode",
    "activate_totp": "r2com.accounts.forms.AddApp",
    "add_webauthn": "r2com.accounts.forms.AddPasskey",
    "login_webauthn": "r2com.accounts.forms.SignInPasskey",
    "authenticate_webauthn": "r2com.accounts.forms.CodePasskey",
    "reauthenticate_webauthn": "r2com.accounts.forms.ConfirmPasskey",
}

SOCIALACCOUNT_ADAPTER = "r2com.accounts.provider.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = provider.said()
# Our own view asks where one comes from; a form would have to be let go to the provider's address.
SOCIALACCOUNT_LOGIN_ON_GET = True

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "r2com.accounts.sessions"
SESSION_COOKIE_AGE = 60 * min(60, max(10, int(env.value("R2COM_IDLE_MINUTES"))))
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # gone with the browser, like every other cookie
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "r2com.ui.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not INSECURE
SESSION_COOKIE_NAME = "sid" if INSECURE else "__Host-sid"
CSRF_COOKIE_NAME = "csrf" if INSECURE else "__Host-csrf"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if INSECURE else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not INSECURE
SECURE_PROXY_SSL_HEADER = None if INSECURE else ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("pt", _("Portuguese"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Strict"
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
TIME_ZONE = "Europe/Lisbon"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
UPLOAD_LIMIT = 1024 * 1024 * min(50, max(1, int(env.value("R2COM_UPLOAD_MB"))))
FILE_UPLOAD_HANDLERS = ["r2com.ui.uploads.InMemory"]
CLAMD = env.value("R2COM_CLAMD")
WITNESS = env.value("R2COM_WITNESS")

ADDRESS = env.value("R2COM_ADDRESS").rstrip("/") or f"https://{ALLOWED_HOSTS[0]}"
DEFAULT_FROM_EMAIL = env.value("R2COM_MAIL_FROM")
locals().update(mail.settings(env.value("R2COM_MAIL_URL")))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
