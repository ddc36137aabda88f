"""Whole processes, run in turn and timed, and the table of what was found."""

import json
import os
import random
import statistics
import sys
import tempfile
import time

ROUNDS = max(int(os.environ.get("ROUNDS", "40")), 3)
WARM_UP = 3

# From how many rounds on a ratio may be called even.
ENOUGH = 20


# The kernel counts to a process what its parent had before exec, so a small one starts it.
LAUNCHER = """
import os, sys
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(process, 0)
with open(sys.argv[1], "w") as file: file.write(str(usage.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Run:
    """One whole process: how long it took, and how much of a processor."""

    def __init__(self, command, environment, standard_input="/dev/null"):
        files = [(os.POSIX_SPAWN_OPEN, 0, standard_input, os.O_RDONLY, 0),
                 (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
        start = time.perf_counter()
        process = os.posix_spawnp(command[0], command, environment, file_actions=files)
        _, status, usage = os.wait4(process, 0)
        self.milliseconds = (time.perf_counter() - start) * 1000
        self.processor_milliseconds = (usage.ru_utime + usage.ru_stime) * 1000
        if status:
            sys.exit(f"bench: {' '.join(command)} failed with {os.waitstatus_to_exitcode(status)}")

    @classmethod
    def weighed(cls, command, environment, standard_input="/dev/null"):
        """The same with its memory; Python's start is in its time."""
        with tempfile.NamedTemporaryFile() as file:
            run = cls([sys.executable, "-S", "-E", "-c", LAUNCHER, file.name] + command,
                      environment, standard_input)
            run.peak_mebibytes = int(file.read()) / 1024
        return run


def interleave(commands, rounds=ROUNDS):
    """Runs named commands in turn, the other way round every second round: lists of times."""
    times = {name: [] for name in commands}
    for number in range(rounds + WARM_UP):
        order = list(commands) if number % 2 else list(commands)[::-1]
        for name in order:
            elapsed = Run(*commands[name]).milliseconds
            if number >= WARM_UP:
                times[name].append(elapsed)
    return times


def spread(times):
    """The distance between the quartiles, as a part of the median: how noisy it was."""
    if len(times) < 4:
        return (max(times) - min(times)) / statistics.median(times)
    lower, middle, upper = statistics.quantiles(times, n=4)
    return (upper - lower) / middle


def compared(ours, theirs, samples=1000):
    """The ratio of two tools that ran in turn, and between what it lies with 95 % certainty.

    Two runs of a round share what the machine did meanwhile: their difference is less noisy than
    either. The certainty is a bootstrap's, of the rounds (Efron 1979).
    """
    rounds = list(zip(ours, theirs))

    def ratio(some):
        difference = statistics.median(mine - other for mine, other in some)
        return 1 + difference / statistics.median(other for _, other in some)

    generator = random.Random(0)
    found = sorted(ratio(generator.choices(rounds, k=len(rounds))) for _ in range(samples))
    return ratio(rounds), found[samples // 40], found[-samples // 40 - 1]


class Report:
    """The rows of the table, each printed at once as a JSON line."""

    def __init__(self):
        self.rows = []

    def add(self, what, value, unit, bar, at_least=False, **details):
        """One measurement; a bar of None is none.

        Where it is beyond the bar, and the details tell that it may as well not be, it is "even":
        of a few rounds nobody can tell.
        """
        met = None if bar is None else value >= bar if at_least else value <= bar
        verdict = {True: "met", False: "MISSED", None: ""}[met]
        if (met is False and not at_least and details.get("low", value) <= bar
                and details["rounds"] >= ENOUGH):
            verdict = "even"
        sign = "≥ " if at_least else ""
        noise = details.get("spread")
        likely = f"{details['low']:.2f} to {details['high']:.2f}" if "low" in details else ""
        self.rows.append((what, f"{value:.2f}{unit}", likely,
                          "" if bar is None else f"{sign}{bar:g}{unit}",
                          "" if noise is None else f"{noise:.0%}", verdict))
        rounded = {name: round(number, 3) for name, number in details.items()}
        print(json.dumps(
            {"what": what, "value": round(value, 3), "unit": unit.strip() or "ratio", "bar": bar,
             "met": met, **rounded}), flush=True)
        return met

    def ratio(self, what, times, ours, theirs, bar, **details):
        """How long ours takes of theirs, where both ran in turn."""
        middle = {name: statistics.median(times[name]) for name in (ours, theirs)}
        value, low, high = compared(times[ours], times[theirs])
        self.add(what, value, "", bar, low=low, high=high, rounds=len(times[ours]),
                 ours_median_ms=middle[ours], theirs_median_ms=middle[theirs],
                 ours_min_ms=min(times[ours]), theirs_min_ms=min(times[theirs]),
                 spread=max(spread(times[ours]), spread(times[theirs])), **details)
        return middle

    def table(self):
        rows = [("what", "measured", "95 %", "bar", "spread", "")] + self.rows
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        print()
        for first, *rest, verdict in rows:
            cells = [f"{cell:>{width}}" for cell, width in zip(rest, widths[1:])]
            print("  ".join([f"{first:<{widths[0]}}", *cells, verdict]))

    @property
    def missed(self):
        return any(row[-1] == "MISSED" for row in self.rows)
