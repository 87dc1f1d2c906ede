"""Whose the points of a contribution are: its member's, their household's, team's, the studio's, or shared. Pure."""

from __future__ import annotations

from points import chart
from points.awards.arithmetic import Claim, figures_of_a_pool
from points.awards.caps import Step
from points.awards.shares import split

HUNDRED = 100
Share = tuple[str, int]
Division = tuple[int, tuple[Share, ...], tuple[Step, ...]]
"""The member's own points, what others get, and the steps that say so. They sum to what was divided."""


def divide(claim: Claim, points: int) -> Division:
    """Divide what a contribution comes to under every cap among those whom its rule gives it to.

    Who earns together and is not there, because the member lives in no household or is in no team, or the mediation
    names no studio, leaves nothing behind: then nobody gets it, and the arithmetic says why.
    """
    rule = claim.rule
    if rule.studio_percent and claim.case.studio and points:
        return _with_studio(claim, points)
    if rule.earns == "member" or not points:
        return points, (), ()
    owner = owner_of(claim)
    if owner is None:
        return 0, (), ({"step": "no_earner", "earns": rule.earns},)
    return 0, ((owner, points),), ({"step": "earner", "owner": owner, "points": points},)


def owner_of(claim: Claim) -> str | None:
    """Whose accounts the points of a rule that gives to somebody else go to; None when there is no such one.

    Of several teams it is the first by number, of those that the rule names where it names some.
    """
    rule, doing = claim.rule, claim.doing
    if rule.earns == "household":
        return chart.household(doing.household) if doing.household else None
    if rule.earns == "studio":
        return chart.group(claim.case.studio) if claim.case.studio else None
    mine = sorted(each for each in doing.teams if each.startswith("T-"))
    named = [each for each in mine if not rule.teams or each in rule.teams]
    return chart.group(named[0]) if named else None


def _with_studio(claim: Claim, points: int) -> Division:
    """The studio's percent of the whole pool by largest remainder, spread over the contributions as the pool is so that
    they give it exactly that together. What a cap cut down is divided by itself."""
    pool, claims, place = figures_of_a_pool(claim)
    percent = claim.rule.studio_percent
    whole = split(pool, claims)[place]
    if points == whole:
        studio = min(split(split(pool, [percent, HUNDRED - percent])[0], claims)[place], points)
    else:
        studio = split(points, [percent, HUNDRED - percent])[0]
    if not studio:
        return points, (), ()
    owner = chart.group(claim.case.studio)
    step: Step = {"step": "studio", "owner": owner, "percent": percent, "points": studio}
    return points - studio, ((owner, studio),), (step,)
