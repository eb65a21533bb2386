"""How passwords are hashed: Argon2id sized for a small server.

64 MiB, three passes, one lane: above the OWASP minimum, and two sign-ins at once do not exhaust a
machine with two cores.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    time_cost = 3
    memory_cost = 64 * 1024
    parallelism = 1
