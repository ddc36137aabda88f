"""(e) Single operations as whole processes, beside the docker CLI and docker-py.

docker-py has no command line: its whole process is the smallest program that does the same.
"""

import os
import statistics

from measuring import Run

ROUNDS = max(int(os.environ.get("OPERATION_ROUNDS", "40")), 1)
WARM_UP = 2
# The Python program takes ten times as long and has no bar.
PYTHON_ROUNDS = 5


class Workplace:
    """Makes what an operation works on, over the engine's socket, and clears it away."""

    def __init__(self, engine):
        self.engine = engine

    def ask(self, method, path, body=None):
        status, answer = self.engine.request(method, path, body)
        if status >= 400:
            raise SystemExit(f"bench: {method} {path}: {answer}")
        return answer

    def container(self, *command, runs=False):
        body = {"Image": "bench", "Cmd": list(command)}
        identifier = self.ask("POST", "/containers/create", body)["Id"]
        if runs:
            self.ask("POST", f"/containers/{identifier}/start")
        return identifier

    def remove(self, identifier):
        self.ask("DELETE", f"/containers/{identifier}?force=1&v=1")


def nothing(_):
    """For what needs no clearing away."""


def operations(place, sc, python):
    """Each operation: what makes its subject, its commands, and what clears the subject away.

    A subject that is made once serves all rounds; `make` of None says so.
    """
    asleep = place.container("sleep", "3600", runs=True)
    stopped = place.container("true")

    def commands(ours, theirs, program):
        found = {"sc": [sc] + ours, "docker": ["docker"] + theirs}
        if python:
            found["docker-py"] = [
                python, "-c", "import docker; api = docker.from_env().api; " + program]
        return found

    yield ("create", None, lambda _: commands(
        ["container", "create", "bench", "true"], ["create", "bench", "true"],
        "api.create_container('bench', 'true')"), nothing)
    yield ("start", lambda: place.container("sleep", "3600"), lambda one: commands(
        ["container", "start", one], ["start", one], f"api.start('{one}')"), place.remove)
    yield ("commit", None, lambda _: commands(
        ["container", "commit", stopped], ["commit", stopped], f"api.commit('{stopped}')"),
        nothing)
    yield ("exec", None, lambda _: commands(
        ["exec", asleep, "true"], ["exec", asleep, "true"],
        f"api.exec_start(api.exec_create('{asleep}', 'true')['Id'])"), nothing)
    yield ("export", None, lambda _: commands(
        ["container", "export", stopped], ["export", stopped],
        f"[None for _ in api.export('{stopped}')]"), nothing)
    yield ("get_archive", None, lambda _: commands(
        ["container", "cp", f"{stopped}:/bin/busybox", "-"], ["cp", f"{stopped}:/bin/busybox", "-"],
        f"[None for _ in api.get_archive('{stopped}', '/bin/busybox')[0]]"), nothing)
    yield ("save", None, lambda _: commands(
        ["image", "save", "bench"], ["save", "bench"], "[None for _ in api.get_image('bench')]"),
        nothing)


def measure(report, sc, engine, environment, python):
    place = Workplace(engine)
    for name, make, commands, clear in operations(place, sc, python):
        runs = {"sc": [], "docker": [], "docker-py": []}
        for number in range(ROUNDS + WARM_UP):
            tools = ["sc", "docker"] if number % 2 else ["docker", "sc"]
            if python and number < PYTHON_ROUNDS + WARM_UP:
                tools.append("docker-py")
            for tool in tools:
                subject = make() if make else None
                run = Run(commands(subject)[tool], environment)
                clear(subject)
                if number >= WARM_UP:
                    runs[tool].append(run)
        times = {tool: [run.milliseconds for run in of] for tool, of in runs.items()}
        work = {tool: statistics.median([run.processor_milliseconds for run in of])
                for tool, of in runs.items() if of}
        report.ratio(f"(e) sc {name} / docker", times, "sc", "docker", 1.0,
                     ours_processor_ms=work["sc"], theirs_processor_ms=work["docker"])
        if python:
            report.ratio(f"    sc {name} / docker-py", times, "sc", "docker-py", None)
