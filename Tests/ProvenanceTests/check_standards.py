#!/usr/bin/env python3
"""Checks documents with tools that other people made for the standards they follow, offline.

    check_standards.py FOLDER DOCUMENT...

FOLDER holds the ontology, in Turtle and in JSON-LD, and the shapes. Of every document rdflib, pyld
and pyoxigraph must read the same number of statements, and pyshacl must find that it has its shape.
Where DOCUMENT.trig is beside it, prov-convert must read that as PROV; an API documentation of Hydra
must be one to hydra-python-core.
Needs: pip install rdflib pyld pyoxigraph pyshacl prov hydra-python-core.
"""

import json
import subprocess
import sys
import warnings
from pathlib import Path

import pyoxigraph
import pyshacl
import rdflib
from hydra_python_core import doc_maker
from pyld import jsonld
from rdflib.compare import to_isomorphic

PROV_N_RELATIONS = ("activity(", "wasAssociatedWith(", "agent(")


def refuse(url, options=None):
    raise jsonld.JsonLdError(f"would load {url}", "test.RemoteContext")


jsonld.set_document_loader(refuse)


def counts(text):
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=text, format="json-ld")
    quads = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    oxigraph = set(pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.JSON_LD))
    return {
        "rdflib": len(set(graph.quads())),
        "pyld": len(set(quads.splitlines())),
        "pyoxigraph": len(oxigraph),
    }


def shape_problems(text, ontology, shapes):
    graph = rdflib.Graph()
    graph.parse(data=text, format="json-ld")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology)
    if not conforms:
        yield report


def prov_problems(trig):
    convert = Path(sys.executable).with_name("prov-convert")
    result = subprocess.run(
        [convert, "-i", "rdf", "-f", "provn", trig, "/dev/stdout"], capture_output=True, text=True
    )
    if result.returncode != 0:
        yield f"prov-convert: {result.stderr}"
        return
    for relation in PROV_N_RELATIONS:
        if relation not in result.stdout:
            yield f"no {relation} in PROV-N"


def hydra_problems(document):
    if "hydra:entrypoint" not in document:
        return
    described = {node["hydra:title"] for node in document["hydra:supportedClass"]}
    jsonld.set_document_loader(refuse)
    try:
        read = doc_maker.create_doc(document)
    except KeyError as error:
        yield f"hydra-python-core misses {error}"
        return
    if set(read.parsed_classes) != described:
        yield f"hydra-python-core reads {set(read.parsed_classes)} and not {described}"


def problems(path, ontology, shapes):
    text = path.read_text(encoding="utf-8")
    found = counts(text)
    if len(set(found.values())) != 1 or found["rdflib"] < 5:
        yield f"numbers of statements: {found}"
    yield from shape_problems(text, ontology, shapes)
    trig = path.with_suffix(".trig")
    if trig.exists():
        yield from prov_problems(trig)
    yield from hydra_problems(json.loads(text))


def main(arguments):
    warnings.simplefilter("ignore")
    folder = Path(arguments[0])
    ontology = rdflib.Graph().parse(folder / "smartcontainers.ttl")
    shapes = rdflib.Graph().parse(folder / "shapes.ttl")
    count = 0
    if to_isomorphic(ontology) != to_isomorphic(
        rdflib.Graph().parse(folder / "smartcontainers.jsonld", format="json-ld")
    ):
        count += 1
        print("the ontology differs in Turtle and in JSON-LD")
    for name in arguments[1:]:
        for problem in problems(Path(name), ontology, shapes):
            count += 1
            print(f"{Path(name).name}: {problem}")
    print(f"{len(arguments) - 1} documents, {count} problems")
    return 1 if count or len(arguments) < 2 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
