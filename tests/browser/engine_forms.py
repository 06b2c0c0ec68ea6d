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
