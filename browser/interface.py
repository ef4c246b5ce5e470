#!/usr/bin/env python3
"""Schemathesis against the JSON interface: whatever is sent, no answer is an error of the server, and each is as documented.

Usage: interface.py SCHEMATHESIS BASE, where BASE is the address of a demonstration.

It is run as two users, with persons, tasks, screenings and referrals that are there, so that more than "not there" is answered.
"""
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

PASSWORD = "demonstration only"
SEED = "20261125"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


class Session:
    """A session of the JSON interface."""

    def __init__(self, base, name):
        self.base, self.token = base, ""
        self.token = self.ask("/api/v1/sessions", {"name": name, "password": PASSWORD})["token"]

    def ask(self, path, body=None):
        """Asks for a path; posts the body, if there is one."""
        request = urllib.request.Request(self.base + path, headers={"authorization": f"Bearer {self.token}"})
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("content-type", "application/json")
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)


def known(session):
    """Identifiers by the address that they stand in."""
    tasks = session.ask("/api/v1/tasks")
    referrals = session.ask("/api/v1/referrals")
    person = (tasks or referrals)[0]["person"]
    page = session.ask(f"/api/v1/people/{person}")
    found = {"/api/v1/people/{person}": {"person": person}}
    if tasks:
        found["/api/v1/people/{person}/tasks/{task}/completion"] = {"person": person, "task": tasks[0]["id"]}
    if page["screenings"]:
        for rest in ["", "/answers", "/end", "/outcome"]:
            found["/api/v1/screenings/{id}" + rest] = {"id": page["screenings"][0]["id"]}
    if referrals:
        waiting = next((one for one in referrals if one["state"] == "offered"), referrals[0])
        for rest in ["acceptance", "refusal", "arrival", "completion"]:
            found["/api/v1/referrals/{id}/" + rest] = {"id": waiting["id"]}
    return found


def run(schemathesis, base, name):
    """Sends some hundred requests as one user."""
    session = Session(base, name)
    # It keeps a cache where it is run.
    with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile("w", suffix=".toml") as settings:
        for path, parameters in known(session).items():
            values = ", ".join(f'"path.{key}" = "{value}"' for key, value in parameters.items())
            settings.write(f'[[operations]]\ninclude-path = "{path}"\nparameters = {{ {values} }}\n\n')
        settings.flush()
        return subprocess.run(
            [os.path.abspath(schemathesis), "--config-file", settings.name, "run", f"{base}/api/openapi.json",
             "--header", f"Authorization: Bearer {session.token}", "--checks", CHECKS,
             "--exclude-path-regex", "sessions", "--max-examples", "15", "--seed", SEED,
             "--phases", "examples,coverage,fuzzing", "--generation-database", "none", "--no-color"],
            check=False, cwd=folder,
        ).returncode


def main():
    """Runs as an officer, and as the authority that persons are referred to."""
    schemathesis, base = sys.argv[1:]
    ended = [run(schemathesis, base, name) for name in ["second", "asylum"]]
    sys.exit(max(ended))


if __name__ == "__main__":
    main()
