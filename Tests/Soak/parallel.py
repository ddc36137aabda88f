#!/usr/bin/env python3
"""Many processes record at once: nothing is lost, nothing is doubled.

    PROCESSES=8 OPERATIONS=50 parallel.py SC
"""

import collections
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Servers"))
from servers import Engine, Events, History  # noqa: E402

PROCESSES = int(os.environ.get("PROCESSES", "8"))
OPERATIONS = int(os.environ.get("OPERATIONS", "50"))


def worker(sc, number, environment, folder, failures):
    """Creates containers, each by a process of its own."""
    for round_ in range(OPERATIONS):
        done = subprocess.run(
            [sc, "container", "create", "--name", f"soak-{number}-{round_}", "soak", "true"],
            env=environment, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            failures.append(f"status {done.returncode}: {done.stderr.strip()}")


def main(sc):
    with Engine() as engine, tempfile.TemporaryDirectory() as folder:
        engine.image("soak")
        environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "SC_HOME": f"{folder}/home",
            "DOCKER_HOST": engine.host}
        subprocess.run([sc, "init"], env=environment, cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
        failures = []
        with Events(engine) as events:
            threads = [
                threading.Thread(target=worker, args=(sc, number, environment, folder, failures))
                for number in range(PROCESSES)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        # What waits in the journal for a busy history is committed by the next command.
        subprocess.run([sc, "status"], env=environment, cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)

        history = History(f"{folder}/.sc")
        created = collections.Counter(
            event["id"] for event in events.seen
            if event["Type"] == "container" and event["Action"] == "create")
        recorded = collections.Counter(
            operation.get("Container") for operation in history.operations())
        problems = failures + history.problems()
        if sum(created.values()) != PROCESSES * OPERATIONS:
            problems.append(f"the engine created {sum(created.values())} containers")
        for container in created | recorded:
            if created[container] != recorded[container]:
                problems.append(
                    f"{container}: created {created[container]} times,"
                    f" recorded {recorded[container]} times")
    for problem in problems[:20]:
        print(f"parallel.py: {problem}", file=sys.stderr)
    print(f"parallel.py: {PROCESSES} processes, {sum(recorded.values())} activities,"
          f" {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(os.path.abspath(sys.argv[1])))
