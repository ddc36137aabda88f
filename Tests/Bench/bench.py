#!/usr/bin/env python3
"""Measures sc beside what a user would otherwise run, interleaved, in one run on one machine.

    ROUNDS=40 SIZES=1000,10000,100000 OPERATION_ROUNDS=40 STREAM_MIB=2048 \\
      STREAM_ROUNDS=3 LINKED_DOCUMENTS=10000 LINKED_HISTORY=100000 PUSH_OPERATIONS=1000 \\
      PUSH_HISTORIES=12 PUSH_ROUNDS=10 CLONE_OPERATIONS=100000 ARCHIVE_MIB=500 \\
      ARCHIVE_ROUNDS=5 RUN_ROUNDS=10 STRICT= \\
      bench.py SC [start|create|histories|operations|streams|smart|linked|sharing|archives]...

Measures all sections or those that are named. Prints one JSON line a measurement and a table with
the project's bars. Only the ratios mean something elsewhere; "95 %" tells between what they lie with
that certainty, and "spread" how noisy the machine was: the distance between the quartiles in parts
of the median. A ratio that is beyond its bar by less than that is "even" and not missed. With
STRICT=1 the status is 1 when a bar is missed. BENCH_PYTHON names a Python that has docker-py, rdflib, pyld and pyoxigraph; runs are
measured beside DataLad's where datalad with its container extension is in PATH.

What recording adds to one operation (b) is told by sc's own clock, which SC_TRACE=timing makes
it print: all the time before and after the exchange with the engine, that is, the intent, the
look at what was changed, the record and the commit. Recording cannot be switched off, so from
outside it is a difference, which is printed beside it: a whole `sc container create`, which is
recorded, less a whole `sc container wait` of a container that has ended, which speaks to the
engine as well and is not; less what the engine takes longer for a create than for such a wait,
which `curl` tells by sending the same two requests. That has in it what a process does once,
opening the history, and what the two disturb each other.
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
import archives  # noqa: E402
import histories  # noqa: E402
import linked  # noqa: E402
import operations  # noqa: E402
import sharing  # noqa: E402
import smart  # noqa: E402
import streams  # noqa: E402
from measuring import ROUNDS, Report, interleave  # noqa: E402
from servers import Engine  # noqa: E402

SIZES = [int(size) for size in os.environ.get("SIZES", "1000,10000,100000").split(",")]


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
    # What is measured next syncs, and should not wait for what was just made.
    os.sync()
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


SECTIONS = ["start", "create", "histories", "operations", "streams", "smart", "linked",
            "sharing", "archives"]


def new_history(sc, folder, name, base):
    """The environment in which sc uses an empty history."""
    place = f"{folder}/{name}"
    os.mkdir(place)
    subprocess.run([sc, "init"], cwd=place, env=base, check=True, stdout=subprocess.DEVNULL)
    return base | {"SC_DIR": f"{place}/.sc"}


def measure(section, report, sc, engine, folder, base):
    if section == "start":
        measure_start(report, sc, base)
    elif section == "create":
        measure_create(report, sc, new_history(sc, folder, "create", base))
    elif section == "histories":
        environments = make_histories(sc, folder, base)
        measure_log(report, sc, environments)
        measure_recording(report, sc, engine, environments)
        measure_traced(report, sc, environments)
    elif section == "operations":
        operations.measure(report, sc, engine, new_history(sc, folder, "operations", base),
                           os.environ.get("BENCH_PYTHON"))
    elif section == "streams":
        streams.measure(report, sc, engine, new_history(sc, folder, "streams", base), folder)
    elif section == "smart":
        smart.measure(report, sc, engine, new_history(sc, folder, "smart", base), folder)
    elif section == "sharing":
        sharing.measure(report, sc, new_history(sc, folder, "sharing", base), folder)
    elif section == "archives":
        archives.measure(report, sc, new_history(sc, folder, "archives", base), folder)
    elif section == "linked":
        linked.measure(report, sc, os.environ.get("BENCH_PYTHON", sys.executable), folder,
                       lambda name: new_history(sc, folder, name, base))


def main(sc, sections):
    with Engine() as engine, tempfile.TemporaryDirectory() as folder:
        engine.image("bench")
        base = {
            "PATH": os.environ["PATH"], "HOME": folder, "SC_HOME": f"{folder}/home",
            "DOCKER_HOST": engine.host, "SC_PAGER": "cat", "GIT_PAGER": "cat"}
        for tool in (["docker", "--version"], ["git", "--version"], [sc, "--version"]):
            subprocess.run(tool, env=base, check=True, stdout=sys.stderr)
        report = Report()
        for section in sections:
            begin = time.time()
            measure(section, report, sc, engine, folder, base)
            load = os.getloadavg()[0]
            print(f"bench.py: {section} took {time.time() - begin:.0f} s, load {load:.1f}",
                  file=sys.stderr)
        report.table()
    return 1 if report.missed and os.environ.get("STRICT") else 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or not set(sys.argv[2:]) <= set(SECTIONS):
        sys.exit(__doc__)
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2:] or SECTIONS))
