"""People's names: taken apart, put together, and written nicely. Two surnames, one, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tejido.foundation.tables.plain import plain, word_set

PARTICLES = word_set(
    "de del la las los el da das do dos e y i van von der den ter di du le san santa mac al bin ibn"
)
_JOINED = word_set("de del da das do dos van von der den di du la las los san santa")  # begin a surname
# Given names that often stand second, so that "María José Pérez" keeps two given names and one surname.
_SECOND_GIVEN = word_set("""jose maria luis carlos antonio manuel juan ana isabel fernanda andres alberto eduardo alejandro alejandra del
    carmen rosa elena teresa lucia sofia paola andrea patricia cristina cecilia beatriz victoria camila daniela
    francisco javier miguel angel pablo pedro david enrique ricardo roberto fernando jesus ernesto alfredo augusto
    cesar guillermo gabriel gabriela rafael ramon raul sergio mauricio felipe esteban ignacio joaquin mario marta
    martha laura julia luisa paula claudia viviana lorena milena marcela carolina catalina natalia liliana esperanza
    mercedes pilar soledad consuelo amparo dolores ines eugenia estela graciela helena clara regina lucas mateus
    henrique vinicius aparecida conceicao lourdes socorro fatima cristiane eduarda vitoria julio hugo ivan oscar
    ruben dario arturo armando gustavo adolfo leonardo nelson jorge jaime hernan alonso yolanda nancy gloria stella
    ann anne mary jane louise elizabeth lynn marie james john michael paul lee rose grace""")
_ROMAN = frozenset({"ii", "iii", "iv"})
_TITLES = re.compile(
    r"^(?:(?:sr|sra|srta|prof|profa|dr|dra|lic|licda|mtro|mtra|ing|mr|mrs|ms|miss|don|doña|dona)\.?\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """given and family are as written nicely; either may be empty."""

    given: str
    family: str

    @property
    def full(self) -> str:
        return f"{self.given} {self.family}".strip()


def split_name(text: str) -> PersonName:
    """Given and family names of a whole name, by comma where there is one, else by how names are built.

    >>> split_name("PÉREZ DE LA CRUZ, MARÍA JOSÉ")
    PersonName(given='María José', family='Pérez de la Cruz')
    >>> split_name("Ana dos Santos Silva"), split_name("María José Pérez").family
    (PersonName(given='Ana', family='dos Santos Silva'), 'Pérez')
    """
    text = _TITLES.sub("", " ".join(text.split())).strip(" ,;.")
    family, comma, given = text.partition(",")
    if comma and given.strip():
        return PersonName(nice_case(given.strip(" ,")), nice_case(family.strip(), surname=True))
    units = _units(text.split())
    given_units, family_units = units[: _given_count(units)], units[_given_count(units) :]
    return PersonName(nice_case(" ".join(given_units)), nice_case(" ".join(family_units), surname=True))


def _units(words: list[str]) -> list[str]:
    """Words with the particles that lead them joined on: ["Juan", "de la Cruz"]."""
    units: list[str] = []
    leading: list[str] = []
    for word in words:
        joins = plain(word) in {"y", "e", "i"}
        if (joins and units) or (plain(word) in PARTICLES and not joins and (units or leading)):
            leading.append(word)
        else:
            units.append(" ".join([*leading, word]))
            leading = []
    if leading and units:
        units[-1] = " ".join([units[-1], *leading])
    return units or [" ".join(leading)]


def _given_count(units: list[str]) -> int:
    if len(units) <= 2:
        return 1
    first_surname = next((index for index, unit in enumerate(units) if index and _begins_surname(unit)), None)
    if len(units) == 3:
        if first_surname is not None:
            return first_surname
        return 2 if plain(units[1]) in _SECOND_GIVEN else 1
    if first_surname is not None and first_surname <= 2:
        return first_surname
    return 2


def _begins_surname(unit: str) -> bool:
    words = [plain(word) for word in unit.split()]
    return len(words) > 1 and words[0] in _JOINED and words[-1] not in _SECOND_GIVEN


def nice_case(text: str, *, surname: bool = False) -> str:
    """A name in upper and lower case as it is written; one that already mixes them stays.

    surname: a particle at its beginning stays small, as behind a given name (Luz de la Cruz).

    >>> nice_case("MARÍA DE LOS ÁNGELES O'HIGGINS-PEÑA"), nice_case("ana mcDonald"), nice_case("LUIS III")
    ("María de los Ángeles O'Higgins-Peña", 'ana mcDonald', 'Luis III')
    """
    text = " ".join(text.split())
    if not text or (text != text.upper() and text != text.lower()):
        return text
    words = text.lower().split(" ")
    return " ".join(_nice_word(word, first=index == 0 and not surname) for index, word in enumerate(words))


def _nice_word(word: str, *, first: bool) -> str:
    if word in _ROMAN:
        return word.upper()
    if not first and plain(word) in PARTICLES - {"mac", "al", "san", "santa", "i", "el"}:
        return word
    return re.sub(r"(^|[-'’.])(\w)", lambda found: found[1] + found[2].title(), word)


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name that tell people apart, plain and without particles, in the order written.

    >>> name_words("PÉREZ DE LA CRUZ, María-José")
    ('perez', 'cruz', 'maria', 'jose')
    """
    words = plain(text.replace("'", "").replace("’", "")).split()
    kept = tuple(word for word in words if word not in PARTICLES)
    return kept or tuple(words)
