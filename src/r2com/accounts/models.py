"""People who work here: one account each, for one organisation."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from r2com.access.personal import CORE, Kept, Personal, Shown
from r2com.core.identifiers import new_id


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser):
    """Somebody who signs in. There is no superuser: rights come from roles and grants."""

    personal = Personal(
        CORE,
        Kept.ACCOUNT,
        Shown.NOT_THEIRS,
        {
            "name": "stands under everything its bearer wrote",
            "email": "signs in with it",
            "password": "kept as a slow hash only",
            "language": "a code of a language, such as pt",
            "phone": "the number of a worker at work; printed for the person to ring",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=8, default="en")
    organisation_id = models.UUIDField(null=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split()[0] if self.name else self.email


class Session(AbstractBaseSession):
    """One browser that is signed in, or about to be. The key is a hash of what the browser holds."""

    personal = Personal(
        CORE,
        Kept.SESSION,
        Shown.NOT_THEIRS,
        {
            "session_data": "identifiers and marks only; signed",
            "device": "the kind of browser and machine, from a fixed list",
            "session_key": "a hash of what the browser holds",
        },
    )

    user = models.ForeignKey(User, models.CASCADE, null=True)
    device = models.CharField(max_length=40, blank=True, default="")
    begun_on = models.DateField(null=True)
    last_used_on = models.DateField(null=True)

    def __str__(self):
        return f"until {self.expire_date:%Y-%m-%d %H:%M}"
