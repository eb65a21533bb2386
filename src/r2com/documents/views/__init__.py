"""The pages of papers, redacted copies, letters and their templates."""

from . import letters, papers, redacting, templates

__all__ = ["letters", "papers", "redacting", "templates"]
