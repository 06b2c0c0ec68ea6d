"""Official registers of schools: how each calls its columns and what its codes mean.

Chile: Directorio oficial de establecimientos (MINEDUC), RBD. Colombia: DANE codes of establishments and sites.
England: Get Information About Schools, URN, coordinates on the British grid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tejido.foundation.tables.columns import ColumnGuess
from tejido.foundation.tables.plain import plain


@dataclass(frozen=True, slots=True)
class Box:
    """South, west, north, east of a country with its islands, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


@dataclass(frozen=True, slots=True)
class Profile:
    """register: what School.register says. headings: heading in the file -> field. codes: field -> text -> meaning."""

    register: str
    country: str
    box: Box
    headings: dict[str, str]
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    check_digit: Callable[[str], str] | None = None


def rut_digit(number: str) -> str:
    """The check digit of a Chilean number (RBD, RUT): modulo 11 with the weights 2 to 7.

    >>> rut_digit("9026"), rut_digit("9069"), rut_digit("12345678")
    ('3', '7', '5')
    """
    weights = (2, 3, 4, 5, 6, 7)
    total = sum(int(digit) * weights[place % 6] for place, digit in enumerate(reversed(number)))
    rest = 11 - total % 11
    return {11: "0", 10: "k"}.get(rest, str(rest))


WORLD = Box(-90, -180, 90, 180)
PROFILES: dict[str, Profile] = {
    "generic": Profile("", "", WORLD, {}),
    "cl-rbd": Profile(
        "cl-rbd", "CL", Box(-56.6, -110, -17.3, -66.0),
        {
            "RBD": "code", "DGV_RBD": "check_digit", "NOM_RBD": "name", "NOM_REG_RBD_A": "region",
            "COD_REG_RBD": "region_code", "NOM_COM_RBD": "municipality", "COD_COM_RBD": "municipality_code",
            "LATITUD": "latitude", "LONGITUD": "longitude", "RURAL_RBD": "rural", "COD_DEPE2": "sector",
            "ESTADO_ESTAB": "state", "MAT_TOTAL": "enrolment", "AGNO": "profile_on",
        },
        {
            "sector": {"1": "Municipal", "2": "Particular subvencionado", "3": "Particular pagado",
                       "4": "Corporación de administración delegada", "5": "Servicio Local de Educación"},
            "state": {"3": "closed"},
            "rural": {"0": "no", "1": "yes"},
        },
        rut_digit,
    ),
    "co-dane": Profile(
        "co-dane", "CO", Box(-4.3, -82.0, 16.1, -66.8),
        {
            "codigo_dane": "code", "nombre_establecimiento": "establishment", "sede_educativa": "name", "direccion": "address",
            "latitud": "latitude", "longitud": "longitude", "sector": "sector", "estado": "state",
            "nombre_comuna": "district", "vigencia": "profile_on",
        },
        {"state": {"inactivo": "closed", "cerrado": "closed"}},
    ),
    "uk-urn": Profile(
        "uk-urn", "GB", Box(49.8, -8.7, 60.9, 1.8),
        {
            "URN": "code", "EstablishmentName": "name", "LA (name)": "municipality", "LA (code)": "municipality_code",
            "GOR (name)": "region", "GOR (code)": "region_code", "Street": "address", "Easting": "easting",
            "Northing": "northing", "UrbanRural (name)": "rural", "TypeOfEstablishment (name)": "sector",
            "EstablishmentStatus (name)": "state", "NumberOfPupils": "enrolment", "CensusDate": "profile_on",
        },
        {"state": {"closed": "closed"}},
    ),
}  # fmt: skip


def columns_of_profile(profile: str, headers: Sequence[str]) -> list[ColumnGuess]:
    """A field for each heading that the profile knows, the others left out. "generic" has to be recognised instead."""
    known = {plain(heading): name for heading, name in PROFILES[profile].headings.items()}
    return [
        ColumnGuess(header, known.get(plain(header)), 1.0 if plain(header) in known else 0.0, "heading")
        for header in headers
    ]
