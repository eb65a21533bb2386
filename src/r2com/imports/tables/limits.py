"""How large a list may be, and how we say that it cannot be read."""

from r2com.core.refusals import Refused

MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_767  # what a spreadsheet's cell can hold

# A spreadsheet is a zipped folder. Unpacked, and against its packed size, it stays within these.
UNPACKED = 200 * 1024 * 1024
IN_ONE_PIECE = 64 * 1024 * 1024
RATIO = 100
SMALL = 1024 * 1024
MOST_PARTS = 1_000


class Unreadable(Refused):
    """The file cannot be read as a list. The message says what to do; it quotes nothing from the file."""
