"""(i) Archives and declared files: packing and verifying an image, and what recording a run adds."""

import os
import shutil
import statistics
import subprocess

from measuring import Run, spread

MEBIBYTES = int(os.environ.get("ARCHIVE_MIB", "500"))
ROUNDS = max(int(os.environ.get("ARCHIVE_ROUNDS", "5")), 1)
RUN_ROUNDS = max(int(os.environ.get("RUN_ROUNDS", "10")), 1)


def make_image(folder, environment):
    """An image named `packed` with one large file of which half is noise and half repeats."""
    os.makedirs(f"{folder}/context", exist_ok=True)
    text = (b"the same line again and again\n" * 40_000)[:1 << 20]
    with open(f"{folder}/context/data", "wb") as data:
        for _ in range(MEBIBYTES // 2):
            data.write(os.urandom(1 << 20))
            data.write(text)
    with open(f"{folder}/context/Dockerfile", "w") as dockerfile:
        dockerfile.write("FROM bench\nCOPY data /data\n")
    subprocess.run(["docker", "build", "-q", "-t", "packed", f"{folder}/context"],
                   env=environment | {"DOCKER_BUILDKIT": "0"}, check=True, capture_output=True)


def shell(line):
    return ["/bin/bash", "-c", line]


def measure_archive(report, sc, environment, folder):
    make_image(folder, environment)
    subprocess.run([sc, "run", "--rm", "packed", "true"], cwd=folder, env=environment, check=True)
    ours, theirs = f"{folder}/ours.tar.zst", f"{folder}/theirs.tar.zst"
    threads = os.cpu_count()
    packing = {
        "sc": [sc, "archive", "create", "--force", "-o", ours],
        "docker": shell(f"docker save packed | zstd -3 -T{threads} -q -f -o {theirs}"),
    }
    times = {tool: [] for tool in packing}
    for number in range(ROUNDS + 1):
        for tool in sorted(packing, reverse=number % 2 == 1):
            os.sync()
            elapsed = Run(packing[tool], environment).milliseconds
            if number:
                times[tool].append(elapsed)
    report.ratio(f"(i) packing an image of {MEBIBYTES} MiB, sc / docker save | zstd", times, "sc",
                 "docker", 1.0)
    packer = Run.weighed(packing["sc"], environment)
    compressor = Run.weighed(
        ["/usr/bin/zstd", "-3", f"-T{threads}", "-q", "-f", "-o", theirs], environment,
        f"{folder}/context/data")
    report.add("(i) the memory of that, beyond the compressor's",
               packer.peak_mebibytes - compressor.peak_mebibytes, " MiB", 64,
               ours=packer.peak_mebibytes, theirs=compressor.peak_mebibytes)
    reading = {
        "sc": [sc, "archive", "verify", ours],
        "zstd": shell(f"zstd -d -q -c {ours} | sha256sum"),
    }
    times = {tool: [] for tool in reading}
    for number in range(ROUNDS + 1):
        for tool in sorted(reading, reverse=number % 2 == 1):
            elapsed = Run(reading[tool], environment).milliseconds
            if number:
                times[tool].append(elapsed)
    report.ratio("(i) verifying it, sc / zstd -d | sha256sum", times, "sc", "zstd", 1.0)
    report.add("(i) the memory of that", Run.weighed(reading["sc"], environment).peak_mebibytes,
               " MiB", 64)


def measure_run(report, sc, environment, folder):
    """What is added to one `docker run` that sorts a file: by sc, and by DataLad."""
    place = f"{folder}/runs"
    os.makedirs(place)
    with open(f"{place}/in.txt", "w") as text:
        text.writelines(f"{number * 7919 % 10007}\n" for number in range(20_000))
    work = "sort in.txt > out.txt; date +%s.%N >> out.txt; cat /proc/uptime >> out.txt"
    commands = {
        "docker": ["/usr/bin/env", "-C", place, "docker", "run", "--rm", "-v", f"{place}:{place}",
                   "-w", place, "bench", "sh", "-c", work],
        "sc": ["/usr/bin/env", "-C", place, sc, "run", "--rm", "--input", "in.txt", "-o",
               "out.txt", "bench", "sh", "-c", work],
    }
    dataset = datalad(place + "-datalad", f"{place}/in.txt", environment)
    if dataset:
        commands["datalad"] = [
            "/usr/bin/env", "-C", dataset, "datalad", "-l", "error", "containers-run", "-m", "sort",
            "-n", "bench", "--input", "in.txt", "--output", "out.txt", f"sh -c '{work}'"]
    runs = {tool: [] for tool in commands}
    for number in range(RUN_ROUNDS + 1):
        for tool in sorted(commands, reverse=number % 2 == 1):
            os.sync()
            elapsed = Run(commands[tool], environment).milliseconds
            if number:
                runs[tool].append(elapsed)
    middle = {tool: statistics.median(times) for tool, times in runs.items()}
    noise = max(spread(times) for times in runs.values())
    added = {tool: [ours - plain for ours, plain in zip(runs[tool], runs["docker"])]
             for tool in runs if tool != "docker"}
    report.add("(i) a run with declared files adds", statistics.median(added["sc"]), " ms", None,
               whole_ms=middle["sc"], docker_ms=middle["docker"], spread=noise)
    if dataset:
        report.add("(i) what it adds, sc / DataLad",
                   statistics.median(added["sc"]) / statistics.median(added["datalad"]), "", 0.1,
                   datalad_ms=statistics.median(added["datalad"]), spread=noise)


def datalad(place, source, environment):
    """A dataset with a container, and the input; nil where DataLad is not installed."""
    beside = os.path.dirname(os.environ.get("BENCH_PYTHON", ""))
    program = shutil.which("datalad", path=f"{beside}:{environment['PATH']}")
    if not program:
        print("bench.py: without DataLad: pip install datalad datalad-container, "
              "apt install git-annex")
        return None

    # It runs itself and git-annex by their names.
    environment["PATH"] = f"{os.path.dirname(program)}:{environment['PATH']}"
    environment.update({
        f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Bench"), ("EMAIL", "bench@example.org"))})

    def run(*arguments, **named):
        subprocess.run(arguments, env=environment, check=True, capture_output=True, **named)

    run("datalad", "create", "-c", "text2git", place)
    shutil.copy(source, f"{place}/in.txt")
    os.makedirs(f"{place}/images")
    with open(f"{place}/images/bench", "w") as image:
        image.write("bench\n")
    run("datalad", "containers-add", "bench", "--image", "images/bench", "--call-fmt",
        f"docker run --rm -v {place}:{place} -w {place} bench {{cmd}}", cwd=place)
    run("datalad", "save", "-m", "input", cwd=place)
    return place


def measure(report, sc, environment, folder):
    # Every run of the history goes into an archive, and those of the other change their outputs.
    measure_archive(report, sc, environment, folder)
    measure_run(report, sc, environment, folder)
