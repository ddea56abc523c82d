"""What somebody is at a station, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.screen import Say, say
from bot.stations.model import Role

if TYPE_CHECKING:
    from bot.stations.model import Membership

ROLES: Final = {Role.FILLER: "role.filler", Role.CONTACT: "role.contact", Role.HEAD: "role.head"}


def role_words(membership: Membership) -> Say:
    """The role of a member, and whether they stand in for the head."""
    role = say(ROLES[membership.role])
    return say("role.deputy", role=role) if membership.deputy else role
