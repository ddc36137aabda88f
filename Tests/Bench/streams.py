"""(f) Archives of any size that stream through: throughput beside the docker CLI's, and memory."""

import os
import statistics
import subprocess
import sys
import tarfile

from measuring import Run, spread
from operations import Workplace

MEBIBYTES = int(os.environ.get("STREAM_MIB", "2048"))
ROUNDS = max(int(os.environ.get("STREAM_ROUNDS", "3")), 1)
BLOCK = 8 << 20


class Noise:
    """Bytes that nobody can make smaller, without end."""

    def __init__(self):
        self.block = os.urandom(BLOCK)

    def read(self, count):
        return (self.block * (count // BLOCK + 1))[:count]


def make_archive(path):
    """A tar archive with one large file."""
    with tarfile.open(path, "w", copybufsize=BLOCK) as archive:
        member = tarfile.TarInfo("data")
        member.size = MEBIBYTES << 20
        archive.addfile(member, Noise())


class Streams:
    def __init__(self, sc, engine, environment, folder):
        self.place = Workplace(engine)
        self.sc, self.environment = sc, environment
        self.archive, self.image = f"{folder}/data.tar", f"{folder}/image.tar"
        make_archive(self.archive)
        self.full = self.place.container("true")
        with open(self.archive) as archive:
            self.docker("cp", "-", f"{self.full}:/", stdin=archive)

    def docker(self, *arguments, **options):
        subprocess.run(["docker", *arguments], env=self.environment, check=True,
                       stdout=subprocess.DEVNULL, **options)

    def export(self, tool):
        command = {"sc": [self.sc, "container", "export"], "docker": ["docker", "export"]}[tool]
        return Run.weighed(command + [self.full], self.environment)

    def put_archive(self, tool):
        target = self.place.container("true")
        command = {"sc": [self.sc, "container", "cp"], "docker": ["docker", "cp"]}[tool]
        run = Run.weighed(command + ["-", f"{target}:/"], self.environment, self.archive)
        self.place.remove(target)
        return run

    def load(self, tool):
        if not os.path.exists(self.image):
            self.docker("commit", self.full, "large")
            self.docker("save", "-o", self.image, "large")
        self.docker("rmi", "large")
        command = {"sc": [self.sc, "image", "load"], "docker": ["docker", "load", "-q"]}[tool]
        return Run.weighed(command + ["-i", self.image], self.environment)


def measure(report, sc, engine, environment, folder):
    streams = Streams(sc, engine, environment, folder)
    for name in ("export", "put_archive", "load"):
        runs = {"sc": [], "docker": []}
        for number in range(ROUNDS):
            for tool in ("sc", "docker") if number % 2 else ("docker", "sc"):
                # What the one has left to be written must not slow the other down.
                os.sync()
                runs[tool].append(getattr(streams, name)(tool))
        times = {tool: [run.milliseconds for run in of] for tool, of in runs.items()}
        middle = {tool: statistics.median(of) for tool, of in times.items()}
        work = {tool: statistics.median([run.processor_milliseconds for run in of])
                for tool, of in runs.items()}
        rates = {tool: MEBIBYTES / of * 1000 for tool, of in middle.items()}
        report.add(f"(f) {name} of {MEBIBYTES} MiB, throughput of sc / docker's",
                   rates["sc"] / rates["docker"], "", 0.9, at_least=True,
                   ours_mib_per_s=rates["sc"], theirs_mib_per_s=rates["docker"],
                   ours_processor_ms=work["sc"], theirs_processor_ms=work["docker"],
                   spread=max(map(spread, times.values())))
        report.add(f"(f) {name}, memory of sc",
                   max(run.peak_mebibytes for run in runs["sc"]), " MiB", 64,
                   theirs_mib=max(run.peak_mebibytes for run in runs["docker"]))
    print("bench: the engine's files are on "
          + os.path.dirname(engine.socket), file=sys.stderr)
