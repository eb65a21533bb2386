"""Copies of an installation: taken, brought back, and tried out. Data and keys never share one."""
