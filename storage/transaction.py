"""The services' Transaction, in SQL that SQLite and PostgreSQL both understand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.archive import Archive
from storage.assessments import Assessments
from storage.cancelled import CancelledLists
from storage.dossier import Dossiers
from storage.evidence import Evidence
from storage.inbox import Inbox
from storage.invitations import Invitations
from storage.outbox import Outbox
from storage.people import People
from storage.stations import Stations

if TYPE_CHECKING:
    from bot.services.ports import Transaction
    from storage.statements import Connection


class SqlTransaction(
    People, Assessments, Evidence, Archive, Stations, Invitations, Dossiers, CancelledLists, Inbox, Outbox
):
    """Everything a use case may read and write, over one connection."""

    __slots__ = ()


def transaction(connection: Connection, worker: int) -> Transaction:
    """The Transaction of a connection that is inside one; `worker` is the number of this process among others."""
    return SqlTransaction(connection, worker)
