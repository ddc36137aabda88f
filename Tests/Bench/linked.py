"""(g) Linked data: documents put in RDF, beside what Python's users have, and whole histories."""

import os
import pathlib
import re
import subprocess

import histories
from measuring import Run

COUNT = int(os.environ.get("LINKED_DOCUMENTS", "10000"))
LONG_COUNT = int(os.environ.get("LINKED_HISTORY", "100000"))
GOLDEN = pathlib.Path(__file__).parent.parent / "ProvenanceTests" / "Golden" / "operations"

# Each reads all documents of a folder and makes N-Quads of them, offline.
PEERS = {
    "pyoxigraph": """
import pathlib, sys, pyoxigraph as ox
for file in pathlib.Path(sys.argv[1]).iterdir():
    sys.stdout.buffer.write(ox.serialize(
        ox.parse(file.read_bytes(), ox.RdfFormat.JSON_LD), format=ox.RdfFormat.N_QUADS))
""",
    "rdflib": """
import pathlib, sys, rdflib
for file in pathlib.Path(sys.argv[1]).iterdir():
    graph = rdflib.Dataset()
    graph.parse(data=file.read_bytes(), format="json-ld")
    sys.stdout.write(graph.serialize(format="nquads"))
""",
    "pyld": """
import json, pathlib, sys
from pyld import jsonld
for file in pathlib.Path(sys.argv[1]).iterdir():
    sys.stdout.write(jsonld.to_rdf(
        json.loads(file.read_bytes()), {"format": "application/n-quads"}))
""",
}


class Documents:
    """Real documents, one of each operation in turn, each with its own activity."""

    def __init__(self):
        self.texts = [file.read_text() for file in sorted(GOLDEN.glob("*.jsonld"))]
        own = re.compile(r'"@id": "urn:uuid:([0-9a-f-]{36})"')
        self.names = [own.search(text).group(1) for text in self.texts]

    def document(self, number, start, identity, container, operation):
        place = number % len(self.texts)
        return self.texts[place].replace(self.names[place], identity)


def write_files(folder, count):
    documents = Documents()
    os.mkdir(folder)
    for number in range(count):
        identity = histories.identifier(1_700_000_000_000 + number, number)
        pathlib.Path(folder, f"{number}.jsonld").write_text(
            documents.document(number, None, identity, None, None))


def build_example():
    """The program that uses the module alone, Examples/NQuads, built in the way of a release."""
    root = pathlib.Path(__file__).parent.parent.parent
    scratch = root / ".build" / "nquads"
    subprocess.run(
        ["swift", "build", "-c", "release", "--static-swift-stdlib", "--package-path",
         root / "Examples" / "NQuads", "--scratch-path", scratch], check=True, stdout=subprocess.DEVNULL)
    return scratch / "release" / "NQuads"


def measure(report, sc, python, folder, new_history):
    example = build_example()
    environment = new_history("linked")
    files = f"{folder}/documents"
    write_files(files, COUNT)
    # On all processors, of which Python's programs cannot use more than one.
    share = -(-COUNT // (8 * os.cpu_count()))
    convert = ["sh", "-c",
               f"find {files} -type f | xargs -P {os.cpu_count()} -n {share} {example}"]
    # What was just written and built is on its way to the disk, and read from there at first.
    os.sync()
    Run(convert, environment)
    # Theirs take half a minute each, and ours so little that one disturbance would tell.
    ours = sorted((Run(convert, environment) for _ in range(5)), key=lambda run: run.milliseconds)[2]
    bars = {"pyld": (20, True), "rdflib": (5, True), "pyoxigraph": (3, False)}
    for peer, program in PEERS.items():
        theirs = Run([python, "-c", program, files], environment)
        bar, is_faster = bars[peer]
        times = (theirs.milliseconds, ours.milliseconds)
        ratio = times[0] / times[1] if is_faster else times[1] / times[0]
        what = f"{peer} / ours" if is_faster else f"ours / {peer}"
        report.add(f"(g) to RDF of {COUNT} activities, {what}", ratio, "", bar, at_least=is_faster,
                   ours_ms=ours.milliseconds, theirs_ms=theirs.milliseconds,
                   ours_processor_ms=ours.processor_milliseconds)
    histories.make(environment["SC_DIR"], COUNT, Documents().document)
    export = [sc, "export", "--format", "nquads"]
    Run(export + ["-n", "100"], environment)
    run = Run(export, environment)
    report.add("    the same from a history, sc export / ours",
               run.milliseconds / ours.milliseconds, "", None)
    environment = new_history("long")
    histories.make(environment["SC_DIR"], LONG_COUNT, Documents().document, is_packed=False)
    run = Run.weighed(export, environment)
    report.add(f"(g) export of {LONG_COUNT} activities, memory of sc", run.peak_mebibytes,
               " MiB", 128, seconds=run.milliseconds / 1000)
    size = subprocess.run(["du", "-sm", environment["SC_DIR"]], capture_output=True, text=True)
    report.add(f"    the history on disk, {LONG_COUNT} activities",
               float(size.stdout.split()[0]), " MiB", None)
