"""The real XLSForms beside the repository, and made-up contents for the lists that they name and do not bring."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tejido_analytics.tests.real import folder
from tejido_forms.definition import FormDefinition
from tejido_forms.problems import FormRefused
from tejido_forms.reading import read_form

TOWNS = [("c1", "Quibdó", -76.66, 5.69), ("c2", "Leticia", -69.94, -4.21)]
PLOTS = [f"p{v}{year},Plot {v} {year},v{v},{year}" for v in range(1, 5) for year in range(2022, 2029)]
LISTS: Mapping[str, bytes] = {
    "UCL_regions.csv": b"name,label\nr1,North\nr2,South\n",
    "UCL_districts.csv": b"name,label,region_id\nd1,One,r1\nd2,Two,r1\nd3,Three,r2\n",
    "UCL_villages.csv": b"name,label,district_id\nv1,One,d1\nv2,Two,d2\nv3,Three,d3\nv4,Four,d3\n",
    "ULC_Biomass_Plots.csv": "\n".join(["name,label,village,plant_phase", *PLOTS]).encode(),
    "species_names.csv": b"name,label\ns1,Acacia\nother,Other\n",
    "fruits.csv": b"name,name_key,name_label\nmango,mango,Mango\n",
    "pulso_lookup.csv": b"codigo_pulso,distrito,encuestador\nP1,Lima,E1\nP2,Ate,E2\n",
    "cities.geojson": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": key,
                    "properties": {"title": name, "id": key},
                    "geometry": {"type": "Point", "coordinates": [lon, lat]},
                }
                for key, name, lon, lat in TOWNS
            ],
        }
    ).encode(),
}


def paths() -> list[Path]:
    """Every real XLSForm, by its set and name. Skips the test where the folder is not there."""
    return sorted(folder("xlsform-pyxform").parent.glob("xlsform-*/*.xls*"))


def read(path: Path) -> FormDefinition:
    """The form with the lists it needs. Raises FormRefused."""
    return read_form(path.read_bytes(), LISTS, name=path.name)


def accepted() -> Iterator[tuple[Path, FormDefinition]]:
    for path in paths():
        try:
            yield path, read(path)
        except FormRefused:
            continue
