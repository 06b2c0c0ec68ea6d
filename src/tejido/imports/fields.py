"""The fields that a column may be, for each kind of list, and the words of lists for functions and roles."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Role
from tejido.directory.models import Post
from tejido.foundation.tables.columns import SESSION
from tejido.foundation.tables.plain import plain
from tejido.imports.models import ImportRun

Kind = ImportRun.Kind
PERSON = {
    "full_name": pgettext_lazy("field of a list", "Whole name"),
    "given_names": pgettext_lazy("field of a list", "Given names"),
    "given_names_2": pgettext_lazy("field of a list", "Second given name"),
    "family_names": pgettext_lazy("field of a list", "Surnames"),
    "family_names_2": pgettext_lazy("field of a list", "Second surname"),
    "list_code": pgettext_lazy("field of a list", "Code or document of the person"),
    "email": pgettext_lazy("field of a list", "E-mail"),
    "phone": pgettext_lazy("field of a list", "Phone"),
    "school_code": pgettext_lazy("field of a list", "Official code of the school"),
    "school_name": pgettext_lazy("field of a list", "Name of the school"),
}
WORK = {
    "function": pgettext_lazy("field of a list", "Function at the school"),
    "subject": pgettext_lazy("field of a list", "Subject"),
    "level": pgettext_lazy("field of a list", "Level or grade"),
    "teaching_since": pgettext_lazy("field of a list", "Teaching since (year)"),
}
MEMBERSHIP = {
    "community": pgettext_lazy("field of a list", "Node or other community inside this one"),
    "role": pgettext_lazy("field of a list", "Role in the community"),
    "starts_on": pgettext_lazy("field of a list", "Member since"),
    "ends_on": pgettext_lazy("field of a list", "Member until"),
}
CONSENTS = {
    "consent_contact": pgettext_lazy("field of a list", "Consent: contact"),
    "consent_analytics": pgettext_lazy("field of a list", "Consent: analytics"),
    "consent_photograph": pgettext_lazy("field of a list", "Consent: photographs"),
    "consent_publication": pgettext_lazy("field of a list", "Consent: publication of the name"),
    "consent_research": pgettext_lazy("field of a list", "Consent: research"),
}
ATTRIBUTES = {
    "gender": pgettext_lazy("field of a list", "Gender"),
    "origin": pgettext_lazy("field of a list", "People or community of origin"),
    "first_language": pgettext_lazy("field of a list", "First language"),
    "disability": pgettext_lazy("field of a list", "Disability"),
}
PERSONAL = {
    **ATTRIBUTES,
    **CONSENTS,
    "consent_on": pgettext_lazy("field of a list", "Date of the consents"),
}
OF_THE_SCHOOL = {
    "district": pgettext_lazy("field of a list", "District of the school"),
    "sector": pgettext_lazy("field of a list", "Sector of the school"),
}
GATHERING = {
    "gathering_id": pgettext_lazy("field of a list", "Number of the gathering"),
    "gathering_title": pgettext_lazy("field of a list", "Title of the gathering"),
    "date": pgettext_lazy("field of a list", "Date of the gathering"),
    "status": pgettext_lazy("field of a list", "Attendance"),
    "minutes": pgettext_lazy("field of a list", "Minutes present"),
    SESSION: pgettext_lazy("field of a list", "A gathering (its marks stand below)"),
}
MEETING = {
    "gathering_id": pgettext_lazy("field of a list", "Number of the gathering"),
    "gathering_title": pgettext_lazy("field of a list", "Title of the gathering"),
    "gathering_kind": pgettext_lazy("field of a list", "Kind of gathering"),
    "modality": pgettext_lazy("field of a list", "On site or online"),
    "date": pgettext_lazy("field of a list", "Date of the gathering"),
    "starts": pgettext_lazy("field of a list", "Start: hour, or date and hour"),
    "ends": pgettext_lazy("field of a list", "End: hour, or date and hour"),
    "place": pgettext_lazy("field of a list", "Place"),
    "latitude": pgettext_lazy("field of a list", "Latitude"),
    "longitude": pgettext_lazy("field of a list", "Longitude"),
    "community": pgettext_lazy("field of a list", "Node or other community inside this one"),
}
TIE = {
    "source": pgettext_lazy("field of a list", "Who the tie comes from: name, e-mail or code"),
    "target": pgettext_lazy("field of a list", "Who it goes to: name, e-mail or code"),
    "tie_kind": pgettext_lazy("field of a list", "Kind of tie"),
    "weight": pgettext_lazy("field of a list", "How often or how strong"),
    "date": pgettext_lazy("field of a list", "Date of the tie"),
}
SCHOOL = {
    "code": pgettext_lazy("field of a list", "Official code"),
    "check_digit": pgettext_lazy("field of a list", "Check digit of the code"),
    "name": pgettext_lazy("field of a list", "Name"),
    "establishment": pgettext_lazy("field of a list", "Name of the establishment that it is a site of"),
    "region": pgettext_lazy("field of a list", "Region"),
    "region_code": pgettext_lazy("field of a list", "Code of the region"),
    "municipality": pgettext_lazy("field of a list", "Municipality"),
    "municipality_code": pgettext_lazy("field of a list", "Code of the municipality"),
    "district": pgettext_lazy("field of a list", "District"),
    "address": pgettext_lazy("field of a list", "Address"),
    "latitude": pgettext_lazy("field of a list", "Latitude"),
    "longitude": pgettext_lazy("field of a list", "Longitude"),
    "easting": pgettext_lazy("field of a list", "Easting (British grid)"),
    "northing": pgettext_lazy("field of a list", "Northing (British grid)"),
    "rural": pgettext_lazy("field of a list", "Rural"),
    "sector": pgettext_lazy("field of a list", "Sector"),
    "state": pgettext_lazy("field of a list", "Open or closed"),
    "profile_on": pgettext_lazy("field of a list", "Year or date of the figures"),
    "enrolment": pgettext_lazy("field of a list", "Enrolment"),
    "staff": pgettext_lazy("field of a list", "Staff"),
    "educators": pgettext_lazy("field of a list", "Educators"),
    "technicians": pgettext_lazy("field of a list", "Technicians"),
    "staff_on_leave": pgettext_lazy("field of a list", "Staff on leave"),
}
FIELDS: Mapping[str, Mapping[str, object]] = {
    Kind.PEOPLE: {**PERSON, **WORK, **MEMBERSHIP, **PERSONAL, **OF_THE_SCHOOL},
    Kind.MEMBERSHIPS: {**PERSON, **WORK, **MEMBERSHIP, **PERSONAL, **OF_THE_SCHOOL},
    Kind.ATTENDANCE: {**PERSON, **GATHERING},
    Kind.SCHOOLS: SCHOOL,
    Kind.GATHERINGS: MEETING,
    Kind.TIES: TIE,
}
DATES = {"date", "starts", "ends", "starts_on", "ends_on", "profile_on", "consent_on"}
# Columns that may replace what stands here, and the fields that each of them then replaces.
REPLACES: Mapping[str, frozenset[str]] = {
    "full_name": frozenset({"given_names", "family_names"}),
    "given_names": frozenset({"given_names"}),
    "given_names_2": frozenset({"given_names"}),
    "family_names": frozenset({"family_names"}),
    "family_names_2": frozenset({"family_names"}),
    **{
        name: frozenset({name})
        for name in (
            "list_code",
            "email",
            "phone",
            "function",
            "subject",
            "level",
            "teaching_since",
            *ATTRIBUTES,
        )
    },
}
LEFT_OUT = _("Leave out")


def may_replace(kind: str, field: str) -> bool:
    """Whether a column of such a list may replace what stands here: what is said of people, on lists of people."""
    return kind in {Kind.PEOPLE, Kind.MEMBERSHIPS} and field in REPLACES


def words_of(table: dict[str, str]) -> dict[str, str]:
    """ "a|b" by meaning, turned round: plain word -> meaning."""
    return {plain(word): str(key) for key, words in table.items() for word in words.split("|")}


_FUNCTIONS = words_of(
    {
        Post.Function.TEACHER: "docente|profesor|profesora|maestro|maestra|educador|educadora|teacher|professor|educadora de parvulos|tutor|instructor|docente de aula",
        Post.Function.SENIOR_LEADER: "rector|rectora|director|directora|principal|headteacher|head teacher|head|diretor|diretora|subdirector|subdirectora|vicerrector|deputy head|directivo|directiva|directivo docente",
        Post.Function.MIDDLE_LEADER: "coordinador|coordinadora|coordenador|coordenadora|jefe utp|jefa utp|jefe de area|jefa de area|head of department|coordinador academico|coordinadora academica|jefe de departamento",
        Post.Function.SUPPORT: "orientador|orientadora|psicologo|psicologa|bibliotecario|bibliotecaria|tecnico|tecnica|tecnica en parvulos|asistente|asistente de la educacion|docente de apoyo|support|teaching assistant|auxiliar|psicopedagogo|psicopedagoga|educador diferencial|educadora diferencial",
        Post.Function.OFFICIAL: "funcionario|funcionaria|supervisor|supervisora|asesor tecnico|official|inspector|inspectora|profesional de la secretaria|adviser",
        Post.Function.RESEARCHER: "investigador|investigadora|researcher|pesquisador|pesquisadora",
        Post.Function.OUTSIDE: "facilitador|facilitadora|mediador|mediadora|facilitator|externo|externa|formador|formadora|mentor|mentora",
    }
)
_ROLES = words_of(
    {
        Role.MEMBER: "miembro|integrante|member|docente|participante|participant|membro|socio|activo|activa|asistente|profesor|profesora",
        Role.NODE_LEADER: "lider|lider de nodo|lideresa|lideresa de nodo|node leader|leader|lider do nucleo|dinamizador de nodo|dinamizadora de nodo|representante de nodo",
        Role.COORDINATOR: "coordinador|coordinadora|coordinacion|coordinator|coordenador|coordenadora|dinamizador|dinamizadora|tc|territorial coordinator",
        Role.FACILITATOR: "facilitador|facilitadora|facilitator|mediador|mediadora|mediator|facilitacion|acompanante",
        Role.RESEARCHER: "investigador|investigadora|researcher|pesquisador|pesquisadora",
        Role.STEWARD: "secretaria|steward|entidad|administrador|administradora|gestor|gestora",
        Role.REPRESENTATIVE: "representante|representative|organisation representative|representante de la organizacion|aliado|aliada",
    }
)


_GENDERS = words_of(
    {
        "F": "f|femenino|femenina|mujer|female|woman|feminino|feminina|mulher|fem",
        "M": "masculino|masculina|hombre|varon|male|man|homem|masc|h",
        "X": "x|nb|no binario|no binaria|no binarie|non binary|nonbinary|nao binario|nao binaria|nao binarie",
    }
)


def gender_of(text: str, *, m_is: str) -> str:
    """One form for the usual words: F, M, X; others as they are written. m_is: what a bare "M" means in this column.

    >>> gender_of("Mujer", m_is="M"), gender_of("m", m_is="F"), gender_of("Muxe", m_is="M")
    ('F', 'F', 'Muxe')
    """
    word = plain(text)
    return m_is if word == "m" else _GENDERS.get(word, " ".join(text.split()))


def function_of(text: str) -> str | None:
    """The `Post.Function` that a list means, or None.

    >>> function_of("Directora"), function_of("astronauta")
    ('senior_leader', None)
    """
    word = plain(text)
    if word in Post.Function.values:
        return word
    return _FUNCTIONS.get(word) or _FUNCTIONS.get(word.split(" ")[0])


def role_of(text: str) -> str | None:
    """The `Role` that a list means, or None.

    >>> role_of("Líder de nodo"), role_of("Coordinadora"), role_of("rey")
    ('node_leader', 'coordinator', None)
    """
    word = plain(text)
    return text.strip() if text.strip() in Role.values else _ROLES.get(word)


ADDED = {
    "email": pgettext_lazy("what an import adds", "e-mail"),
    "phone": pgettext_lazy("what an import adds", "phone"),
    "list_code": pgettext_lazy("what an import adds", "code"),
    "family_names": pgettext_lazy("what an import adds", "surnames"),
    "teaching_since": pgettext_lazy("what an import adds", "year of starting to teach"),
    "post": pgettext_lazy("what an import adds", "school"),
    "membership": pgettext_lazy("what an import adds", "membership"),
    "attendance": pgettext_lazy("what an import adds", "attendance"),
    "place": pgettext_lazy("what an import adds", "coordinates"),
    "profile": pgettext_lazy("what an import adds", "figures"),
    "other": pgettext_lazy("what an import adds", "other details"),
    "subject": pgettext_lazy("what an import adds", "subject"),
    "level": pgettext_lazy("what an import adds", "level"),
    "attributes": pgettext_lazy("what an import adds", "what they say of themselves"),
    "consents": pgettext_lazy("what an import adds", "answers to consents"),
    "school_sector": pgettext_lazy("what an import adds", "sector of the school"),
    "school_district": pgettext_lazy("what an import adds", "district of the school"),
}
