"""Verifiers written by others, run on what we issue. `make verifiers` installs them elsewhere."""
