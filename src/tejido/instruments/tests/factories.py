"""Forms that are quick to publish, and answers as phones and pages send them."""

from __future__ import annotations

import uuid
from typing import Any

from tejido.accounts.services import system_account
from tejido.communities.models import Community
from tejido.communities.tests.factories import CommunityFactory
from tejido.instruments import services
from tejido.instruments.models import Collection, Instrument, Response, Version
from tejido.instruments.services import Brought, Sent
from tejido_forms.reading import read_form

TICKET = """
| survey   |                     |          |                                   |                            |          |                |
|          | type                | name     | label::Español (es)               | label::English (en)        | required | relevant       |
|          | select_one yes_no   | useful   | ¿Le sirvió el encuentro?          | Was the gathering useful?  | yes      |                |
|          | integer             | mark     | Del 1 al 5, ¿qué tan útil?        | From 1 to 5, how useful?   |          | ${useful}='si' |
|          | select_multiple put | uses     | ¿Qué va a usar?                   | What will you use?         |          |                |
|          | text                | give     | ¿Qué daría?                       | What would you give?       |          |                |
| choices  |                     |          |                                   |                            |          |                |
|          | list_name           | name     | label::Español (es)               | label::English (en)        |          |                |
|          | yes_no              | si       | Sí                                | Yes                        |          |                |
|          | yes_no              | no       | No                                | No                         |          |                |
|          | put                 | kit      | El kit                            | The kit                    |          |                |
|          | put                 | guide    | La guía                           | The guide                  |          |                |
| settings |                     |          |                                   |                            |          |                |
|          | form_title          | form_id  | version                           | default_language           |          |                |
|          | Boleto de salida    | ticket   | %s                                | Español (es)               |          |                |
"""

PHONE = """
| survey   |                 |          |              |                    |
|          | type            | name     | label        | calculation        |
|          | start           | start    |              |                    |
|          | end             | end      |              |                    |
|          | today           | today    |              |                    |
|          | deviceid        | deviceid |              |                    |
|          | username        | username |              |                    |
|          | calculate       | stamp    |              | concat(${deviceid}, ${start}) |
|          | text            | word     | One word     |                    |
|          | image           | photo    | A photograph |                    |
| settings |                 |          |              |                    |
|          | form_id         | version  |              |                    |
|          | visit           | 1        |              |                    |
"""


def brought(markdown: str, name: str = "ticket.md") -> Brought:
    """A form as if somebody had brought it; read here and not in a process of its own, which is slow."""
    source = markdown.strip().encode()
    return Brought(read_form(source), source, name)


def ticket(version: str = "1") -> Brought:
    return brought(TICKET % version)


def instrument(community: Community | None = None, form: Brought | None = None, **more: Any) -> Instrument:
    return services.make_instrument(
        community,
        more.pop("kind", Instrument.Kind.EXIT_TICKET),
        form or ticket(),
        actor=system_account(),
        **more,
    )


def collection(community: Community | None = None, form: Brought | None = None, **terms: Any) -> Collection:
    community = community or CommunityFactory()
    people = terms.pop("people", ())
    version = terms.pop("version", None) or instrument(community, form).versions.get()
    return services.open_collection(version, community, terms, actor=system_account(), people=people)


def new_id() -> str:
    return f"uuid:{uuid.uuid4()}"


def submission(version: Version, instance_id: str = "", inner: str = "", **values: str) -> bytes:
    """A submission as Collect writes it: values of questions at the top of the form, `inner` as it is."""
    root = bytes(version.xform).decode().split("<instance>")[1].strip()[1:].split()[0].strip(">")
    body = "".join(f"<{name}>{value}</{name}>" for name, value in values.items())
    return (
        f'<?xml version=\'1.0\' ?><{root} id="{version.instrument.form_id}" version="{version.version}" '
        f'xmlns:orx="http://openrosa.org/xforms">{body}{inner}<orx:meta><orx:instanceID>{instance_id or new_id()}'
        f"</orx:instanceID></orx:meta></{root}>"
    ).encode()


def sent(to: Collection, instance_id: str = "", *, more: dict[str, Any] | None = None, **values: str) -> Sent:
    """What arrives at a collection."""
    xml = submission(to.version, instance_id, **values)
    details: dict[str, Any] = {"channel": Response.Channel.COLLECT, "community": to.community, **(more or {})}
    return Sent(xml=xml, collection=to, **details)


def answered(to: Collection, *, more: dict[str, Any] | None = None, **values: str) -> Response:
    """An answer that was kept."""
    return services.ingest(sent(to, more=more, **values), actor=system_account()).response
