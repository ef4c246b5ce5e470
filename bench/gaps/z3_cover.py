"""Covers the same gaps with Z3 and proves that Sapar's covers are the same sets.

Usage: cargo run --release -p sapar-bench-gaps --bin pair -- SEED | python3 gaps/z3_cover.py [--limit SECONDS]
Z3's cover is given up after the limit, 600 seconds if none is named; then the script says how far Z3 came and ends
with 2, since nothing was compared. Needs z3-solver from PyPI. Everything about the laws is worked out here from their text, not taken from Sapar.

The cover is made as such covers are made with a solver: take a model of what is left, say all that is true of it,
drop what an unsatisfiable core does not need, drop the rest one by one, block the conjunction, and go on.
"""

import argparse
import json
import sys
import time

import z3


class OutOfTime(Exception):
    """Z3's cover took longer than allowed."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", type=float, default=600.0, help="seconds after which Z3's cover is given up")
    limit = parser.parse_args().limit
    data = json.load(sys.stdin)
    facts = [z3.Bool(f"circumstance {n + 1}") for n in range(data["circumstances"])]
    numbers = [(z3.Int(name), most) for name, most in data["numbers"]]
    by_name = {str(number): number for number, _ in numbers}
    document = z3.Int("travel document")
    world = [z3.And(number >= 0, number <= most) for number, most in numbers]
    world.append(z3.And(document >= 0, document < len(data["documents"])))
    world = z3.And(world)

    def expression(condition):
        kind, *rest = condition
        if kind == "yes":
            return facts[rest[0]]
        if kind == "no":
            return z3.Not(facts[rest[0]])
        if kind == "at least":
            return numbers[rest[0]][0] >= rest[1]
        if kind == "under":
            return numbers[rest[0]][0] < rest[1]
        if kind == "document":
            return z3.Or([document == value for value in rest[0]])
        if kind == "all":
            return z3.And([expression(part) for part in rest[0]])
        if kind == "any":
            return z3.Or([expression(part) for part in rest[0]])
        if kind == "count":
            return z3.AtLeast(*[facts[fact] for fact in rest[1]], rest[0])
        raise ValueError(kind)

    def applying(law):
        applies, worded = [], []
        for norm in law:
            condition = expression(norm["condition"])
            parts = [condition]
            if norm["exception"]:
                parts.append(z3.Not(expression(norm["exception"])))
            parts += [z3.Not(applies[over]) for over in norm["overridden_by"]]
            worded.append(condition)
            applies.append(z3.And(parts))
        return applies, worded

    def satisfiable(formula):
        solver = z3.Solver()
        solver.add(world, formula)
        return solver.check() == z3.sat

    standard, national = data["laws"]
    demanded, _ = applying(standard)
    applies, worded = applying(national)

    # The regions, by the words of docs/analysis.md: these laws have no limits, one bearer, and one modality an act.
    regions = {}
    for place, norm in enumerate(standard):
        same = [n for n, other in enumerate(national) if other["outcome"] == norm["outcome"]]
        given = z3.Or([applies[n] for n in same])
        would = z3.Or([worded[n] for n in same])
        left = z3.And(demanded[place], z3.Not(given))
        elsewhere = satisfiable(given)
        for kind, region in (
            ("taken-away", z3.And(left, would)),
            ("too-narrow" if elsewhere else "silent", z3.And(left, z3.Not(would))),
        ):
            if satisfiable(region):
                regions[(place, kind)] = region

    ours = {(gap["norm"], gap["kind"]): gap["cover"] for gap in data["gaps"]}
    assert set(ours) == set(regions), (set(ours) ^ set(regions))

    def literal(item):
        kind, *rest = item
        if kind == "fact":
            fact = facts[int(rest[0].split()[1]) - 1]
            return fact if rest[1] else z3.Not(fact)
        if kind == "number":
            return z3.And(by_name[rest[0]] >= rest[1], by_name[rest[0]] <= rest[2])
        return z3.Or([document == value for value in rest[0]])

    for key, cover in ours.items():
        claimed = z3.Or([z3.And([literal(item) for item in one]) for one in cover])
        assert not satisfiable(z3.Xor(claimed, regions[key])), f"the cover of {key} is not exact"

    # Bounds the laws tell apart: a generalisation may only use these, as Sapar may.
    bounds = {n: set() for n in range(len(numbers))}

    def collect(condition):
        kind, *rest = condition
        if kind in ("at least", "under"):
            bounds[rest[0]].add(rest[1])
        if kind in ("all", "any"):
            for part in rest[0]:
                collect(part)

    for law in data["laws"]:
        for norm in law:
            collect(norm["condition"])
            if norm["exception"]:
                collect(norm["exception"])

    def said(model):
        items = []
        for fact in facts:
            items.append(fact if z3.is_true(model.eval(fact, True)) else z3.Not(fact))
        for n, (number, _) in enumerate(numbers):
            value = model.eval(number, True).as_long()
            for bound in sorted(bounds[n]):
                items.append(number >= bound if value >= bound else number < bound)
        value = model.eval(document, True).as_long()
        items += [document != other for other in range(len(data["documents"])) if other != value]
        return items

    def owner(item):
        while item.num_args():
            item = item.arg(0)
        return str(item)

    def in_time():
        if time.perf_counter() - begun > limit:
            raise OutOfTime

    def cover_of(region, cover):
        left = z3.Solver()
        left.add(world, region)
        bad = z3.Solver()
        bad.add(world, z3.Not(region))
        while left.check() == z3.sat:
            in_time()
            items = said(left.model())
            assert bad.check(items) == z3.unsat
            core = list(bad.unsat_core())
            place = 0
            while place < len(core):
                fewer = core[:place] + core[place + 1 :]
                if bad.check(fewer) == z3.unsat:
                    core = fewer
                else:
                    place += 1
            cover.append(core)
            left.add(z3.Not(z3.And(core)))

    begun, worked = time.perf_counter(), time.process_time()
    theirs = {}
    sapar = data["sapar_seconds_median"]
    try:
        for key, region in regions.items():
            theirs[key] = []
            cover_of(region, theirs[key])
    except OutOfTime:
        made = sum(len(cover) for cover in theirs.values())
        whole = sum(len(cover) for cover in ours.values())
        print(f"seed {data['seed']}: {len(regions)} gaps; Z3 proves every cover of Sapar exact")
        print(f"  Sapar covers all of them with {whole} conjunctions in {sapar:.2f} s (median of 7)")
        print(f"  Z3 did not finish in {limit:.0f} s: {len(theirs) - 1} gaps covered, {made} conjunctions made ({z3.get_version_string()})")
        sys.exit(2)
    seconds = time.perf_counter() - begun
    processor = time.process_time() - worked

    def length(covers):
        return sum(len(cover) for cover in covers)

    their_literals = sum(len({owner(item) for item in one}) for cover in theirs.values() for one in cover)
    our_literals = sum(len(one) for cover in ours.values() for one in cover)
    longer = [key for key in regions if len(ours[key]) > len(theirs[key])]
    print(f"seed {data['seed']}: {len(regions)} gaps; Z3 proves every cover of Sapar exact")
    print(f"  Sapar {sapar * 1000:8.1f} ms  {length(ours.values()):4d} conjunctions  {our_literals:5d} conditions  (median of 7; with examples, shares and kinds)")
    print(f"  Z3    {seconds * 1000:8.1f} ms  {length(theirs.values()):4d} conjunctions  {their_literals:5d} conditions  ({z3.get_version_string()})")
    ours_processor = data["sapar_processor_seconds"]
    if ours_processor:
        print(f"  time on the processor alone: Sapar {ours_processor * 1000:.1f} ms, Z3 {processor * 1000:.1f} ms, {processor / ours_processor:.0f} times")
    print(f"  Z3 / Sapar {seconds / sapar:.0f} times; covers of Sapar that are longer: {len(longer)}")
    if longer:
        for key in longer:
            print(f"    {key}: {len(ours[key])} against {len(theirs[key])}")
        sys.exit(1)


main()
