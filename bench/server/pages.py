#!/usr/bin/env python3
"""How long pages of a demonstration take, its cold start and its memory.

Usage, from the root of the repository, on an idle machine:
    cargo build --release -p sapar-cli
    python3 bench/server/pages.py target/release/sapar

One browser asks, one page after the other; it is no load test. Only Python's own library is used.
"""
import http.client
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

PORT = 8099
TIMES = 200


def start(program, folder):
    begun = time.monotonic()
    server = subprocess.Popen(
        [program, "serve", "--demo", "--data", folder, "--listen", f"127.0.0.1:{PORT}"],
        stdout=subprocess.DEVNULL,
    )
    while True:
        try:
            ask(http.client.HTTPConnection("127.0.0.1", PORT), "GET", "/ready")
            return server, time.monotonic() - begun
        except OSError:
            time.sleep(0.005)


def ask(connection, method, path, body=None, headers=None):
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    return response, response.read()


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        server, filled = start(program, folder)
        server.terminate()
        server.wait()
        server, cold = start(program, folder)
        try:
            print(f"filling and starting: {filled:.2f} s; starting again: {cold * 1000:.0f} ms")
            connection = http.client.HTTPConnection("127.0.0.1", PORT)
            response, page = ask(connection, "GET", "/sign-in")
            guest = response.getheader("set-cookie").split(";")[0]
            token = re.search(rb'name="csrf" value="([^"]+)"', page).group(1).decode()
            form = urllib.parse.urlencode({"csrf": token, "name": "second", "password": "demonstration only"})
            kind = {"cookie": guest, "content-type": "application/x-www-form-urlencoded"}
            response, _ = ask(connection, "POST", "/sign-in", form, kind)
            cookies = [value.split(";")[0] for name, value in response.getheaders() if name.lower() == "set-cookie"]
            session = {"cookie": next(one for one in cookies if "session" in one)}
            _, desk = ask(connection, "GET", "/", None, session)
            person = re.search(rb'href="(/people/[^"#]+)"', desk).group(1).decode()
            for name, path in [("desk", "/"), ("new encounter", "/encounters/new"), ("person", person),
                               ("tasks", "/tasks"), ("referrals", "/referrals"), ("search form", "/search")]:
                took = []
                for _ in range(TIMES):
                    begun = time.perf_counter()
                    response, body = ask(connection, "GET", path, None, session)
                    took.append((time.perf_counter() - begun) * 1000)
                    assert response.status == 200, (name, response.status)
                took.sort()
                middle, last = took[len(took) // 2], took[len(took) * 99 // 100]
                print(f"{name:14} {len(body):7} bytes  median {middle:6.1f} ms  99th percentile {last:6.1f} ms")
            with open(f"/proc/{server.pid}/status", encoding="ascii") as status:
                print(next(line for line in status if line.startswith("VmRSS")).strip())
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
