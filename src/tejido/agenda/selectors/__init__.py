"""Questions about agendas. Each says what it costs."""

from tejido.agenda.selectors.activities import activities_for, with_steps
from tejido.agenda.selectors.segments import (
    Clock,
    Led,
    Shown,
    clock_of,
    has_agenda,
    in_one_question,
    led_in,
    minutes_in,
    mix_of,
    segments_of,
    shown,
    too_early,
)

__all__ = [
    "Clock",
    "Led",
    "Shown",
    "activities_for",
    "clock_of",
    "has_agenda",
    "in_one_question",
    "led_in",
    "minutes_in",
    "mix_of",
    "segments_of",
    "shown",
    "too_early",
    "with_steps",
]
