"""What opening an invitation comes to, and what it gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.assessments.model import Assessment, Kind
from bot.assessments.permissions import may_fill, may_lead, may_report
from bot.stations.events import InvitationChanged, MembershipChanged, PersonForgotten
from bot.stations.invitations import (
    GUESSES,
    LIVES,
    MOST_GUESSES,
    WORTH_TELLING,
    Outcome,
    Stage,
    code_digest,
    digest,
    made,
    membership,
    named,
    opened,
    opening,
    said_code,
    stage,
)
from bot.stations.model import Invitation, InvitationState, Membership, Role
from bot.stations.roster import NOBODY, after

NOW = datetime(2017, 4, 21, 2, 42, tzinfo=UTC)
HEAD, SOMEBODY, ELSE = 1, 2, 3
OPEN = made(9, "words", station=1, role=Role.FILLER, by=HEAD, now=NOW)
TAKEN = opened(OPEN, SOMEBODY)


def outcome(invitation: Invitation | None, person: int = SOMEBODY, *, guesses: int = 0, at: datetime = NOW) -> Outcome:
    """What the person's opening comes to, who belongs to no station."""
    return opening(invitation, person, at, guesses=guesses, is_member=False)


def test_only_the_digest_of_the_words_is_kept() -> None:
    assert OPEN.digest == digest("words")
    assert "words" not in repr(OPEN).replace("digest", "")


@pytest.mark.parametrize(
    ("invitation", "person", "expected"),
    [
        (OPEN, SOMEBODY, Outcome.OPENED),
        (TAKEN, SOMEBODY, Outcome.RESUMED),
        (TAKEN, ELSE, Outcome.TAKEN),
        (None, SOMEBODY, Outcome.UNKNOWN),
        (replace(TAKEN, state=InvitationState.USED), SOMEBODY, Outcome.USED),
        (replace(TAKEN, state=InvitationState.REFUSED), SOMEBODY, Outcome.REFUSED),
        (replace(OPEN, state=InvitationState.WITHDRAWN), SOMEBODY, Outcome.WITHDRAWN),
    ],
)
def test_opening_comes_to_what_the_invitation_is(invitation: Invitation | None, person: int, expected: Outcome) -> None:
    assert outcome(invitation, person) is expected


def test_an_invitation_lives_seven_days_and_no_longer() -> None:
    assert outcome(OPEN, at=NOW + LIVES - timedelta(microseconds=1)) is Outcome.OPENED
    assert outcome(OPEN, at=NOW + LIVES) is Outcome.EXPIRED
    assert outcome(TAKEN, at=NOW + LIVES) is Outcome.EXPIRED


@pytest.mark.parametrize("invitation", [OPEN, None])
def test_whoever_guessed_too_often_is_not_told_a_right_link_from_a_wrong_one(invitation: Invitation | None) -> None:
    assert outcome(invitation, guesses=MOST_GUESSES) is Outcome.BLOCKED


def test_members_need_no_invitation() -> None:
    assert opening(OPEN, ELSE, NOW, guesses=0, is_member=True) is Outcome.ALREADY_IN
    assert opening(OPEN, HEAD, NOW, guesses=0, is_member=True) is Outcome.OWN


def test_what_gives_no_right_counts_as_a_guess_and_the_inviter_hears_of_it_where_there_is_one() -> None:
    fine = {Outcome.OPENED, Outcome.RESUMED, Outcome.ALREADY_IN, Outcome.OWN, Outcome.BLOCKED}
    assert set(Outcome) == fine | GUESSES
    assert {Outcome.UNKNOWN} == GUESSES - WORTH_TELLING


def test_one_is_asked_for_consent_then_the_code_then_a_name() -> None:
    coded = replace(TAKEN, by=None, code=code_digest(TAKEN.digest, "012345"))
    assert stage(coded) is Stage.CONSENT
    agreed = replace(coded, consent=1)
    assert stage(agreed) is Stage.CODE
    right = said_code(agreed, "012345")
    assert stage(right) is Stage.NAME
    assert named(right, "吉站长").state is InvitationState.USED
    assert named(replace(right, by=HEAD), "陈老师").state is InvitationState.WAITING


def test_the_last_wrong_code_ends_the_invitation() -> None:
    tried = replace(TAKEN, code=code_digest(TAKEN.digest, "012345"))
    for misses in range(1, MOST_GUESSES + 1):
        tried = said_code(tried, "543210")
        assert tried.misses == misses
        assert (tried.state is InvitationState.WITHDRAWN) is (misses == MOST_GUESSES)


def test_a_membership_is_what_the_invitation_was_for() -> None:
    used = replace(TAKEN, consent=1, name="陈老师")
    assert membership(used, NOW) == Membership(SOMEBODY, 1, Role.FILLER, "陈老师", NOW, 1)


MEMBER = Membership(SOMEBODY, 1, Role.FILLER, "陈老师", NOW, 1)
SELF = Assessment(7, "sichuan-2017", 1, Kind.SELF_ASSESSMENT, HEAD, NOW, station=1)


@pytest.mark.parametrize(
    ("member", "fills", "leads"),
    [
        (MEMBER, True, False),
        (replace(MEMBER, role=Role.CONTACT), True, False),
        (replace(MEMBER, role=Role.HEAD), True, True),
        (replace(MEMBER, deputy=True), True, True),
        (replace(MEMBER, role=Role.HEAD, ended_at=NOW), False, False),
        (replace(MEMBER, role=Role.HEAD, station=2), False, False),
        (replace(MEMBER, role=Role.HEAD, person=ELSE), False, False),
    ],
)
def test_a_self_assessment_is_filled_in_by_members_and_reported_by_who_leads(
    member: Membership, *, fills: bool, leads: bool
) -> None:
    assert may_fill(SOMEBODY, SELF, [member]) is fills
    assert may_report(SOMEBODY, SELF, [member]) is leads
    assert may_lead(SOMEBODY, 1, [member]) is leads


def test_who_began_a_self_assessment_has_no_right_to_it_by_that() -> None:
    assert not may_fill(HEAD, SELF, [])


def test_nobody_reports_a_practice_run() -> None:
    practice = replace(SELF, kind=Kind.PRACTICE, station=None, owner=SOMEBODY)
    assert may_fill(SOMEBODY, practice, [])
    assert not may_report(SOMEBODY, practice, [replace(MEMBER, role=Role.HEAD)])


def test_a_roster_reads_as_it_will_once_what_happened_is_kept() -> None:
    joined = after(NOBODY, [MembershipChanged(MEMBER), InvitationChanged(OPEN)], person=SOMEBODY, now=NOW)
    assert joined.mine() == (MEMBER,)
    assert joined.members(1) == (MEMBER,)
    assert joined.invitations(1) == (OPEN,)
    assert joined.find(OPEN.digest) == joined.invitation(9) == OPEN
    gone = after(joined, [PersonForgotten()], person=SOMEBODY, now=NOW)
    assert gone.mine() == ()
    assert [each.name for each in gone.members(1)] == [""]
    used = after(joined, [InvitationChanged(replace(OPEN, state=InvitationState.USED))], person=SOMEBODY, now=NOW)
    assert used.invitations(1) == ()
