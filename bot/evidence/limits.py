"""How much is taken: of one file, of what is packed in it, and of a picture."""

from __future__ import annotations

from typing import Final

MEGABYTE: Final = 2**20

MOST_BYTES: Final = 20 * MEGABYTE
"""Telegram gives bots no larger file."""

MOST_OF_A_WORKBOOK: Final = 4 * MEGABYTE
"""Of a file that is fetched only because it may be a returned workbook; one of a whole assessment has 50 KB."""

MOST_PIXELS: Final = 120_000_000
"""The largest cameras of telephones take 108 million."""

LONGEST_SIDE: Final = 30_000

MOST_PARTS: Final = 5_000
"""Parts of a DOCX or XLSX file; one of a thousand pictures has about half as many."""

MOST_UNPACKED: Final = 150 * MEGABYTE

MOST_RATIO: Final = 100
"""How much larger a packed file may be once unpacked, if that is more than `LEAST_SUSPECT`."""

LEAST_SUSPECT: Final = 10 * MEGABYTE

DEEPEST: Final = 1
"""A document may hold a table as a file of its own; that one may hold none."""

LONGEST_NAME: Final = 120
LONGEST_NOTE: Final = 1_000
"""Characters of a file's name and of a note that are kept."""
