"""The codes of what can keep a database from being used; `locales/*/storage.po` holds their sentences."""

from __future__ import annotations

from enum import StrEnum


class StorageCode(StrEnum):
    """One code for each refusal; released codes keep their meaning."""

    LOST = "D001"
    FOLDER = "D002"
    UNREADABLE = "D003"
    NOT_WRITABLE = "D004"
    NEWER = "D005"
    FOREIGN = "D006"
    BUSY = "D007"
    IN_USE = "D008"
    NO_DRIVER = "D009"
    ADDRESS = "D010"
    OLD_SQLITE = "D011"
    EXISTS = "D012"
    NOT_WRITTEN = "D013"
    DAMAGED_COPY = "D014"
    NO_BACKUP = "D015"
    NOT_DURABLE = "D016"
    NO_DATABASE = "D017"
    UNREACHABLE = "D018"
    UNSUITABLE = "D019"
    OLDER = "D020"
    USE_PG_DUMP = "D021"
    NOT_EMPTY = "D022"
    COPY_DIFFERS = "D023"
    NOT_COPIED = "D024"
    NO_SERVER = "D025"
