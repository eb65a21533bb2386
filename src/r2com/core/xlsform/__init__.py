"""Forms as Kobo and ODK write them (XLSForm, see xlsform.org): read into an instrument, and written from one.

brought = read(data, "intake.xlsx")        # definition, languages, and what was left out, by name
data, left = write(definition, languages)
"""

from .carried import Left
from .reading import Brought, read
from .workbook import LARGEST_FILE
from .writing import write

__all__ = ["LARGEST_FILE", "Brought", "Left", "read", "write"]
