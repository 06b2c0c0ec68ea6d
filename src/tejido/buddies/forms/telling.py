"""What can you share, what would you like to learn: a line for each topic, and how one wants to be found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tejido.buddies.models import FARTHEST_KM, LANGUAGES, Profile
from tejido.buddies.values import Told
from tejido.directory.models import Skill, Topic


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic with what is ticked and said."""

    pk: int
    name: str
    offered: bool
    wanted: bool
    level: int


class TellForm(forms.Form):
    """The lines of topics are read from what was sent (`offered`, `wanted`, `level-<pk>`); the rest are fields."""

    missed_offered = forms.CharField(
        label=_("I can share something that is not on the list"),
        required=False,
        max_length=300,
        help_text=_("With commas between. The coordination puts it on the list."),
    )
    missed_wanted = forms.CharField(
        label=_("I would like to learn something that is not on the list"),
        required=False,
        max_length=300,
    )
    findable = forms.BooleanField(
        label=_("People of my communities may read my name beside what I can share"), required=False
    )
    open_to_buddy = forms.BooleanField(
        label=_("I would like a buddy: somebody to learn with, two by two"), required=False
    )
    way = forms.ChoiceField(
        label=pgettext_lazy("how buddies talk", "How"),
        choices=Profile.Way.choices,
        initial=Profile.Way.EITHER,
        widget=forms.RadioSelect,
    )
    km = forms.IntegerField(
        label=_("If near: how many kilometres away at most"),
        required=False,
        min_value=1,
        max_value=FARTHEST_KM,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which I can talk"),
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, profile: Profile, topics: list[Topic], **more: Any) -> None:
        more["initial"] = {
            "findable": profile.findable,
            "open_to_buddy": profile.open_to_buddy,
            "way": profile.way,
            "km": profile.km,
            "languages": profile.spoken,
        }
        super().__init__(*args, **more)
        self.topics = topics
        rows = [] if self.is_bound else profile.person.skills.values_list("side", "topic_id", "level")
        self.known = {(str(side), topic): level for side, topic, level in rows}

    def _ticked(self, side: str) -> set[int]:
        if self.is_bound:
            return {int(key) for key in self.data.getlist(side) if key.isdigit()}  # type: ignore[attr-defined]
        return {topic for known, topic in self.known if known == side}

    def _level(self, topic: int) -> int:
        sent = self.data.get(f"level-{topic}", "") if self.is_bound else ""
        if sent in {str(level) for level in Skill.Level.values}:
            return int(str(sent))
        return self.known.get((Skill.Side.OFFERED, topic)) or 0

    def lines(self) -> list[TopicLine]:
        """Each topic with what is ticked; those that are ticked first."""
        offered, wanted = self._ticked(Skill.Side.OFFERED), self._ticked(Skill.Side.WANTED)
        language = get_language() or "es"
        return [
            TopicLine(one.pk, one.name(language), one.pk in offered, one.pk in wanted, self._level(one.pk))
            for one in self.topics
        ]

    def told(self) -> Told:
        """What was said, for `services.tell`."""
        given = self.cleaned_data
        keys = {one.pk for one in self.topics}
        missed = [
            (words.strip(), side)
            for side in Skill.Side.values
            for words in given[f"missed_{side}"].split(",")
            if words.strip()
        ]
        return Told(
            offered={key: self._level(key) or None for key in self._ticked(Skill.Side.OFFERED) & keys},
            wanted=self._ticked(Skill.Side.WANTED) & keys,
            missed=tuple(missed),
            findable=given["findable"],
            open_to_buddy=given["open_to_buddy"],
            way=given["way"],
            km=given["km"],
            languages=tuple(given["languages"]),
        )
