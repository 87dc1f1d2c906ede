"""Service certificates: asked for by the member or at the counter, printed, and checked by anybody with the number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.honours import certificates, hours, numbers, stars
from points.honours.certificates import Standing
from points.honours.errors import BadCertificateNumber, UnknownCertificate
from points.openness import masking
from points.people import areas, directory, members
from web import access, bodies, forms, honour_words, limits, pages, pdf, qr, register, words
from web.access import form
from web.i18n import N_, Say
from web.refusals import said
from web.views import hours as hours_page
from web.views.hours import Asked

WRONG_AT_MOST = 20
PER = timedelta(hours=1)
"""An address may name so many numbers that are none before it has to wait."""
LINES = 12
"""So many kinds of service stand on a certificate; what else there was is one line more."""


async def ask(request: Request) -> Response:
    """POST /certificates: one's own."""
    return await _issue(request, access.who(request).member, own=True)


async def ask_for(request: Request) -> Response:
    """POST /members/{member}/certificates: over the counter."""
    known = await register.the_member(request)
    return await _issue(request, known.member.number, own=False)


async def _issue(request: Request, member: str, *, own: bool) -> Response:
    filled = forms.read(Asked, form(request))
    value = filled.value
    if value is None:
        return await hours_page.shown(request, member, filled, own=own)
    book, by = access.book(request), access.who(request).member
    try:
        row = await certificates.issue(
            book, member, since=value.since, until=value.until, by=by, key=value.key
        )
    except PointsError as refusal:
        return await hours_page.shown(request, member, filled.failed("since", said(refusal)), own=own)
    return pages.see(f"/certificates/{row.number}/paper")


async def look(request: Request) -> Response:
    """GET /certificates?number=: for who has it on paper and cannot scan."""
    typed = bodies.query(request).one("number").strip()
    if not typed:
        return pages.render(request, "certificate_look.html", refusal=None, number="")
    number = numbers.read(typed)
    if number is None:
        refusal = said(BadCertificateNumber())
        return pages.render(
            request, "certificate_look.html", status_code=422, refusal=refusal, number=typed[:40]
        )
    return pages.see(f"/certificates/{number}")


async def show(request: Request) -> Response:
    """GET /certificates/{number}: what it says, and whether it still stands, for anybody who has the number."""
    book, now = access.book(request), request.app.state.now()
    here = "certificate:" + limits.address(request)
    await limits.require(book, here, most=WRONG_AT_MOST, now=now)
    try:
        row = await certificates.find(book, request.path_params["number"])
    except (BadCertificateNumber, UnknownCertificate) as refusal:
        await limits.count(book, here, per=PER, now=now)
        return pages.render(
            request, "certificate_look.html", status_code=404, refusal=said(refusal), number=""
        )
    standing = await certificates.standing(book, row)
    someone = (await members.many(book, [standing.member])).get(standing.member)
    return pages.render(
        request,
        "certificate.html",
        standing=standing,
        row=row,
        name=masking.mask(someone.name) if someone and someone.name else "",
        place=(await areas.many(book, [row.area])).get(row.area),
        mine=await _may_print(request, standing),
        **_shared(),
    )


async def paper(request: Request) -> Response:
    """GET /certificates/{number}/paper: the sheet to print, for its member and for the counter."""
    context = await _paper(request)
    return pages.render(request, "certificate_paper.html", pdf=pdf.available(), **context)


async def as_pdf(request: Request) -> Response:
    """GET /certificates/{number}/certificate.pdf: the same sheet as a file."""
    context = await _paper(request)
    if not pdf.available():
        raise HTTPException(404)
    html = bytes(pages.render(request, "certificate_pdf.html", **context).body).decode()
    name = f'attachment; filename="certificate-{context["row"].number}.pdf"'
    content = await pdf.write(html, "certificate.css")
    return Response(content, media_type="application/pdf", headers={"Content-Disposition": name})


async def _paper(request: Request) -> dict[str, Any]:
    """What stands on the sheet; 404 for who may not print it, and when its member was forgotten."""
    book = access.book(request)
    try:
        row = await certificates.find(book, request.path_params["number"])
    except (BadCertificateNumber, UnknownCertificate):
        raise HTTPException(404) from None
    standing = await certificates.standing(book, row)
    if standing.erased_on or not await _may_print(request, standing):
        raise HTTPException(404)
    someone = (await members.many(book, [standing.member]))[standing.member]
    content = hours.by_content(standing.served)
    rest = content[LINES:]
    where = str(request.url_for("certificates.show", number=row.number))
    return {
        "standing": standing,
        "row": row,
        "name": someone.name,
        "place": (await areas.many(book, [row.area])).get(row.area),
        "content": content[:LINES],
        "rest": (len(rest), sum(line[2] for line in rest), sum(line[3] for line in rest)) if rest else None,
        "code": qr.inline(where, label=str(Say(N_("查验这张证明的二维码")))),
        "where": where,
        "star": stars.star(row.minutes),
        **_shared(),
    }


async def _may_print(request: Request, standing: Standing) -> bool:
    """Whether the person asking is its member, or keeps the register where the member is."""
    asking = access.visitor(request)
    if asking is None:
        return False
    if asking.member == standing.member:
        return True
    mine = register.mine(asking)
    return bool(mine) and await directory.known(access.book(request), standing.member, mine) is not None


def _shared() -> dict[str, Any]:
    return {"told": honour_words, "words": words, "shown_number": numbers.shown, "day_of": date.fromisoformat}
