"""Django's PostgreSQL, which is told before each statement who asks (see access/wall.py)."""
