"""Visits: who goes to which school on which day, over a season, with travel, rest between visits and fair loads.

`planning.plan_visits` makes the plan, `replanning.replan` mends it after a change, `checking.faults` proves that a
plan keeps every rule. See `model` for what goes in and what comes out.
"""
