"""What somebody might put where something else belongs."""

NUMBERS = ["-1", "1e400", "NaN", "sNaN", "Infinity", str(10**30), "9" * 5000, "٣", "1_000", "0.5", "1e-400"]
DAYS = ["0000-00-00", "0001-01-01", "9999-12-31", "2026-02-30", "1900-01-01", "٢٠٢٦-٠١-٠١", "12026-01-01"]
WORDS = [
    "",
    " ",
    "\n",
    "x" * 100_000,
    "😀" * 201,
    "é" * 90,
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202eesrever 👩‍👩‍👧 \u200f",
    "{{ 7 }} {sharing} {0.__class__} %s %(name)s",
    "' OR 1=1 --",
    "../../etc/passwd",
    "//example.org/",
    "a@b",
    "null",
    "[" * 50_000,
    '{"id": []}',
]
LETTERS = [words for words in WORDS if len(words) < 1000]
NUL = ["\0", "a\0b"]
BROKEN = [b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"%zz"]
IDS = ["00000000-0000-0000-0000-000000000000", "0190b7a0-0000-7000-8000", "{}", "A1"]
EXTRA = ["seen", "conflict", "end", "look", "keep_name", "go", "step", "next", "is_staff", "pk"]

ANYTHING = [*NUMBERS, *DAYS, *WORDS, *NUL, *BROKEN, *IDS]
