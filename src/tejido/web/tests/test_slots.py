"""Panels that other domains add to a page, and what asking for them costs."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.template import Context, Template
from django.test import RequestFactory

from tejido.directory.models import School
from tejido.directory.tests.factories import SchoolFactory
from tejido.web.slots import only_where

pytestmark = pytest.mark.django_db
SLOTS = {"tests.page": [f"tejido.web.tests.test_slots.{name}" for name in ("always", "of_alba", "of_nobody")]}


def always(_request, school):
    return f"always {school.name}"


@only_where(lambda: Exists(School.objects.filter(pk=OuterRef("pk"), name="El Alba")))
def of_alba(_request, _school):
    return "only of El Alba"


@only_where(lambda: Exists(School.objects.filter(pk=OuterRef("pk"), name="Nobody's")))
def of_nobody(_request, _school):
    return "<b>only of nobody's</b>"


def shown(subject):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    page = Template('{% load slots %}{% slot "tests.page" subject %}')
    return page.render(Context({"request": request, "subject": subject}))


def test_a_panel_with_a_condition_is_asked_only_where_it_holds_and_all_conditions_cost_one_query(
    settings, django_assert_num_queries
):
    settings.SLOTS = "tejido.web.tests.test_slots.SLOTS"
    alba, other = SchoolFactory(name="El Alba"), SchoolFactory(name="La Loma")
    with django_assert_num_queries(1):
        assert shown(alba) == "always El Alba\nonly of El Alba"
    with django_assert_num_queries(1):
        assert shown(other) == "always La Loma"


def test_what_a_panel_says_is_escaped(settings):
    settings.SLOTS = "tejido.web.tests.test_slots.SLOTS"
    assert "&lt;b&gt;" in shown(SchoolFactory(name="Nobody's"))
