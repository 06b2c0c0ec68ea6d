"""Forms that only the full engine shows, as somebody would write them."""

from __future__ import annotations

VISIT = """
| survey |
| | type | name | label::Español (es) | label::English (en) | appearance | calculation | required | constraint | constraint_message::Español (es) | constraint_message::English (en) | choice_filter | parameters |
| | start | start | | | | | | | | | | |
| | end | end | | | | | | | | | | |
| | text | school | **Centro** educativo | **School** | | | yes | | | | | |
| | begin_repeat | person | Una persona | A person | | | | | | | | |
| | text | name | Nombre | Name | | | yes | | | | | |
| | integer | years | Años de servicio | Years of service | | | | . < 60 | Menos de 60 | Below 60 | | |
| | select_one region | region | Región | Region | | | | | | | | |
| | select_one town | town | Municipio | Town | | | | | | | region=${region} | |
| | end_repeat | | | | | | | | | | | |
| | calculate | total | | | | sum(${years}) | | | | | | |
| | note | told | Suman ${total} años | Together ${total} years | | | | | | | | |
| | rank topic | order | Ordene los temas | Put the topics in order | | | | | | | | |
| | image | sign | Firma | Signature | signature | | | | | | | |
| | image | photo | Foto | Photo | | | | | | | | |
| | geopoint | place | Lugar | Place | | | | | | | | |
| | geotrace | way | Camino | Way | | | | | | | | |
| | range | level | ¿Qué tan útil? | How useful? | | | | | | | | start=1 end=5 step=1 |
| | date | day | Día | Day | | | | | | | | |
| | select_multiple topic | many | Temas | Topics | minimal | | | | | | | |
| choices |
| | list_name | name | label::Español (es) | label::English (en) | region |
| | region | north | Norte | North | |
| | region | south | Sur | South | |
| | town | aba | Aba | Aba | north |
| | town | bab | Bab | Bab | north |
| | town | caa | Caa | Caa | south |
| | topic | reading | Lectura | Reading | |
| | topic | numbers | Números | Numbers | |
| | topic | play | Juego | Play | |
| settings |
| | form_id | version | form_title | default_language |
| | visit | 1 | Visita | Español (es) |
"""

PROBES = """
| survey |
| | type | name | label | hint | appearance | calculation | choice_filter |
| | text | typed | Name <img src=x onerror=probe(1)> [go](javascript:probe(2)) | **Hint** <script>probe(3)</script> | | | |
| | calculate | again | | | | ${typed} | |
| | note | shown | You wrote ${typed} <svg onload=probe(4)> | | | | |
| | begin_repeat | part | Part <iframe src=javascript:probe(5)> | | | | |
| | select_one thing | thing | Thing | | | | kind = ${typed} or true() |
| | end_repeat | | | | | | |
| choices |
| | list_name | name | label | kind |
| | thing | a | <img src=x onerror=probe(6)> | a |
| | thing | b | [b](https://example.org/?q="onmouseover=probe(7)) | b |
| settings |
| | form_id | version |
| | probes | 1 |
"""

LONG_LIST = """
| survey |
| | type | name | label | choice_filter |
| | select_one kind | kind | Kind | |
| | select_multiple school | schools | Schools | kind=${kind} |
| choices |
| | list_name | name | label | kind |
| | kind | rural | Rural | |
| | kind | urban | Urban | |
""" + "".join(
    f"| | school | s{n} | Escuela Número {n} | {'rural' if n % 2 else 'urban'} |\n" for n in range(500)
)
LONG_LIST += "| settings |\n| | form_id | version |\n| | long | 1 |\n"
