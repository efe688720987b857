"""Runs a query of Athena on lines of JSON, with DuckDB. Reads {"sql", "rows": [[day, event], ...]} and writes the rows of the result as JSON."""
import json
import sys

import duckdb
import sqlglot

request = json.load(sys.stdin)
connection = duckdb.connect()
connection.execute("SET TimeZone = 'UTC'")
connection.execute("CREATE TABLE order_events (event VARCHAR, day VARCHAR)")
if request["rows"]:
    connection.executemany("INSERT INTO order_events (day, event) VALUES (?, ?)", request["rows"])
(translated,) = sqlglot.transpile(request["sql"], read="athena", write="duckdb", unsupported_level=sqlglot.ErrorLevel.RAISE)
result = connection.execute(translated)
names = [column[0] for column in result.description]
json.dump([dict(zip(names, row)) for row in result.fetchall()], sys.stdout, default=str)
