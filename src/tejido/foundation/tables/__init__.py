"""Reading, recognising and matching the tables that people keep. Plain tools: no model, no service.

table = read_table(path_or_bytes, name)        reading.py   -> Table(headers, rows, problems, …)
recognise_columns(table, "people")             columns.py   -> a field for each header, and why
parse_date(…), read_statuses(…), split_name(…) dates, statuses, names, values
PersonIndex(known).match(candidate)            matching.py  -> exact, likely (why) or none
"""
