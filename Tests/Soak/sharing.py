#!/usr/bin/env python3
"""Many machines share one history, over lines that break: nothing is lost, nothing is doubled.

    CLONES=16 OPERATIONS=50 PUSH_EVERY=10 CUTS=100 WAYS="cut cut-up stall kill" SEED= \\
      GIANT=1073741824 sharing.py SC

First that many clones record and push at once to one remote. Then two machines push and pull
over a line that is cut, or that goes silent, after a random number of bytes, or by an `sc` that is
killed at a random moment; each time the same command on a whole line must finish the job. Last a
remote has an activity of GIANT bytes, 1 GiB: it is named, and takes no memory.
"""

import collections
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

SERVERS = pathlib.Path(__file__).resolve().parent.parent / "Servers"
sys.path.insert(0, str(SERVERS))
from servers import Engine, History  # noqa: E402

CLONES = int(os.environ.get("CLONES", "16"))
OPERATIONS = int(os.environ.get("OPERATIONS", "50"))
PUSH_EVERY = int(os.environ.get("PUSH_EVERY", "10"))
CUTS = int(os.environ.get("CUTS", "100"))
WAYS = os.environ.get("WAYS", "cut cut-up stall kill").split()
SEED = int(os.environ.get("SEED") or time.time())
GIANT = int(os.environ.get("GIANT", 1 << 30))

# MiB that no command may take for a giant.
GIANT_MEMORY = 100


class Server:
    """A program of Tests/Servers that prints its address and ends with its standard input."""

    def __init__(self, *command, first_line=""):
        self.process = subprocess.Popen(
            ["python3", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdin.write(first_line)
        self.process.stdin.flush()
        self.address = self.process.stdout.readline().strip()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Machine:
    """A history of its own, and how many operations it recorded."""

    def __init__(self, sc, folder, environment, name, patience=120):
        self.sc, self.name = sc, name
        self.folder = f"{folder}/{name}"
        os.makedirs(self.folder)
        self.environment = environment | {
            "SC_AGENT_NAME": name, "SC_REMOTE_TIMEOUT": str(patience)}
        self.history = History(f"{self.folder}/.sc")
        self.recorded = 0
        self.run("init", "--quiet")

    def run(self, *arguments):
        done = subprocess.run([self.sc, *arguments], env=self.environment, cwd=self.folder,
                              capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(
                f"{self.name}: sc {' '.join(arguments)}: status {done.returncode}: "
                + done.stderr.strip())
        return done

    def record(self):
        self.run("volume", "create", f"{self.name}-{self.recorded}")
        self.recorded += 1

    def start(self, *arguments):
        return subprocess.Popen([self.sc, *arguments], env=self.environment, cwd=self.folder,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def problems_of(history, expected):
    """What a history lacks, has twice, or has damaged."""
    found = history.problems()
    recorded = collections.Counter(
        operation["Volume"].rsplit("/", 1)[1] for operation in history.operations()
        if operation["Operation"] == "volume.create")
    for name in expected - set(recorded):
        found.append(f"{name} is lost")
    for name, count in recorded.items():
        if count > 1:
            found.append(f"{name} is there {count} times")
    return found


def expected_of(machines):
    return {f"{one.name}-{number}" for one in machines for number in range(one.recorded)}


def share_at_once(sc, folder, environment):
    remote = f"{folder}/crowd.git"
    subprocess.run([sc, "remote", "init-server", "--quiet", remote], env=environment, check=True)
    machines = [Machine(sc, folder, environment, f"crowd{number}") for number in range(CLONES)]
    failures = []

    def work(machine):
        try:
            machine.run("remote", "add", "origin", remote)
            for number in range(OPERATIONS):
                machine.record()
                if (number + 1) % PUSH_EVERY == 0 or number + 1 == OPERATIONS:
                    machine.run("push", "--quiet")
        except RuntimeError as error:
            failures.append(str(error))

    start = time.time()
    threads = [threading.Thread(target=work, args=(machine,)) for machine in machines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"sharing.py: {CLONES} machines pushed {CLONES * OPERATIONS} operations in "
          f"{time.time() - start:.0f} s", flush=True)
    expected = expected_of(machines)
    found = failures + problems_of(History(remote), expected)
    trees = set()
    for machine in machines:
        machine.run("pull", "--quiet")
        found += problems_of(machine.history, expected)
        trees.add(machine.history.git("rev-parse", "HEAD^{tree}"))
    if len(trees) != 1:
        found.append(f"{len(trees)} different trees")
    return found


def break_line(machine, command, url, chance):
    """Runs a command over a line that breaks, or kills it; says how."""
    way = chance.choice(WAYS)
    if way == "kill":
        process = machine.start(command)
        time.sleep(chance.uniform(0, 0.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        return way
    place = url.split("@")[1].split("/")[0]
    line = Server(SERVERS / "silent.py", way, str(int(2 ** chance.uniform(4, 15))), place)
    try:
        machine.run("remote", "set-url", "origin", url.replace(place, line.address))
        machine.start(command).wait()
    finally:
        line.end()
        machine.run("remote", "set-url", "origin", url)
    return way


def share_over_broken_lines(sc, folder, environment):
    server = Server(SERVERS / "git.py", f"{folder}/server", "http", first_line="ada:secret\n")
    try:
        remote = f"{folder}/server/git/lab.git"
        subprocess.run([sc, "remote", "init-server", "--quiet", remote], env=environment, check=True)
        # git's fsck takes an object that is packed meanwhile for a lost one.
        subprocess.run(["git", f"--git-dir={remote}", "config", "receive.autogc", "false"], check=True)
        url = server.address.replace("://", "://ada:secret@") + "/git/lab.git"
        machines = [Machine(sc, folder, environment, name, 2) for name in ("near", "far")]
        for machine in machines:
            machine.run("remote", "add", "origin", url)
            machine.record()
            machine.run("push", "--quiet")
        chance = random.Random(SEED)
        found, ways = [], collections.Counter()
        for number in range(CUTS):
            one, other = chance.sample(machines, 2)
            for machine in (one, other):
                for _ in range(chance.randint(1, 3)):
                    machine.record()
            other.run("push", "--quiet")
            command = chance.choice(["push", "pull"])
            ways[f"{command} {break_line(one, command, url, chance)}"] += 1
            try:
                one.run(command, "--quiet")
                one.run("push", "--quiet")
            except RuntimeError as error:
                found.append(f"round {number}: {error}")
            if (number + 1) % 10 == 0:
                expected = expected_of(machines)
                for history in (History(remote), one.history):
                    found += [f"round {number}: {one}" for one in problems_of(history, expected)]
            if found:
                break
        for machine in machines:
            machine.run("pull", "--quiet")
            machine.run("verify", "--quiet")
            found += problems_of(machine.history, expected_of(machines))
        print(f"sharing.py: seed {SEED}, {sum(ways.values())} broken lines:", dict(ways), flush=True)
        return found
    finally:
        server.end()


def meet_a_giant(sc, folder, environment):
    """Asks for a history with a document of GIANT bytes, in processes that are measured."""
    remote = f"{folder}/giant.git"
    subprocess.run([SERVERS / "bomb.py", remote, "activity", str(GIANT), "1"], check=True)
    machine = Machine(sc, folder, environment, "small")
    machine.record()
    machine.run("remote", "add", "origin", f"file://{remote}")
    before = machine.history.git("rev-parse", "HEAD")
    found = []
    for words, status, said in [
        (["pull"], 1, f"has {GIANT} bytes"),
        (["clone", f"file://{remote}", "copy"], 0, ""),
        (["--sc-dir", "copy/.sc", "log"], 0, ""),
        (["--sc-dir", "copy/.sc", "verify"], 1, f"it has {GIANT} bytes"),
    ]:
        start = time.time()
        process = subprocess.Popen(
            ["python3", "-c", MEASURING, sc, *words], env=machine.environment, cwd=machine.folder,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        output, errors = process.communicate()
        memory = int(output.split()[-1])
        print(f"sharing.py: sc {' '.join(words)}: {memory} MiB, {time.time() - start:.1f} s",
              flush=True)
        if process.returncode != status or said not in errors:
            found.append(f"sc {' '.join(words)}: status {process.returncode}: {errors}")
        if memory > GIANT_MEMORY:
            found.append(f"sc {' '.join(words)} took {memory} MiB")
    if machine.history.git("rev-parse", "HEAD") != before:
        found.append("the history is another one")
    return found + problems_of(machine.history, expected_of([machine]))


# Runs a command, and writes the most memory that one of its processes took, in MiB.
MEASURING = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)
sys.exit(status)
"""


def main(sc):
    with Engine() as engine, tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/home")
        pathlib.Path(f"{folder}/home/config.json").write_text("{}")
        environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "SC_HOME": f"{folder}/home",
            "DOCKER_HOST": engine.host}
        found = share_at_once(sc, folder, environment) if CLONES else []
        if CUTS:
            found += share_over_broken_lines(sc, folder, environment)
        if GIANT:
            found += meet_a_giant(sc, folder, environment)
        for problem in found[:20]:
            print(f"sharing.py: {problem}", file=sys.stderr)
        print(f"sharing.py: {len(found)} problems")
        return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(os.path.abspath(sys.argv[1])))
