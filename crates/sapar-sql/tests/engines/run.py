"""Runs the statements on the databases themselves and compares every answer.

    run.py FOLDER duckdb|spark|postgres...

FOLDER holds one folder a case, written by tests/engines.rs: the table as `<engine>-table.sql`, the statement as
`<engine>.sql` (it reads the table `loose`), the rows as `people.csv`, rows that the table must refuse as
`refused.csv`, and what must come out as `expected.csv`. Without that file the rows are only counted and timed.
An engine that is named and missing is an error.
"""

import csv
import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time


def text(case, name):
    with open(os.path.join(case, name), encoding="utf-8") as file:
        return file.read()


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def has_rows(path):
    return os.path.exists(path) and len(rows(path)) > 1


# A column of the table with a name that the statement makes for itself must not be taken for it.
FURTHER = "ALTER TABLE loose ADD COLUMN can_occur BOOLEAN DEFAULT false"


def cell(value):
    return "" if value is None else str(value)


class DuckDb:
    """In this process, with both the planning and the execution of one statement timed."""

    def __init__(self):
        import duckdb

        self.duckdb = duckdb
        self.version = "DuckDB " + duckdb.__version__

    def run(self, case):
        session = self.duckdb.connect(":memory:")
        session.execute(text(case, "duckdb-table.sql"))
        load = "INSERT INTO {} SELECT * FROM read_csv('{}', header = true, all_varchar = true, nullstr = '')"
        session.execute(load.format("people", os.path.join(case, "people.csv")))
        session.execute("CREATE TABLE loose AS SELECT * FROM people")
        refused = os.path.join(case, "refused.csv")
        if has_rows(refused):
            try:
                session.execute(load.format("people", refused))
            except self.duckdb.ConstraintException:
                pass
            else:
                raise SystemExit(f"{case}: the table took a value that no fact can have")
            session.execute(load.format("loose", refused))
        session.execute(FURTHER)
        statement = text(case, "duckdb.sql")
        started = time.monotonic()
        session.execute("EXPLAIN " + statement).fetchall()
        planned = time.monotonic()
        if not os.path.exists(os.path.join(case, "expected.csv")):
            # As a nation would: the answers go to a table and not through this process.
            session.execute("CREATE TABLE answers AS " + statement)
            statement = "SELECT id FROM answers"
        result = session.execute(statement)
        names = [column[0] for column in result.description]
        answers = [[cell(value) for value in row] for row in result.fetchall()]
        return [names] + answers, planned - started, time.monotonic() - planned

    def close(self):
        pass


class Spark:
    """A session of its own, local, without a web page."""

    def __init__(self):
        import pyspark
        from pyspark.sql import SparkSession

        self.folder = tempfile.mkdtemp(prefix="sapar-spark-")
        self.session = (
            SparkSession.builder.master("local[2]")
            .appName("sapar law sql")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.warehouse.dir", self.folder)
            .config("spark.driver.memory", "2g")
            .getOrCreate()
        )
        self.session.sparkContext.setLogLevel("ERROR")
        self.version = "Spark " + pyspark.__version__

    def run(self, case):
        session = self.session
        for table in ("people", "loose"):
            session.sql(f"DROP TABLE IF EXISTS {table}")
        session.sql(text(case, "spark-table.sql").rstrip().rstrip(";"))
        schema = session.table("people").schema

        def read(name):
            return session.read.csv(
                os.path.join(case, name), schema=schema, header=True, nullValue="", mode="FAILFAST"
            )

        read("people.csv").write.insertInto("people")
        session.sql("CREATE TABLE loose USING PARQUET AS SELECT * FROM people")
        if has_rows(os.path.join(case, "refused.csv")):
            read("refused.csv").write.insertInto("loose")
        statement = text(case, "spark.sql").rstrip().rstrip(";")
        started = time.monotonic()
        frame = session.sql(statement)
        frame._jdf.queryExecution().executedPlan()
        planned = time.monotonic()
        if os.path.exists(os.path.join(case, "expected.csv")):
            answers = [[cell(value) for value in row] for row in frame.collect()]
        else:
            # As a nation would: the answers go to a file and not through this process.
            out = os.path.join(self.folder, "answers.parquet")
            frame.write.mode("overwrite").parquet(out)
            answers = [[]] * session.read.parquet(out).count()
        return [frame.columns] + answers, planned - started, time.monotonic() - planned

    def close(self):
        self.session.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres:
    """A server of its own in a folder that is thrown away, reached by a socket in it and by no network."""

    def __init__(self):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
        initdb = found[-1] if found else shutil.which("initdb")
        if not initdb:
            raise SystemExit("PostgreSQL is missing: install Debian's package postgresql")
        self.programs = os.path.dirname(os.path.realpath(initdb))
        self.folder = tempfile.mkdtemp(prefix="sapar-pg-")
        # PostgreSQL refuses to run as root.
        self.user = None
        if os.getuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            self.user = "postgres" if "postgres" in names else "nobody"
            shutil.chown(self.folder, self.user)
        data = os.path.join(self.folder, "data")
        self.call("initdb", "-D", data, "-U", "sapar", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        self.call("pg_ctl", "-D", data, "-o", options, "-l", os.path.join(self.folder, "log"), "-w", "start")
        self.data = data
        self.version = self.psql("SELECT version()").strip('"').split(" on ")[0]

    def call(self, program, *arguments):
        command = [os.path.join(self.programs, program), *arguments]
        if self.user:
            command = ["runuser", "-u", self.user, "--", *command]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{program} failed: {done.stderr}")

    def psql(self, sql, expect_failure=False):
        command = [
            os.path.join(self.programs, "psql"), "-X", "-q", "--csv", "-t", "-v", "ON_ERROR_STOP=1",
            "-h", self.folder, "-U", "sapar", "-d", "postgres", "-f", "-",
        ]
        done = subprocess.run(command, input=sql, capture_output=True, text=True)
        if expect_failure:
            return done.returncode != 0 and "check constraint" in done.stderr
        if done.returncode != 0:
            raise SystemExit(f"psql failed: {done.stderr[:4000]}")
        return done.stdout

    def run(self, case):
        def load(table, name):
            return f"\\copy {table} FROM '{os.path.join(case, name)}' WITH (FORMAT csv, HEADER true, NULL '')\n"

        self.psql(
            "DROP TABLE IF EXISTS people; DROP TABLE IF EXISTS loose;\n"
            + text(case, "postgres-table.sql")
            + load("people", "people.csv")
            + "CREATE TABLE loose AS SELECT * FROM people;\n"
        )
        if has_rows(os.path.join(case, "refused.csv")):
            if not self.psql(load("people", "refused.csv"), expect_failure=True):
                raise SystemExit(f"{case}: the table took a value that no fact can have")
            self.psql(load("loose", "refused.csv"))
        self.psql(FURTHER)
        self.psql("ANALYZE loose")
        statement = text(case, "postgres.sql")
        started = time.monotonic()
        self.psql("EXPLAIN " + statement)
        planned = time.monotonic()
        command = [
            os.path.join(self.programs, "psql"), "-X", "-q", "--csv", "-v", "ON_ERROR_STOP=1",
            "-h", self.folder, "-U", "sapar", "-d", "postgres", "-f", "-",
        ]
        if not os.path.exists(os.path.join(case, "expected.csv")):
            statement = "SET jit = off; CREATE TEMP TABLE answers AS\n" + statement + "SELECT id FROM answers;\n"
        done = subprocess.run(command, input=statement, capture_output=True, text=True)
        ended = time.monotonic()
        if done.returncode != 0:
            raise SystemExit(f"{case}: psql failed: {done.stderr[:4000]}")
        answers = list(csv.reader(done.stdout.splitlines()))
        return answers, planned - started, ended - planned

    def close(self):
        try:
            self.call("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


ENGINES = {"duckdb": DuckDb, "spark": Spark, "postgres": Postgres}


def compare(case, answers):
    """How many rows were compared; the first differences are shown and end the run."""
    path = os.path.join(case, "expected.csv")
    if not os.path.exists(path):
        return len(answers) - 1
    expected = rows(path)
    if answers[0] != expected[0]:
        raise SystemExit(f"{case}: columns {answers[0][:5]} instead of {expected[0][:5]}")
    by_key = {row[0]: row for row in answers[1:]}
    if len(by_key) != len(answers) - 1 or len(by_key) != len(expected) - 1:
        raise SystemExit(f"{case}: {len(answers) - 1} rows instead of {len(expected) - 1}")
    wrong = 0
    for row in expected[1:]:
        for name, want, got in zip(expected[0], row, by_key.get(row[0], [])):
            if want != got:
                wrong += 1
                if wrong <= 10:
                    print(f"{case}: row {row[0]}, {name}: {got} instead of {want}", file=sys.stderr)
        if len(by_key.get(row[0], [])) != len(row):
            raise SystemExit(f"{case}: row {row[0]} is missing or cut")
    if wrong:
        raise SystemExit(f"{case}: {wrong} answers differ")
    return len(expected) - 1


def main():
    folder, names = os.path.abspath(sys.argv[1]), sys.argv[2:]
    cases = sorted(path for path in glob.glob(os.path.join(folder, "*")) if os.path.isdir(path))
    if not cases or not names:
        raise SystemExit("name a folder with cases and at least one engine")
    for name in names:
        engine = ENGINES[name]()
        try:
            total = 0
            started = time.monotonic()
            for case in cases:
                answers, planned, ran = engine.run(case)
                count = compare(case, answers)
                total += count
                if count >= 1000:
                    size = os.path.getsize(os.path.join(case, name + ".sql"))
                    print(
                        f"{engine.version}: {os.path.basename(case)}: {count} rows, statement {size} bytes,"
                        f" planned in {planned * 1000:.0f} ms, run in {ran * 1000:.0f} ms",
                        flush=True,
                    )
            if total == 0:
                raise SystemExit("no row was compared")
            print(
                f"{engine.version}: {len(cases)} cases, {total} rows,"
                f" {time.monotonic() - started:.1f} s",
                flush=True,
            )
        finally:
            engine.close()


main()
