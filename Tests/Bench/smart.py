"""(h) Smart images: a container of a large image is infected, beside docker committing it."""

import os
import statistics
import subprocess

from measuring import Run, spread
from operations import Workplace
from streams import Noise

MEBIBYTES = int(os.environ.get("SMART_MIB", "500"))
ROUNDS = max(int(os.environ.get("SMART_ROUNDS", "10")), 1)


def make_image(folder, environment):
    """An image named `large` with one large file."""
    os.makedirs(f"{folder}/context", exist_ok=True)
    with open(f"{folder}/context/data", "wb") as data:
        data.write(Noise().read(MEBIBYTES << 20))
    with open(f"{folder}/context/Dockerfile", "w") as dockerfile:
        dockerfile.write("FROM bench\nCOPY data /data\n")
    subprocess.run(["docker", "build", "-q", "-t", "large500", f"{folder}/context"],
                   env=environment | {"DOCKER_BUILDKIT": "0"}, check=True, capture_output=True)


def measure(report, sc, engine, environment, folder):
    place = Workplace(engine)
    make_image(folder, environment)

    def container():
        body = {"Image": "large500", "Cmd": ["true"]}
        return place.ask("POST", "/containers/create", body)["Id"]

    commands = {
        "docker": lambda subject: ["docker", "commit", subject],
        "container": lambda subject: [sc, "infect", subject],
        "image": lambda _: [sc, "infect", "large500"],
    }
    def run(tool, measure=Run):
        subject = container()
        os.sync()
        measured = measure(commands[tool](subject), environment)
        place.remove(subject)
        return measured

    runs = {tool: [] for tool in commands}
    for number in range(ROUNDS + 1):
        for tool in sorted(commands, reverse=number % 2 == 1):
            measured = run(tool)
            if number:
                runs[tool].append(measured)
    times = {tool: [run.milliseconds for run in of] for tool, of in runs.items()}
    middle = {tool: statistics.median(of) for tool, of in times.items()}
    for tool in ("container", "image"):
        report.add(f"(h) sc infect of {'a container of ' if tool == 'container' else ''}"
                   f"{MEBIBYTES} MiB / docker commit", middle[tool] / middle["docker"], "", 1.5,
                   ours_ms=middle[tool], theirs_ms=middle["docker"],
                   spread=max(spread(times[tool]), spread(times["docker"])))
        report.add("(h) the memory of that", run(tool, Run.weighed).peak_mebibytes, " MiB", 64)
