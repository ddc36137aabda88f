"""Pushing and cloning a history, beside git doing the same with the same remote."""

import os
import shutil
import subprocess

import histories
from measuring import Run

PUSHED = int(os.environ.get("PUSH_OPERATIONS", "1000"))
CLONED = int(os.environ.get("CLONE_OPERATIONS", "100000"))
# By how a history came to lie in its pack, and a program in memory, the same two tools differ by
# 3 % more or less in all rounds: so several are pushed a few times each.
PUSH_HISTORIES = int(os.environ.get("PUSH_HISTORIES", "12"))
PUSH_ROUNDS = int(os.environ.get("PUSH_ROUNDS", "10"))
CLONE_ROUNDS = int(os.environ.get("CLONE_ROUNDS", "4"))


def make_remote(path):
    shutil.rmtree(path, ignore_errors=True)
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path], check=True)


def timed(commands, rounds, prepare):
    """Runs named commands in turn, each after what makes it possible: lists of times."""
    times = {name: [] for name in commands}
    for number in range(rounds + 1):
        order = list(commands) if number % 2 else list(commands)[::-1]
        for name in order:
            prepare(name)
            elapsed = Run(*commands[name]).milliseconds
            # The first round warms the caches.
            if number:
                times[name].append(elapsed)
    return times


def measure_push(report, sc, folder, environment):
    times = {"sc": [], "git": []}
    for number in range(PUSH_HISTORIES):
        place = f"{folder}/push-{number}"
        os.mkdir(place)
        for name, some in push(sc, place, environment).items():
            times[name] += some
        shutil.rmtree(place)
    report.ratio(f"push of {PUSHED} operations, sc / git", times, "sc", "git", 1.0)


def push(sc, folder, environment):
    """Pushes a new history by a new copy of sc, and by git."""
    history, remote, copy = (f"{folder}/{name}" for name in (".sc", "remote.git", "sc"))
    shutil.copy(sc, copy)
    environment = {**environment, "SC_DIR": ""}
    subprocess.run([sc, "init", "--quiet", folder], env=environment, check=True)
    environment["SC_DIR"] = history
    histories.make(history, PUSHED)
    git = ["git", f"--git-dir={history}"]
    subprocess.run([*git, "remote", "add", "origin", f"file://{remote}"], check=True)

    def prepare(_):
        make_remote(remote)
        # Neither is to believe that the remote has it from the round before.
        subprocess.run([*git, "update-ref", "-d", "refs/remotes/origin/main"], check=True)
    return timed(
        {"sc": ([copy, "push", "--quiet"], environment),
         "git": ([*git, "push", "-q", "origin", "main"], environment)},
        PUSH_ROUNDS, prepare)


def measure_clone(report, sc, folder, environment):
    remote = f"{folder}/clone.git"
    make_remote(remote)
    histories.make(remote, CLONED)
    # Of a path git links the files, and looks at none of them. That is not the same: sc looks at the
    # folders of a history before it takes it. So there is no bar, and what it costs is told.
    for name, address, bar in [("file://", f"file://{remote}", 1.0), ("a path", remote, None)]:
        places = {tool: f"{folder}/clone-{tool}" for tool in ("sc", "git")}
        times = timed(
            {"sc": ([sc, "clone", "--quiet", address, places["sc"]],
                    {**environment, "SC_DIR": ""}),
             "git": (["git", "clone", "-q", "--bare", address, places["git"]], environment)},
            CLONE_ROUNDS, lambda tool: shutil.rmtree(places[tool], ignore_errors=True))
        peak = {}
        for tool, command in [("sc", [sc, "clone", "--quiet", address])]:
            shutil.rmtree(places[tool], ignore_errors=True)
            peak[tool] = Run.weighed(
                [*command, places[tool]], {**environment, "SC_DIR": ""}).peak_mebibytes
        report.ratio(f"clone of {CLONED} operations from {name}, sc / git", times, "sc", "git",
                     bar, peak_mib=peak["sc"])


def measure(report, sc, environment, folder):
    measure_push(report, sc, folder, environment)
    measure_clone(report, sc, folder, environment)
