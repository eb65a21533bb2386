"""Certificates: given, taken back, and checked by anybody."""
