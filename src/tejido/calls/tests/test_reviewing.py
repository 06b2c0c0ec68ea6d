"""Who reads, what they see, how they score: blind, alone, without those with whom they have to do."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.accounts.tests.factories import UserFactory
from tejido.calls import selectors, services
from tejido.calls.models import Application, Assignment, Conflict, Review
from tejido.calls.tests import factories as make
from tejido.directory.tests.factories import SchoolFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.policies import can

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(cast):
    """A call that Inês and Sole read, with criteria and three applications."""
    call = make.criteria(make.published(cast.network))
    services.name_reviewers(call, [cast.ines, cast.sole], actor=cast.rosa)
    for name in ("Marta Ruiz", "Julio Paz", "Nora Gil"):
        make.applied(call, name)
    return call


def points(call, *given):
    return dict(zip(call.criteria.values_list("pk", flat=True), given, strict=True))


def shown(client, user, application, name="read"):
    client.force_login(user)
    return client.get(reverse(f"calls:{name}", args=[application.pk]))


def code_of(deed):
    with pytest.raises(Refusal) as refused:
        deed()
    return refused.value.code


def test_reviewers_score_by_criteria_and_the_table_says_how_far_apart_they_are(cast, reading):
    first, second, _third = reading.applications.all()
    services.score(first, points(reading, 5, 5), actor=cast.ines)
    services.score(first, points(reading, 1, 2), actor=cast.sole)
    services.score(second, points(reading, 3, 3), actor=cast.ines)
    table = selectors.table_of(reading, cast.rosa)
    assert [(row.application.number, row.number) for row in table.rows] == [(1, 2), (2, 1), (3, 0)]
    row = table.rows[0]
    assert row.mean == pytest.approx(0.65)  # (1.0 + 0.3) / 2
    assert row.spread == pytest.approx(0.35)
    assert row.apart == pytest.approx(0.7)
    assert row.disagrees
    assert (table.rows[2].mean, table.rows[2].spread) == (None, None)


def test_a_criterion_of_twice_the_weight_makes_twice_as_much(cast):
    call = make.published(cast.network)
    services.add_criterion(call, {"name": "A", "most": 10, "weight": 2}, actor=cast.rosa)
    services.add_criterion(call, {"name": "B", "most": 5, "weight": 1}, actor=cast.rosa)
    services.name_reviewers(call, [cast.ines], actor=cast.rosa)
    services.score(make.applied(call), points(call, 10, 0), actor=cast.ines)
    assert selectors.table_of(call, cast.rosa).rows[0].mean == pytest.approx(2 / 3)


def test_scoring_again_replaces_and_wrong_points_are_refused(cast, reading):
    [first, *_] = reading.applications.all()
    services.score(first, points(reading, 1, 1), actor=cast.ines)
    services.score(first, points(reading, 4, 5), "Better than I thought", actor=cast.ines)
    assert Review.objects.count() == 1
    assert selectors.reviews_of(first)[0].lines == [("Motivation", 4, 5), ("Experience", 5, 5)]
    assert code_of(lambda: services.score(first, points(reading, 6, 0), actor=cast.ines)) == "out_of_range"
    assert code_of(lambda: services.score(first, {}, actor=cast.ines)) == "not_all_scored"
    assert code_of(lambda: services.remove_criterion(reading.criteria.first(), actor=cast.rosa)) == "scored"


def test_nobody_reads_anothers_points_before_the_review_is_closed(client, cast, reading):
    [first, *_] = reading.applications.all()
    services.score(first, points(reading, 2, 3), "The secret note", actor=cast.ines)
    assert "The secret note" not in shown(client, cast.sole, first).content.decode()
    assert "The secret note" in shown(client, cast.rosa, first).content.decode()
    services.close_review(reading, actor=cast.rosa)
    assert "The secret note" in shown(client, cast.sole, first).content.decode()
    assert code_of(lambda: services.score(first, points(reading, 5, 5), actor=cast.sole)) == "review_closed"
    services.reopen_review(reading, actor=cast.rosa)
    services.score(first, points(reading, 5, 5), actor=cast.sole)


def test_a_conflict_hides_the_application_and_takes_the_points_away(client, cast, reading):
    [first, *_] = reading.applications.all()
    services.score(first, points(reading, 5, 5), actor=cast.ines)
    client.force_login(cast.ines)
    client.post(reverse("calls:conflict", args=[first.pk]), {"words": "We share an office"})
    assert Conflict.objects.get().words == "We share an office"
    assert not Review.objects.exists()
    assert shown(client, cast.ines, first).status_code == 404
    assert client.post(reverse("calls:score", args=[first.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        services.score(first, points(reading, 5, 5), actor=cast.ines)
    assert "Marta Ruiz" not in client.get(reverse("calls:applications", args=[reading.pk])).content.decode()


def test_nobody_scores_or_chooses_her_own(cast, reading):
    by_account, _new = services.apply(
        reading, make.filled("Ines Prado", email="x@example.net"), actor=cast.ines
    )
    by_email = make.applied(reading, "Sole Vera", email=cast.sole.email)
    of_the_runner = make.applied(reading, "Rosa Díaz", email=cast.rosa.email)
    assert not can(cast.ines, "calls.review", by_account)
    assert not can(cast.sole, "calls.review", by_email)
    assert can(cast.ines, "calls.review", by_email)
    assert not can(cast.rosa, "calls.choose", of_the_runner)
    assert can(cast.tomas, "calls.choose", of_the_runner)


def test_a_blind_call_shows_neither_name_contact_school_nor_names_of_files(client, cast):
    call = make.criteria(make.published(cast.network, blind=True))
    services.name_reviewers(call, [cast.ines], actor=cast.rosa)
    school = SchoolFactory(name="Colegio Visible")
    made = make.applied(
        call, "Marta Ruiz", school=school, motivation="I teach.", video_link="https://vimeo.com/1"
    )
    services.keep_file(made, "video", make.film("marta-ruiz.mp4"))
    file = made.files.get()
    for address in (reverse("calls:read", args=[made.pk]), reverse("calls:applications", args=[call.pk])):
        client.force_login(cast.ines)
        seen = client.get(address).content.decode()
        for tells in ("Marta", "Ruiz", "example.net", "Colegio Visible", "marta-ruiz", "vimeo.com"):
            assert tells not in seen, (address, tells)
    assert "I teach." in client.get(reverse("calls:read", args=[made.pk])).content.decode()
    assert client.get(reverse("calls:read_file", args=[file.key])).status_code == 404
    services.change_call(call, {"shows_media": True}, actor=cast.rosa)
    played = client.get(reverse("calls:read_file", args=[file.key]))
    assert played.status_code == 200
    assert "marta" not in str(played.headers)
    client.force_login(cast.rosa)
    assert "Marta Ruiz" in client.get(reverse("calls:read", args=[made.pk])).content.decode()


def test_applications_are_shared_out_evenly_and_past_conflicts(cast):
    call = make.criteria(make.published(cast.network))
    others = [UserFactory() for _ in range(3)]
    services.name_reviewers(call, [cast.ines, *others], actor=cast.rosa)
    made = [make.applied(call, f"N{number} X", email=f"n{number}@example.net") for number in range(10)]
    own = make.applied(call, "Ines Prado", email=cast.ines.email)
    services.declare_conflict(made[0], actor=cast.ines)
    assert services.share_out(call, 2, actor=cast.rosa) == 22
    load = [one.assignments.count() for one in call.reviewers.all()]
    assert max(load) - min(load) <= 1
    assert all(one.assignments.count() == 2 for one in call.applications.all())
    hers = Assignment.objects.filter(reviewer__user=cast.ines).values_list("application_id", flat=True)
    assert made[0].pk not in hers and own.pk not in hers
    assert services.share_out(call, 2, actor=cast.rosa) == 0  # what was given stays
    assert set(selectors.applications_of(call, cast.ines).values_list("pk", flat=True)) == set(hers)
    services.stop_sharing_out(call, actor=cast.rosa)
    assert selectors.applications_of(call, cast.ines).count() == 9


def test_reviewers_are_people_who_can_sign_in_and_one_who_scored_stays(client, cast, reading, system):
    assert code_of(lambda: services.name_reviewers(reading, [system], actor=cast.rosa)) == "no_account"
    assert services.name_reviewers(reading, [cast.ines], actor=cast.rosa) == 0
    services.score(reading.applications.first(), points(reading, 1, 1), actor=cast.ines)
    ines = reading.reviewers.get(user=cast.ines)
    assert code_of(lambda: services.dismiss_reviewer(ines, actor=cast.rosa)) == "has_scored"
    services.dismiss_reviewer(reading.reviewers.get(user=cast.sole), actor=cast.rosa)
    assert reading.reviewers.count() == 1
    client.force_login(cast.rosa)
    page = reverse("calls:reviewers", args=[reading.pk])
    assert client.post(page, {"email": "nobody@example.org"}).status_code == 422
    client.post(page, {"email": cast.ze.email})
    assert can(cast.ze, "calls.review", reading.applications.first())  # from outside, for this call only
    assert not can(cast.ze, "communities.see", cast.network)


def test_the_pages_of_reading_cost_the_same_at_any_number(client, cast, django_assert_max_num_queries):
    call = make.criteria(make.published(cast.network))
    services.name_reviewers(call, [cast.ines], actor=cast.rosa)
    made = [make.applied(call, f"N{number} X", email=f"n{number}@example.net") for number in range(20)]
    services.score(made[0], points(call, 3, 3), actor=cast.ines)
    for user, name, args in (
        (cast.rosa, "applications", call.pk),
        (cast.ines, "applications", call.pk),
        (cast.rosa, "reviewers", call.pk),
        (cast.rosa, "call", call.pk),
        (cast.rosa, "list", cast.network.pk),
        (cast.rosa, "read", made[0].pk),
        (cast.ines, "read", made[0].pk),
    ):
        client.force_login(user)
        with django_assert_max_num_queries(12):
            assert client.get(reverse(f"calls:{name}", args=[args])).status_code == 200, name
    assert Application.objects.count() == 20
