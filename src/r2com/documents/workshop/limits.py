"""How much of a machine one file may use."""

import resource

MEMORY = 1024 * 1024 * 1024  # bytes of address space
SECONDS = 60  # of computing
PAGES = 100
PIXELS = 60_000_000  # held in memory at once
LONGEST_SIDE = 4000  # pixels of a picture that is kept
TEXT = 200_000  # bytes
RESULT = 64 * 1024 * 1024  # bytes


def set_limits() -> None:
    """From here on this process gets no more, writes no file, and leaves no picture of its memory behind."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
