#!/usr/bin/env python3
"""Kills `sc` at random moments, and holds its history against what the engine really did.

    KILLS=200 SEED=1 MAX_UNKNOWN=10 kill.py SC

Every operation in the engine's own stream of events must be in the history exactly once, and
none that is not in that stream. An operation whose outcome is recorded as unknown may or may
not have happened; there may be few of those.
"""

import collections
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Servers"))
from servers import Engine, Events, History  # noqa: E402

KILLS = int(os.environ.get("KILLS", "200"))
SEED = int(os.environ.get("SEED", str(int(time.time()))))
MAX_UNKNOWN = int(os.environ.get("MAX_UNKNOWN", str(max(1, KILLS // 20))))

# What begins the name of a container that an operation makes for itself.
TRANSIENT = "smartcontainers-"

LOOP = ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 0.1; done"]


class Script:
    """A script of operations in which each step fits the state that the engine is in."""

    def __init__(self, sc, engine, events, environment, folder):
        self.sc, self.engine, self.events = sc, engine, events
        self.environment, self.folder = environment, folder
        self.random = random.Random(SEED)
        self.number = 0
        self.kills = 0
        self.problems = []
        self.context = os.path.join(folder, "context")
        os.mkdir(self.context)
        self.start_up = 0.0
        # How long each kind of step takes when it is left alone, in seconds.
        self.duration = collections.defaultdict(lambda: 0.1)

    def container(self):
        """The engine's container of this script, or None."""
        _, found = self.engine.request(
            "GET", '/containers/json?all=1&filters={"label":["soak=main"]}')
        return found[0] if found else None

    def tags(self):
        """The names that this script gave to its image, and has not taken back."""
        _, image = self.engine.request("GET", "/images/soak/json")
        return sorted(name for name in image["RepoTags"] if name.startswith("soak/tag-"))

    def step(self):
        """The next step's kind and arguments."""
        self.number += 1
        unique = f"{self.number}"
        container = self.container()
        if container is None:
            return "create", ["container", "create", "--name", f"soak-{unique}",
                              "-l", "soak=main", "soak", *LOOP]
        name = container["Names"][0].lstrip("/")
        steps = {
            "rename": ["container", "rename", name, f"soak-{unique}"],
            "commit": ["container", "commit", name, f"soak/commit-{unique}"],
            "tag": ["image", "tag", "soak", f"soak/tag-{unique}"],
            "run": ["run", "--rm", "--name", f"soak-run-{unique}", "soak", "true"],
            "build": ["image", "build", "-t", f"soak/build-{unique}", self.context],
            "infect": ["infect", "--tag", f"soak/infect-{unique}", "soak"],
        }
        pathlib.Path(self.context, "Dockerfile").write_text(f"FROM soak\nENV STEP={unique}\n")
        if tags := self.tags():
            steps["untag"] = ["image", "rm", self.random.choice(tags)]
        if container["State"] == "running":
            steps["stop"] = ["container", "stop", "-t", "5", name]
            steps["restart"] = ["container", "restart", "-t", "5", name]
        else:
            steps["start"] = ["container", "start", name]
            steps["rm"] = ["container", "rm", name]
        return self.random.choice(sorted(steps.items()))

    def perform(self):
        """One step, killed at a random moment unless it is done by then."""
        kind, arguments = self.step()
        start = time.monotonic()
        process = subprocess.Popen(
            [self.sc, *arguments], env=self.environment, cwd=self.folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            # Before it has read its arguments, a kill shows nothing.
            longest = 1.2 * self.duration[kind]
            process.wait(self.random.uniform(min(self.start_up, longest), longest))
        except subprocess.TimeoutExpired:
            process.kill()
        error = process.communicate()[1].strip()
        if process.returncode == -9:
            self.kills += 1
            # Half of the time somebody looks at once, while the engine may still be at work.
            if self.random.random() < 0.5:
                self.settle()
        else:
            self.duration[kind] = time.monotonic() - start
            if process.returncode:
                self.problems.append(
                    f"{' '.join(arguments)}: status {process.returncode}: {error}")
        self.wait_for_engine()

    def settle(self):
        """Runs a command that settles what a killed one left."""
        done = subprocess.run(
            [self.sc, "status"], env=self.environment, cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            self.problems.append(f"status: status {done.returncode}: {done.stderr.strip()}")

    def wait_for_engine(self):
        """Waits until the engine has been silent, so that the next step fits its state."""
        count = -1
        while count != len(self.events.seen):
            count = len(self.events.seen)
            time.sleep(0.25)

    def measure(self):
        """Lets each kind of step run once, so that later kills fall within its duration."""
        start = time.monotonic()
        subprocess.run([self.sc, "--version"], check=True, stdout=subprocess.DEVNULL)
        self.start_up = time.monotonic() - start
        self.duration.default_factory = lambda: 60.0
        for _ in range(16):
            self.perform()
        self.duration.default_factory = lambda: 0.2


def performed(events):
    """How often the engine did each operation on each target; runs by their container."""
    counts = collections.Counter()
    containers, runs = set(), set()
    for event in events:
        target, action = event["Actor"]["ID"], event["Action"]
        name = event["Actor"]["Attributes"].get("name", "")
        if event["Type"] == "image":
            for prefix, kind in (("soak/tag-", "image.tag"), ("soak/build-", "image.build")):
                if action == "tag" and name.startswith(prefix):
                    counts[kind, name.removesuffix(":latest")] += 1
            if action == "untag":
                counts["image.remove", target] += 1
            continue
        if event["Type"] != "container":
            continue
        if action == "create" and name.startswith(TRANSIENT):
            counts["infect", name.removeprefix(TRANSIENT)] += 1
        if action == "create" and name.startswith("soak-"):
            containers.add(target)
            if name.startswith("soak-run-"):
                runs.add(target)
                counts["run", target] += 1
        # A build makes containers of its own.
        if target in runs or target not in containers:
            continue
        if action in ("create", "start", "stop", "restart", "rename", "commit", "destroy"):
            counts["container." + {"destroy": "remove"}.get(action, action), target] += 1
        if action == "restart":
            # The engine announces a restart's own stop and start, too.
            counts["container.stop", target] -= 1
            counts["container.start", target] -= 1
    return counts


def recorded(operations, documents):
    """How often the history says that each operation succeeded, and that it is unknown."""
    counts = {"succeeded": collections.Counter(), "unknown": collections.Counter()}
    for operation in operations:
        kind = operation["Operation"]
        kind = {"container.rm": "container.remove", "container.run": "run"}.get(kind, kind)
        target = operation.get("Container", "").rstrip("…")
        # What an infection did not live to remove is removed by the next command.
        if operation.get("Name", "").startswith(TRANSIENT):
            continue
        if kind == "image.remove":
            target = operation.get("Image", "")
        if kind in ("image.tag", "image.build"):
            # The new name is in the request; the message names the image by its id.
            option = {"image.tag": "repo=", "image.build": "t="}[kind]
            words = documents(operation["Activity"]).split('"')
            names = [word.removeprefix(option) for word in words if word.startswith(option)]
            target = names[0].removesuffix(":latest") if names else ""
        # A reason may follow the word.
        outcome = operation.get("Outcome", "").split(" ")[0].rstrip(":")
        # A run that was cut short did happen, as far as it came: its container says so.
        if kind == "run" and target:
            outcome = "succeeded"
        # So did an infection: its activity's id is the name of the container that it made.
        if kind == "infect":
            outcome, target = "succeeded", operation["Activity"].removeprefix("urn:uuid:")
        if outcome in counts:
            counts[outcome][kind, target] += 1
    return counts["succeeded"], counts["unknown"]


def compare(events, history):
    """Problems, and the number of operations whose outcome is unknown."""
    paths = {pathlib.PurePath(path).stem: path for path in history.git(
        "ls-tree", "-r", "--name-only", "HEAD", "activities/").split()}

    def document(activity):
        path = paths.get(activity.removeprefix("urn:uuid:"))
        return history.git("show", f"HEAD:{path}") if path else ""

    done = performed(events)
    succeeded, unknown = recorded(history.operations(), document)
    problems = []
    for key in sorted(set(done) | set(succeeded)):
        if not succeeded[key] <= done[key] <= succeeded[key] + unknown[key]:
            problems.append(
                f"{key[0]} of {key[1] or 'nothing'}: done {done[key]} times, recorded"
                f" {succeeded[key]} times, and {unknown[key]} times as unknown")
    return problems, sum(unknown.values()), sum(done.values())


def main(sc):
    with Engine() as engine, tempfile.TemporaryDirectory() as folder:
        engine.image("soak")
        environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "SC_HOME": f"{folder}/home",
            "DOCKER_HOST": engine.host}
        subprocess.run([sc, "init"], env=environment, cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
        with Events(engine) as events:
            script = Script(sc, engine, events, environment, folder)
            script.measure()
            steps = 0
            while script.kills < KILLS and steps < 6 * KILLS + 20:
                script.perform()
                steps += 1
            script.settle()
            script.wait_for_engine()
            _, left = engine.request("GET", "/containers/json?all=1")
        left = [name for one in left for name in one["Names"] if TRANSIENT in name]
        history = History(f"{folder}/.sc")
        problems, unknown, done = compare(events.seen, history)
        problems = script.problems + history.problems() + problems
        waiting = [name for name in os.listdir(f"{folder}/.sc/sc/journal") if "jsonl" in name]
        if waiting:
            problems.append(f"{len(waiting)} operations still wait in the journal")
        if left:
            problems.append(f"containers are left: {left}")
        if script.kills < KILLS:
            problems.append(f"only {script.kills} kills found sc alive")
        if unknown > MAX_UNKNOWN:
            problems.append(f"{unknown} outcomes are unknown, more than {MAX_UNKNOWN}")
        if problems and os.environ.get("KEEP"):
            subprocess.run(["cp", "-a", f"{folder}/.sc", os.environ["KEEP"]], check=True)
    for problem in problems[:20]:
        print(f"kill.py: {problem}", file=sys.stderr)
    print(f"kill.py: {script.kills} kills (seed {SEED}), {done} operations done by the engine,"
          f" {unknown} recorded as unknown, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(os.path.abspath(sys.argv[1])))
