"""How a rule says no."""


class Refused(Exception):
    """A rule of the work says no. The message says why, and what to do instead."""


class Changed(Refused):
    """Somebody else kept another version meanwhile. Nothing was overwritten."""
