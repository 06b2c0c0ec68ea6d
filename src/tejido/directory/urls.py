from __future__ import annotations

from django.urls import URLPattern, path

from tejido.directory.views import consents, doubles, organisations, people, picks, posts, schools

app_name = "directory"
urlpatterns: list[URLPattern] = [
    path("me/", people.me, name="me"),
    path("me/claim/", people.claim, name="claim"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.edit_person, name="edit_person"),
    path("people/<int:pk>/contact/", people.edit_contacts, name="edit_contacts"),
    path("people/<int:pk>/skills/", people.edit_skills, name="edit_skills"),
    path("people/<int:pk>/attributes/", people.edit_attributes, name="edit_attributes"),
    path("people/<int:pk>/history/", people.person_history, name="person_history"),
    path("people/<int:pk>/consent/", consents.consents, name="consents"),
    path(
        "people/<int:pk>/consent/<slug:purpose>/<slug:answer>/",
        consents.answer_consent,
        name="answer_consent",
    ),
    path("people/<int:pk>/posts/add/", posts.take_up_post, name="take_up_post"),
    path("people/<int:pk>/posts/<int:post_pk>/leave/", posts.leave_post, name="leave_post"),
    path("people/<int:pk>/posts/<int:post_pk>/take-back/", posts.take_back_post, name="take_back_post"),
    path("people/<int:pk>/posts/<int:post_pk>/keep/", posts.keep_post, name="keep_post"),
    path("people/doubles/", doubles.doubles, {"of": "people"}, name="doubles_people"),
    path("people/<int:pk>/merge/", doubles.choose_other, {"of": "people"}, name="choose_people"),
    path("people/<int:pk>/merge/<int:other_pk>/", doubles.merge, {"of": "people"}, name="merge_people"),
    path("people/<int:pk>/apart/<int:other_pk>/", doubles.tell_apart, {"of": "people"}, name="apart_people"),
    path("apart/<int:pk>/undo/", doubles.propose_again, name="propose_again"),
    path("merges/<int:pk>/undo/", doubles.undo_merge, name="undo_merge"),
    path("schools/", schools.schools, name="schools"),
    path("schools/add/", schools.add_school, name="add_school"),
    path("schools/<int:pk>/", schools.school, name="school"),
    path("schools/<int:pk>/edit/", schools.edit_school, name="edit_school"),
    path("schools/<int:pk>/profile/", schools.record_profile, name="record_profile"),
    path("schools/<int:pk>/profile/<int:profile_pk>/forget/", schools.forget_profile, name="forget_profile"),
    path("schools/doubles/", doubles.doubles, {"of": "schools"}, name="doubles_schools"),
    path("schools/<int:pk>/merge/", doubles.choose_other, {"of": "schools"}, name="choose_schools"),
    path("schools/<int:pk>/merge/<int:other_pk>/", doubles.merge, {"of": "schools"}, name="merge_schools"),
    path(
        "schools/<int:pk>/apart/<int:other_pk>/", doubles.tell_apart, {"of": "schools"}, name="apart_schools"
    ),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/add/", organisations.add_organisation, name="add_organisation"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<int:pk>/edit/", organisations.edit_organisation, name="edit_organisation"),
    path("suggest/<slug:kind>/", picks.suggest, name="suggest"),
]
