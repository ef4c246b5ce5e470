"""The law in DuckDB: one statement, one thread, from a table in memory."""
import json
import sys
import time

import duckdb

folder = sys.argv[1]
law = json.load(open(f"{folder}/law.json"))


def words(c):
    kind, rest = c[0], c[1:]
    if kind == "yes":
        return rest[0]
    if kind == "no":
        return f"NOT {rest[0]}"
    if kind == "at_least":
        return f"{rest[0]} >= {rest[1]}"
    if kind == "under":
        return f"{rest[0]} < {rest[1]}"
    if kind == "one_of":
        return f"{rest[0]} IN ({', '.join(repr(v) for v in rest[1])})"
    if kind == "count":
        return f"({' + '.join(n + '::TINYINT' for n in rest[1])}) >= {rest[0]}"
    between = " AND " if kind == "all" else " OR "
    return "(" + between.join(words(p) for p in rest[0]) + ")"


# Overriding norms stand before those they override: one nested query a norm would be deep, lateral aliases do.
columns = []
for place, norm in enumerate(law):
    text = words(norm["condition"])
    if norm["exception"]:
        text += f" AND NOT {words(norm['exception'])}"
    for over in norm["overridden_by"]:
        text += f" AND NOT n{over}"
    columns.append(f"({text}) AS n{place}")
outcomes = []
for outcome in range(25):
    norms = sorted((i for i, n in enumerate(law) if n["outcome"] == outcome), key=lambda i: law[i]["days"])
    outcomes.append(f"count(*) FILTER (WHERE {' OR '.join(f'n{i}' for i in norms)})")
    cases = " ".join(f"WHEN n{i} THEN {law[i]['days']}" for i in norms)
    outcomes.append(f"coalesce(sum(CASE {cases} ELSE 0 END), 0)")
statement = f"SELECT {', '.join(outcomes)} FROM (SELECT {', '.join(columns)} FROM cases)"
connection = duckdb.connect()
connection.execute("SET threads = 1")
connection.execute(f"CREATE TABLE cases AS FROM '{folder}/cases.parquet'")
rows = connection.execute("SELECT count(*) FROM cases").fetchone()[0]
best = float("inf")
for _ in range(3):
    begun = time.perf_counter()
    result = connection.execute(statement).fetchone()
    best = min(best, time.perf_counter() - begun)
print(json.dumps({"name": f"DuckDB {duckdb.__version__}, one thread", "rows": rows, "seconds": best, "counts": [int(n) for n in result[0::2]], "days": [int(n) for n in result[1::2]]}))
