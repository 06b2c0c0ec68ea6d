"""Past one machine's memory: the indicators that are sums over rows, written once, computed by DuckDB, Spark or another.

```python
from tejido_analytics.wide import Wide, connect, indicators, read, roll_of

engine = connect()  # DuckDB in this process; connect(session=spark) on a cluster
tables = read(engine, {"people": "people.parquet", "gatherings": "gatherings.parquet", "attendance": "seats.parquet"})
seen = indicators(roll_of(Wide(tables), period))
```
"""

from tejido_analytics.wide.clean import Wide
from tejido_analytics.wide.country import Country, country, span
from tejido_analytics.wide.engine import connect
from tejido_analytics.wide.given import Given, columns_of, given, held, read, there
from tejido_analytics.wide.met import Met
from tejido_analytics.wide.network import Net
from tejido_analytics.wide.panorama import indicators, roll_of
from tejido_analytics.wide.roll import Roll

__all__ = [
    "Country",
    "Given",
    "Met",
    "Net",
    "Roll",
    "Wide",
    "columns_of",
    "connect",
    "country",
    "given",
    "held",
    "indicators",
    "read",
    "roll_of",
    "span",
    "there",
]
