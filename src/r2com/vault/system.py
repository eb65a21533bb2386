"""The owner of what belongs to the installation itself, such as second-factor secrets."""

from uuid import UUID

SYSTEM = UUID(int=0)
