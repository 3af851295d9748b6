"""Invented positions in every state: from an idea nobody has written out to what came of it."""

import json
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from networks.models import Network, Position, PositionStep, Representative
from portal.core.models import LineOfWork, Perspective, StrategyGoal
from portal.site.demo.people import Cast

POSITIONS = Path(__file__).with_name("influence.json")
LINE = "natverk"
SOURCE = "Påhittat exempel. Invented example."
CONCLUSIONS = {
    "influenced": "note_influenced",
    "partly": "note_partly_influenced",
    "not_influenced": "note_not_influenced",
}


def make_influence(cast: Cast, at) -> int:
    """Returns how many were made now."""
    there = set(Position.objects.values_list("slug", flat=True))
    everything = json.loads(POSITIONS.read_text(encoding="utf-8"))
    new = [raw for raw in everything if raw["slug"] not in there]
    for raw in new:
        position = _make_position(raw)
        for step in raw["steps"]:
            _make_step(position, step, timezone.localdate(at))
        _bring_on(position, raw, {"by": cast.users["handlaggare"], "at": at})
    return len(new)


def _make_position(raw: dict) -> Position:
    texts = {
        f"{name}_{code}": raw[f"{name}_{code}"]
        for name in ("title", "question", "aim")
        for code in ("sv", "en")
    }
    line = LineOfWork.objects.get(slug=LINE)
    position = Position.objects.create(
        slug=raw["slug"], line=line, source=SOURCE, invented=True, **texts
    )
    position.goals.set(StrategyGoal.objects.filter(slug__in=raw["goals"]))
    for tag in raw["tags"]:
        perspective = Perspective.objects.get(slug=tag["perspective"])
        position.tags.create(**{**tag, "perspective": perspective})
    return position


def _make_step(position: Position, raw: dict, day) -> None:
    given = dict(raw)
    taken_on = day - timedelta(days=given.pop("ago"))
    network = Network.objects.filter(slug=given.pop("network", None)).first()
    group = network and network.groups.filter(name_sv=given.pop("group", "")).first()
    carriers = Representative.objects.filter(network=network, start__lte=taken_on)
    step = PositionStep(
        position=position,
        taken_on=taken_on,
        network=network,
        group=group,
        carried_by=carriers.current(taken_on).first(),
        **given,
    )
    step.full_clean()
    step.save()


def _bring_on(position: Position, raw: dict, now: dict) -> None:
    """By the same verbs as everybody's."""
    state = raw["state"]
    if state == "prepared":
        position.prepare(**now)
    elif state != "idea":
        position.pursue(**now)
    if state == "laid_down":
        position.lay_down(**now)
    if state in CONCLUSIONS:
        getattr(position, CONCLUSIONS[state])(
            outcome_sv=raw["outcome_sv"],
            outcome_en=raw["outcome_en"],
            concluded_on=timezone.localdate(now["at"]) - timedelta(days=raw["concluded"]),
            **now,
        )
    if raw["publish"]:
        position.publish(**now)
