"""What makes and changes papers, and what happens when somebody asks about one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kunnig.audit import actions as audit
from kunnig.cases import actions as cases
from kunnig.credentials import policies
from kunnig.credentials.formats import languages, law
from kunnig.credentials.formats.pdf import TEMPLATE_VERSION
from kunnig.credentials.formats.snapshot import as_json, hashed, newest
from kunnig.credentials.models import Paper, VerificationAttempt
from kunnig.credentials.queries import contents, papers
from kunnig.credentials.states import PaperKind
from kunnig.kernel import numbers
from kunnig.kernel.verdict import Refused
from kunnig.mapping.models import Mapping
from kunnig.organisations.queries import roles_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kunnig.credentials.queries.papers import Verification
    from kunnig.people.models import Person

# So many questions about codes from one address within so long: a class may try its papers, but
# nobody tries a list. A code cannot be guessed; this spares the service.
MOST_ATTEMPTS = 30
WITHIN = timedelta(minutes=10)


class AskedTooOftenError(Refused):
    """Too many questions about codes have come from one address."""


@transaction.atomic
def issue(
    *, mapping_id: UUID, language: str, operation: UUID, verify_at: str, by: Person, at: datetime
) -> Paper:
    """Make the paper of a locked mapping; `verify_at` is the address that its code is put after.

    `language` stands beside Swedish. A paper that says the very same is in force already: it is
    returned, not made again. Else the new one replaces the one in force. The same `operation`
    again returns what it made. Raises `Refused`.
    """
    mapping = _held(mapping_id)
    earlier = Paper.objects.filter(operation=operation).first()
    if earlier is not None:
        return _again(earlier, mapping, by)
    policies.may_issue(by, mapping, at).require()
    policies.may_stand_beside_swedish(language).require()

    valid = law.on(timezone.localdate(at))
    stored = as_json(contents.of(mapping, contents.Stamp(valid, verify_at, language)))
    before = papers.in_force(mapping.case, PaperKind(mapping.kind))
    if before is not None and hashed(newest(before.snapshot)) == hashed(stored):
        return before
    paper = Paper(
        case=mapping.case,
        mapping=mapping,
        kind=mapping.kind,
        number=numbers.drawn(
            timezone.localdate(at).year, taken=lambda n: Paper.objects.filter(number=n).exists()
        ),
        code=numbers.unguessable(),
        languages=f"{languages.SWEDISH} {language}",
        snapshot=stored,
        content_hash=hashed(stored),
        template_version=TEMPLATE_VERSION,
        law_version=valid.name,
        issued_by=by,
        issued_at=at,
        operation=operation,
    )
    if before is not None:
        _replace(before, paper, by, at)
    paper.save(force_insert=True)
    _trace("paper.issued", paper, by, at)
    return paper


def _held(mapping_id: UUID) -> Mapping:
    """Hold the case's row and fetch the mapping, which is locked for good or refused."""
    case = cases.locked(Mapping.objects.only("case_id").get(pk=mapping_id).case_id)
    mapping = Mapping.objects.select_related("approved_by", "locked_by").get(pk=mapping_id)
    mapping.case = case
    return mapping


def _again(earlier: Paper, mapping: Mapping, by: Person) -> Paper:
    if (earlier.mapping_id, earlier.issued_by_id) != (mapping.pk, by.pk):
        raise Refused(_("This form was already used for something else."))
    return earlier


def _replace(before: Paper, paper: Paper, by: Person, at: datetime) -> None:
    """Let `paper` follow `before`, whose holder's choice goes on with it.

    The key is set before the row exists, for only one paper of a kind may be without a successor;
    the database looks at the end of the transaction.
    """
    paper.shows_name = before.shows_name
    before.successor_id = paper.pk
    before.save(update_fields=["successor"])
    _trace("paper.replaced", before, by, at)


def _trace(verb: str, paper: Paper, by: Person, at: datetime) -> None:
    case = paper.case
    audit.record(verb=verb, target=paper, about=case.person, file=case, by=by, at=at)


@transaction.atomic
def choose(*, paper_id: UUID, shows_name: bool, by: Person, at: datetime) -> Paper:
    """Let the person choose whether their name is shown to who has the code. Raises `Refused`."""
    case = cases.locked(Paper.objects.only("case_id").get(pk=paper_id).case_id)
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper_id)
    paper.case = case
    policies.may_choose(by, paper).require()
    if paper.shows_name == shows_name:
        return paper

    paper.shows_name = shows_name
    paper.save(update_fields=["shows_name"])
    _trace("paper.choice_changed", paper, by, at)
    return paper


@transaction.atomic
def verify(*, code: str, address: str, at: datetime, by: Person | None = None) -> Verification:
    """Answer somebody who has a code, and let the person see that it was asked about.

    `address` is where the question comes from; `by` is who is signed in, if anybody is. One's own
    question leaves no line. Only codes that nobody has count against the limit: who checks many
    papers does their work. Raises `AskedTooOftenError`.
    """
    attempt = _counted(address, at)
    paper = papers.with_code(code)
    if paper is not None:
        attempt.delete()
    if paper is not None and by != paper.case.person:
        case = paper.case
        # Staff stand there as themselves; a neighbour who was shown the paper does not.
        reader = by if by is not None and roles_of(by, at) else None
        audit.record_reading_by_code(
            verb="paper.verified", of=paper, about=case.person, by=reader, file=case, at=at
        )
    return papers.verification_of(paper)


def _counted(address: str, at: datetime) -> VerificationAttempt:
    """Count one more question from an address; forget those that no longer count."""
    key = salted_hmac(f"verify {timezone.localdate(at)}", address, algorithm="sha256").hexdigest()
    VerificationAttempt.objects.filter(at__lt=at - WITHIN).delete()
    if VerificationAttempt.objects.filter(address_hash=key).count() >= MOST_ATTEMPTS:
        raise AskedTooOftenError(_("Too many codes have been asked about. Wait ten minutes."))
    return VerificationAttempt.objects.create(address_hash=key, at=at)
