"""The papers of a case: those there are, making one of what is locked, and fetching it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kunnig.credentials import actions
from kunnig.credentials.formats import pdf
from kunnig.credentials.queries import papers as queries
from kunnig.kernel.text import isolated
from kunnig.kernel.verdict import Refused
from kunnig.web.casefile import doors, making
from kunnig.web.casefile.forms import PaperForm
from kunnig.web.http import held, opened, page

if TYPE_CHECKING:
    from uuid import UUID

    from kunnig.web.http import PersonRequest


@require_safe
def papers(request: PersonRequest, pk: UUID) -> HttpResponse:
    """List the papers of a case, and the locked mappings that can become one."""
    case = opened(request, doors.cases(request, None), pk)
    rows = queries.rows(doors.papers(request).filter(case=case))
    among = doors.mappings(request).filter(case=case)
    return page(
        request,
        "casefile/papers.html",
        {
            "case": case,
            "papers": making.cards(request, rows),
            **making.to_make(request, among, rows),
        },
    )


@require_POST
def make_paper(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Make the paper of a locked mapping."""
    mapping = held(doors.mappings(request), pk)
    form = PaperForm(request.POST)
    otherwise = doors.address(request, "papers", pk=mapping.case_id)
    if not form.is_valid():
        messages.error(request, _("The page was incomplete. Try again."))
        return doors.back(request, otherwise)
    try:
        paper = actions.issue(
            mapping_id=mapping.pk,
            verify_at=f"{settings.BASE_ADDRESS}{reverse('public:verify')}",
            by=request.user,
            at=request.at,
            **form.cleaned_data,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("The paper %(number)s is made. You can fetch it here.")
        messages.success(request, said % {"number": isolated(paper.number)})
    return doors.back(request, otherwise)


@require_safe
def paper(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Fetch a paper as PDF."""
    issued = opened(request, doors.papers(request), pk)
    answer = HttpResponse(pdf.printed(issued), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="kunnig-{issued.number}.pdf"'
    return answer
