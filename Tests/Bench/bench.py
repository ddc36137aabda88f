#!/usr/bin/env python3
"""Measures sc beside what a user would otherwise run, interleaved, in one run on one machine.

    ROUNDS=40 SIZES=1000,10000,100000 STRICT= bench.py SC

Prints one JSON line a measurement and a table with the project's bars. Only the ratios mean
something elsewhere. With STRICT=1 the status is 1 when a bar is missed.

What recording adds to one operation (b) is told by sc's own clock, which SC_TRACE=timing makes
it print: all the time before and after the exchange with the engine, that is, the intent, the
look at what was changed, the record and the commit. Recording cannot be switched off, so from
outside it is a difference, which is printed beside it: a whole `sc container create`, which is
recorded, less a whole `sc container wait` of a container that has ended, which speaks to the
engine as well and is not; less what the engine takes longer for a create than for such a wait,
which `curl` tells by sending the same two requests. That has in it what a process does once,
opening the history, and what the two disturb each other. Where SC_TRACE=timing makes sc print `recording N ms` to standard
error, that is printed beside it.
"""

import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Servers"))
import histories  # noqa: E402
from servers import Engine  # noqa: E402

ROUNDS = max(int(os.environ.get("ROUNDS", "40")), 3)
SIZES = [int(size) for size in os.environ.get("SIZES", "1000,10000,100000").split(",")]
WARM_UP = 3

QUIET = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
         (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]


def milliseconds(command, environment):
    """How long one whole process takes."""
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, environment, file_actions=QUIET)
    _, status = os.waitpid(process, 0)
    elapsed = time.perf_counter() - start
    if status:
        sys.exit(f"bench.py: {' '.join(command)} failed with {os.waitstatus_to_exitcode(status)}")
    return elapsed * 1000


def interleave(commands, rounds=ROUNDS):
    """Runs named commands in turn, the other way round every second round: lists of times."""
    times = {name: [] for name in commands}
    for number in range(rounds + WARM_UP):
        order = list(commands) if number % 2 else list(commands)[::-1]
        for name in order:
            elapsed = milliseconds(*commands[name])
            if number >= WARM_UP:
                times[name].append(elapsed)
    return times


class Report:
    """The rows of the table, each printed at once as a JSON line."""

    def __init__(self):
        self.rows = []

    def add(self, what, value, unit, bar, **details):
        """One measurement; a bar of None is none."""
        met = None if bar is None else value <= bar
        self.rows.append((what, f"{value:.2f}{unit}", "" if bar is None else f"{bar:g}{unit}",
                          {True: "met", False: "MISSED", None: ""}[met]))
        rounded = {name: round(number, 3) for name, number in details.items()}
        print(json.dumps(
            {"what": what, "value": round(value, 3), "unit": unit.strip() or "ratio", "bar": bar,
             "met": met, **rounded}), flush=True)
        return met

    def ratio(self, what, times, ours, theirs, bar):
        """The ratio of two medians."""
        middle = {name: statistics.median(times[name]) for name in (ours, theirs)}
        self.add(what, middle[ours] / middle[theirs], "", bar,
                 ours_median_ms=middle[ours], theirs_median_ms=middle[theirs],
                 ours_min_ms=min(times[ours]), theirs_min_ms=min(times[theirs]))
        return middle

    def table(self):
        rows = [("what", "measured", "bar", "")] + self.rows
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        print()
        for row in rows:
            print(f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]}")


def make_histories(sc, folder, base):
    """A history of each size, and the environment in which sc uses it."""
    environments = {}
    for size in SIZES:
        place = f"{folder}/{size}"
        os.mkdir(place)
        environment = base | {"SC_DIR": f"{place}/.sc"}
        subprocess.run([sc, "init"], cwd=place, env=base, check=True, stdout=subprocess.DEVNULL)
        start = time.time()
        histories.make(f"{place}/.sc", size)
        print(f"bench.py: {size} operations of history made in {time.time() - start:.1f} s",
              file=sys.stderr)
        environments[size] = environment
    return environments


def measure_start(report, sc, environment):
    times = interleave({
        "sc": ([sc, "--version"], environment),
        "docker": (["docker", "--version"], environment)})
    report.ratio("(d) sc --version / docker --version", times, "sc", "docker", 1.0)


def measure_create(report, sc, environment):
    times = interleave({
        "sc": ([sc, "container", "create", "bench", "true"], environment),
        "docker": (["docker", "create", "bench", "true"], environment)})
    report.ratio("(a) sc container create / docker create", times, "sc", "docker", 1.0)


def ended_container(environment):
    """A container that has run and ended."""
    def docker(*arguments):
        return subprocess.run(["docker", *arguments], env=environment, check=True, text=True,
                              capture_output=True).stdout.strip()
    identifier = docker("create", "bench", "true")
    docker("start", identifier)
    docker("wait", identifier)
    return identifier


def measure_recording(report, sc, engine, environments):
    any_environment = environments[SIZES[0]]
    body = json.dumps({"Image": "bench", "Cmd": ["true"]})
    commands = {
        size: ([sc, "container", "create", "bench", "true"], environment)
        for size, environment in environments.items()}
    ended = ended_container(any_environment)
    request = ["curl", "--silent", "--fail", "--unix-socket", engine.socket, "--header",
               "Content-Type: application/json", "--data"]
    commands["sc wait"] = ([sc, "container", "wait", ended], any_environment)
    commands["wait"] = (request + ["", f"http://engine/containers/{ended}/wait"], any_environment)
    commands["create"] = (request + [body, "http://engine/containers/create"], any_environment)
    times = interleave(commands)
    added = {}
    for size in SIZES:
        # Paired within the round, so that a machine that slows down slows all four.
        rounds = [
            (whole - unrecorded) - (create - wait)
            for whole, unrecorded, create, wait in zip(
                times[size], times["sc wait"], times["create"], times["wait"])]
        added[size] = statistics.median(rounds)
        report.add(f"    recorded process more, {size} operations", added[size], " ms", None,
                   min_ms=min(rounds), whole_median_ms=statistics.median(times[size]),
                   unrecorded_median_ms=statistics.median(times["sc wait"]),
                   create_median_ms=statistics.median(times["create"]),
                   wait_median_ms=statistics.median(times["wait"]))
    report.add(f"    whole process, {SIZES[-1]} / {SIZES[0]} operations",
               statistics.median(times[SIZES[-1]]) / statistics.median(times[SIZES[0]]), "", None)


def measure_traced(report, sc, environments):
    """The recorder's own clock, the histories in turn."""
    found = {size: [] for size in environments}
    for _ in range(ROUNDS):
        for size, environment in environments.items():
            error = subprocess.run(
                [sc, "container", "create", "bench", "true"], capture_output=True, text=True,
                env=environment | {"SC_TRACE": "timing"}, check=True).stderr
            found[size].append(float(re.search(r"\brecording ([0-9.]+) ms", error).group(1)))
    middle = {size: statistics.median(times) for size, times in found.items()}
    for size, times in found.items():
        report.add(f"(b) recording added, {size} operations", middle[size], " ms", 5.0,
                   min_ms=min(times))
    report.add(f"(b) recording added, {SIZES[-1]} / {SIZES[0]} operations",
               middle[SIZES[-1]] / middle[SIZES[0]], "", 1.2)


def measure_log(report, sc, environments):
    middles = []
    for size, environment in environments.items():
        times = interleave({
            "sc": ([sc, "log", "-n", "20"], environment),
            "git": (["git", f"--git-dir={environment['SC_DIR']}", "log", "-n", "20"], environment)})
        middles.append(
            report.ratio(f"(c) sc log -n 20 / git log -n 20, {size} operations", times, "sc",
                         "git", 3.0))
    ours, theirs = (middles[-1][name] / middles[0][name] for name in ("sc", "git"))
    report.add(f"(c) growth of sc log / growth of git log, {SIZES[0]} to {SIZES[-1]}",
               ours / theirs, "", 1.2, ours=ours, theirs=theirs)


def main(sc):
    with Engine() as engine, tempfile.TemporaryDirectory() as folder:
        engine.image("bench")
        base = {
            "PATH": os.environ["PATH"], "HOME": folder, "SC_HOME": f"{folder}/home",
            "DOCKER_HOST": engine.host, "SC_PAGER": "cat", "GIT_PAGER": "cat"}
        for tool in (["docker", "--version"], ["git", "--version"], [sc, "--version"]):
            subprocess.run(tool, env=base, check=True, stdout=sys.stderr)
        report = Report()
        measure_start(report, sc, base)
        fresh = f"{folder}/fresh"
        os.mkdir(fresh)
        subprocess.run([sc, "init"], cwd=fresh, env=base, check=True, stdout=subprocess.DEVNULL)
        measure_create(report, sc, base | {"SC_DIR": f"{fresh}/.sc"})
        environments = make_histories(sc, folder, base)
        measure_log(report, sc, environments)
        measure_recording(report, sc, engine, environments)
        measure_traced(report, sc, environments)
        report.table()
    missed = any(row[3] == "MISSED" for row in report.rows)
    return 1 if missed and os.environ.get("STRICT") else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(os.path.abspath(sys.argv[1])))
