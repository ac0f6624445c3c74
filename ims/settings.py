"""Settings: one dict a package, every security flag written out. What differs by installation is in env.py."""

from datetime import timedelta

from csp.constants import NONE, SELF

from ims import env

BASE_DIR = env.BASE
DATA_DIR = env.data_dir()
PRODUCTION = env.production()
DEBUG = False

SECRET_KEY = env.secret_key()
ALLOWED_HOSTS = env.hosts()
ROOT_URLCONF = "ims.urls"
WSGI_APPLICATION = "ims.wsgi.application"

INSTALLED_APPS = [
    "ims.core",
    "ims.audit",
    "ims.codelists",
    "ims.geography",
    "ims.providers",
    "ims.accounts",
    "ims.bulk",
    "clients",
    "interventions",
    "referrals",
    "ims.record",
    "reporting",
    "ims.operations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "axes",
    "simple_history",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ims.core.middleware.PrivateAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ims.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ims.core.middleware.AccessMiddleware",
    "ims.accounts.middleware.PasswordAgeMiddleware",
    "ims.accounts.middleware.RefillMiddleware",
    "ims.accounts.middleware.DraftMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "ims.accounts.page.everywhere",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database ---------------------------------------------------------------------------------------------------
DATABASES = env.databases()
DATABASE_OWNER = env.database_owner()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
BEFORE_MIGRATE = ["reporting.schema.drop_if_stale"]
AFTER_MIGRATE = [
    "ims.audit.partitions.ensure",
    "ims.core.history.install",
    "ims.core.roles.grant",
    "reporting.schema.rebuild",
]
APPEND_ONLY_TABLES = ["audit_event", "codelists_rule", "clients_barred"]
SIMPLE_HISTORY_DATE_INDEX = False  # nothing asks history by day
SIMPLE_HISTORY_ENABLED = False  # history is written by a trigger (ims/core/history.py), never by signals

# --- People and sessions ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "ims.accounts.signing_in.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "ims.accounts.passwords.NotAboutYou"},
    {"NAME": "ims.accounts.passwords.Complex"},
    {"NAME": "ims.accounts.passwords.NotUsedBefore"},
]
PASSWORD_AGE_DAYS = 60  # seed: "Users must change their password every sixty days"
PASSWORD_WARN_DAYS = (14, 7, 1)
PASSWORDS_REMEMBERED = 10
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=24).total_seconds())
ASK_TO_SIGN_IN = "ims.accounts.signing_in.ask_to_sign_in"
NOTE_REFUSAL = "ims.audit.opening.note_refusal"
LOGIN_URL = "accounts:sign_in"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE = timedelta(minutes=30)
SESSION_LONGEST = timedelta(hours=12)
SESSION_WARNING = timedelta(minutes=5)  # said on the page so long before it ends
SESSION_COOKIE_AGE = int(SESSION_IDLE.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
SESSION_SAVE_EVERY_REQUEST = (
    False  # a write a page; the actor middleware renews it every five minutes instead
)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-ims" if PRODUCTION else "ims"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-ims-csrf" if PRODUCTION else "ims-csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # the default is a readable cookie

AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or an attacker holds the lock open
AXES_LOCKOUT_CALLABLE = "ims.accounts.signing_in.locked_out"
AXES_SENSITIVE_PARAMETERS = ["password", "new_password", "new_password_again", "old_password", "sealed"]
AXES_USERNAME_CALLABLE = "ims.accounts.signing_in.username_tried"
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_IPWARE_PROXY_COUNT = int(env.text("IMS_PROXIES", "0")) or None
# Beyond axes: one address trying many names, or many addresses trying one, is slowed down as well.
SIGN_IN_FAILURES_PER_ADDRESS = 50
SIGN_IN_FAILURES_PER_NAME = 20

# --- The browser --------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.text("IMS_PROXIES") else None
SECURE_HSTS_SECONDS = 63_072_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ims.accounts.signing_in.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [NONE],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["ims.bulk.views.receiving.InMemory"]  # never the temp folder

# --- Language, time, files, mail ----------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.static_root()
STORAGES = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = env.text("IMS_SMTP_HOST", "localhost")
EMAIL_PORT = int(env.text("IMS_SMTP_PORT", "25"))
EMAIL_HOST_USER = env.text("IMS_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("IMS_SMTP_PASSWORD")
EMAIL_USE_TLS = bool(env.text("IMS_SMTP_USER"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("IMS_MAIL_FROM", "IMS <ims@localhost>")

# --- Logs: no query string, no form value, no name ------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_values": {"()": "ims.core.logs.WithoutValues"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_values"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "ims": {"level": "INFO"},
        "axes": {"level": "ERROR"},  # its warnings name the user and the address
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
    },
}

# --- Background work (ims/core/jobs.py): a job of a dead worker is taken up after 60 to 75 seconds ---------------------
JOB_HEARTBEAT = 10  # seconds between two signs of life of a worker
JOB_STALLED_AFTER = 60  # seconds without one; a busy machine is late, and must not pass for dead
JOB_POLL = 5  # seconds between two looks for work: a database that started anew calls nobody
JOB_PAUSES = (5, 30, 120)  # seconds before the second, third and fourth try; then it is given up

# --- What the rooms register ----------------------------------------------------------------------------------------
REFERENCE_FIELDS = [
    "clients.reference.FIELDS",
    "interventions.reference.FIELDS",
    "interventions.syringe_exchange.reference.FIELDS",
    "interventions.packs.reference.FIELDS",
    "interventions.batch_exchange.reference.FIELDS",
    "interventions.brief_intervention.reference.FIELDS",
    "interventions.naloxone.reference.FIELDS",
    "interventions.wellbeing_assessment.reference.FIELDS",
    "referrals.reference.FIELDS",
]
REFERENCE_SECTIONS = ["ims.bulk.reference.SECTION"]
UPLOAD_MOST_BYTES = 50_000_000
UPLOAD_MOST_ROWS = 1_000_000
UPLOAD_ROWS_KEPT = timedelta(days=7)  # what rows say goes then, looked at or not
UPLOAD_WAITS_LONG = timedelta(minutes=15)  # a check, or recording, of the largest file takes less
TRANSFER_DIR = env.transfer_dir()
TRANSFER_LOOKS_APART = 10  # seconds between two looks at a file, which has to be the same at both
TRANSFER_KEPT = timedelta(days=7)  # in done/ and refused/
UPLOAD_LAYOUTS = [
    "clients.uploading.layout.LAYOUT",
    "interventions.uploading.contacts.LAYOUT",
    "interventions.syringe_exchange.layout.LAYOUT",
    "interventions.brief_intervention.layout.LAYOUT",
    "interventions.naloxone.layout.LAYOUT",
    "interventions.wellbeing_assessment.layout.LAYOUT",
    "referrals.layout.IN",
    "referrals.layout.OUT",
]
VALIDATION_RULES = [
    "interventions.syringe_exchange.rules.RULES",
    "interventions.brief_intervention.rules.RULES",
]
NAVIGATION = "ims.navigation.LINKS"
# Forms of which no draft is kept: the counter starts anew with each person; a draft is none of its own.
# A file cannot be kept in one, and the first rows of a file are not to be.
WITHOUT_DRAFTS = [
    "bulk:uploads",
    "bulk:profile_columns",
    "bulk:change_profile",
    "record:counter",
    "record:counter_save",
    "record:counter_register",
    "accounts:drafts",
]
SETTINGS_PAGES = "ims.navigation.SETTINGS_PAGES"
INSTRUMENT_TEXTS = env.instrument_texts()
QUANTITY_TO_CONFIRM = 2000  # items of one kind at one visit; more asks whether it was meant
SILENCED_SYSTEM_CHECKS = [
    "auth.W004"
]  # the username is unique, in any case of its letters: a constraint says so
