"""The law in OpenFisca-Core: a variable for each fact, norm, outcome and limit, over NumPy arrays, one thread."""
import json
import sys
import time

import numpy as np
import polars as pl
from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables

folder = sys.argv[1]
law = json.load(open(f"{folder}/law.json"))
frame = pl.read_parquet(f"{folder}/cases.parquet")
DOCUMENTS = ["valid", "expired", "false", "none"]
PERIOD = "2026-11"

Person = entities.Entity("person", "persons", "A person", "")
system = taxbenefitsystems.TaxBenefitSystem([Person])


def variable(name, value_type, formula=None):
    members = {"value_type": value_type, "entity": Person, "definition_period": periods.DateUnit.MONTH, "label": name}
    if formula:
        members["formula"] = formula
    system.add_variable(type(name, (variables.Variable,), members))


def words(c, person, period):
    kind, rest = c[0], c[1:]
    if kind == "yes":
        return person(rest[0], period)
    if kind == "no":
        return np.logical_not(person(rest[0], period))
    if kind == "at_least":
        return person(rest[0], period) >= rest[1]
    if kind == "under":
        return person(rest[0], period) < rest[1]
    if kind == "one_of":
        found = person(rest[0], period)
        return np.logical_or.reduce([found == DOCUMENTS.index(v) for v in rest[1]])
    if kind == "count":
        return sum(person(n, period).astype(np.int8) for n in rest[1]) >= rest[0]
    parts = [words(p, person, period) for p in rest[0]]
    return (np.logical_and if kind == "all" else np.logical_or).reduce(parts)


for name in frame.columns:
    variable(name, bool if frame[name].dtype == pl.Boolean else int)


def norm_formula(norm):
    def formula(person, period):
        result = words(norm["condition"], person, period)
        if norm["exception"]:
            result = result & ~words(norm["exception"], person, period)
        for over in norm["overridden_by"]:
            result = result & ~person(f"norm_{over}", period)
        return result

    return formula


def outcome_formula(norms):
    return lambda person, period: np.logical_or.reduce([person(f"norm_{i}", period) for i in norms])


def days_formula(norms):
    return lambda person, period: np.select([person(f"norm_{i}", period) for i in norms], [law[i]["days"] for i in norms], 0)


for place, norm in enumerate(law):
    variable(f"norm_{place}", bool, norm_formula(norm))
for outcome in range(25):
    norms = sorted((i for i, n in enumerate(law) if n["outcome"] == outcome), key=lambda i: law[i]["days"])
    variable(f"outcome_{outcome}", bool, outcome_formula(norms))
    variable(f"days_{outcome}", int, days_formula(norms))

inputs = {}
for name in frame.columns:
    column = frame[name]
    if column.dtype == pl.Boolean:
        inputs[name] = column.to_numpy()
    elif name == "travel_document":
        inputs[name] = column.cast(pl.String).replace_strict({d: i for i, d in enumerate(DOCUMENTS)}, return_dtype=pl.Int32).to_numpy()
    else:
        inputs[name] = column.cast(pl.Int32).to_numpy()
best = float("inf")
for _ in range(3):
    simulation = simulations.SimulationBuilder().build_default_simulation(system, count=frame.height)
    for name, values in inputs.items():
        simulation.set_input(name, PERIOD, values)
    begun = time.perf_counter()
    counts = [int(simulation.calculate(f"outcome_{o}", PERIOD).sum()) for o in range(25)]
    days = [int(simulation.calculate(f"days_{o}", PERIOD).sum(dtype=np.int64)) for o in range(25)]
    best = min(best, time.perf_counter() - begun)
import importlib.metadata

print(json.dumps({"name": f"OpenFisca-Core {importlib.metadata.version('openfisca-core')}, one thread", "rows": frame.height, "seconds": best, "counts": counts, "days": days}))
