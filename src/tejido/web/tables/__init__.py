"""Tables that any view can use: sorted, filtered and paged from the address, downloaded exactly as shown.

PEOPLE = TableSpec(
    key="people",
    caption=_("People of the network"),
    columns=[
        Column("name", _("Name"), lambda p: p.name, order=("family_name", "pk"), cell="directory/partials/person_cell.html"),
        Column("joined", _("Since"), lambda p: p.joined_on, order=("joined_on",)),
        Column("gatherings", _("Gatherings"), lambda p: p.gatherings, order=("gatherings",), numeric=True),
    ],
    filters=[
        Filter("q", _("Name or e-mail"), lambda rows, words: rows.filter(name__icontains=words)),
        Filter("district", _("District"), lambda rows, pk: rows.filter(district=pk), choices=districts),
    ],
    order="name",
)

def people(request):
    table = PEOPLE.read(request, selectors.people_for(request.user))
    return table.download() or page(request, "directory/people.html", table=table)

{% table table %}            in the template
"""

from tejido.web.tables.bound import BoundTable
from tejido.web.tables.files import safe_text
from tejido.web.tables.spec import Column, Filter, TableSpec

__all__ = ["BoundTable", "Column", "Filter", "TableSpec", "safe_text"]
