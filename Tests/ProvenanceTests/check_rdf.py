#!/usr/bin/env python3
"""Checks documents of a history with two independent RDF readers, offline.

    check_rdf.py ONTOLOGY DOCUMENT...

Every document must give the same graph in rdflib and in pyld, use only terms that the ontology
defines, keep PROV's rules, and answer the query beside it (DOCUMENT with .rq) with yes.
Needs: pip install rdflib pyld. Exit code 3 says that one of them is missing.
"""

import re
import sys
from pathlib import Path

try:
    import rdflib
    from pyld import jsonld
    from rdflib.compare import graph_diff, to_isomorphic
    from rdflib.namespace import OWL, PROV, RDF, RDFS, XSD
except ImportError as error:
    print(f"missing: {error.name}", file=sys.stderr)
    sys.exit(3)

# A literal is what the document says, digit for digit.
rdflib.NORMALIZE_LITERALS = False

OWN = (
    "https://w3id.org/daspos/computationalactivity#",
    "https://w3id.org/daspos/computationalenvironment#",
    "http://w3id.org/daspos/docker#",
    "https://w3id.org/daspos/smartcontainers#",
)
SMART_IMAGE = rdflib.URIRef("https://w3id.org/daspos/smartcontainers#SmartImage")
ABSOLUTE = re.compile(r"^(https?://[^/ ]+/|urn:uuid:|ni:///sha-256;|mailto:)[^\s<>\"{}|\\^`]*$")
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")


def refuse(url, options=None):
    raise jsonld.JsonLdError(f"would load {url}", "test.RemoteContext")


def graphs(text):
    first = rdflib.Graph()
    first.parse(data=text, format="json-ld")
    import json

    quads = jsonld.to_rdf(
        json.loads(text),
        {"format": "application/n-quads", "documentLoader": refuse},
    )
    dataset = rdflib.Dataset()
    dataset.parse(data=quads, format="nquads")
    second = rdflib.Graph()
    for subject, predicate, value, _ in dataset.quads((None, None, None, None)):
        second.add((subject, predicate, value))
    return first, second


def term_problems(graph, ontology):
    defined = {s for s in ontology.subjects(RDF.type, None) if isinstance(s, rdflib.URIRef)}
    structural = {RDF.type, RDF.first, RDF.rest}
    for subject, predicate, value in graph:
        if predicate not in defined | structural:
            yield f"undefined property {predicate}"
        if predicate == RDF.type and value not in defined:
            yield f"undefined class {value}"
        for node in (subject, value):
            if not isinstance(node, rdflib.URIRef) or node == RDF.nil:
                continue
            if not ABSOLUTE.match(node):
                yield f"no absolute IRI of a known scheme: {node}"
            own = next((n for n in OWN if node.startswith(n)), None)
            if own and "/" not in node[len(own):] and node not in defined:
                yield f"undefined term {node}"


def range_problems(graph, ontology):
    for predicate in set(graph.predicates()):
        kinds = set(ontology.objects(predicate, RDF.type))
        wanted = ontology.value(predicate, RDFS.range)
        for value in graph.objects(None, predicate):
            is_literal = isinstance(value, rdflib.Literal)
            if OWL.DatatypeProperty in kinds and not is_literal:
                yield f"{predicate} has a resource: {value}"
            if OWL.ObjectProperty in kinds and is_literal:
                yield f"{predicate} has a literal: {value}"
            if is_literal and wanted is not None and (value.datatype or XSD.string) != wanted:
                yield f"{predicate} has {value.datatype}, not {wanted}"


def literal_problems(graph):
    for value in graph.objects():
        if not isinstance(value, rdflib.Literal):
            continue
        if value.datatype == XSD.dateTime and not TIME.match(str(value)):
            yield f"no time in UTC with milliseconds: {value}"
        if value.datatype in (XSD.integer, XSD.long):
            if not re.match(r"^(0|-?[1-9]\d*)$", str(value)) or abs(int(value)) >= 2**63:
                yield f"no number: {value}"
        elif value.datatype not in (
            None, XSD.string, XSD.dateTime, XSD.boolean, XSD.hexBinary, XSD.nonNegativeInteger,
        ):
            yield f"unexpected type {value.datatype}"


def prov_problems(graph):
    activities = set(graph.subjects(RDF.type, PROV.Activity))
    for activity in activities:
        if (activity, RDF.type, PROV.Entity) in graph:
            yield f"{activity} is an activity and an entity"
        starts = list(graph.objects(activity, PROV.startedAtTime))
        ends = list(graph.objects(activity, PROV.endedAtTime))
        # What a smart image says of its making was written before that was over.
        made = graph.subjects(PROV.wasGeneratedBy, activity)
        unfinished = any((entity, RDF.type, SMART_IMAGE) in graph for entity in made)
        if len(starts) != 1 or len(ends) != (0 if unfinished else 1):
            yield f"{activity} has not one start and one end"
        elif ends and str(starts[0]) > str(ends[0]):
            yield f"{activity} has no start before its end"
        if not list(graph.objects(activity, PROV.wasAssociatedWith)):
            yield f"{activity} is associated with nobody"
    for plan_holder in graph.subjects(PROV.hadPlan):
        if (plan_holder, RDF.type, PROV.Association) not in graph:
            yield "hadPlan outside of an association"
    qualified = (
        (PROV.qualifiedUsage, PROV.entity, PROV.used, False),
        (PROV.qualifiedAssociation, PROV.agent, PROV.wasAssociatedWith, False),
        (PROV.qualifiedGeneration, PROV.activity, PROV.wasGeneratedBy, False),
        (PROV.qualifiedDelegation, PROV.agent, PROV.actedOnBehalfOf, False),
    )
    for relation, influencer, plain, _ in qualified:
        for subject, node in graph.subject_objects(relation):
            target = graph.value(node, influencer)
            if target is None or (subject, plain, target) not in graph:
                yield f"{relation} of {subject} without its plain statement"
    for relation in (PROV.used, PROV.wasDerivedFrom, PROV.wasRevisionOf):
        for value in graph.objects(None, relation):
            if relation == PROV.used and (value, RDF.type, PROV.Entity) not in graph:
                yield f"{value} is used and not described as an entity"
    for relation in (PROV.wasGeneratedBy, PROV.wasInvalidatedBy):
        for subject, value in graph.subject_objects(relation):
            if value not in activities or (subject, RDF.type, PROV.Entity) not in graph:
                yield f"{relation} of {subject} is not of an entity by an activity"


def problems(path, ontology):
    text = path.read_text(encoding="utf-8")
    first, second = graphs(text)
    if len(first) < 10:
        yield f"only {len(first)} statements"
    if to_isomorphic(first) != to_isomorphic(second):
        _, one, other = graph_diff(first, second)
        yield f"rdflib and pyld differ:\n{one.serialize()}\n---\n{other.serialize()}"
    yield from sorted(set(term_problems(first, ontology)))
    yield from sorted(set(range_problems(first, ontology)))
    yield from literal_problems(first)
    yield from prov_problems(first)
    query = path.with_suffix(".rq")
    if not query.exists():
        yield f"no {query.name}"
    elif not first.query(query.read_text(encoding="utf-8")).askAnswer:
        yield f"{query.name} is not answered with yes"


def main(arguments):
    ontology = rdflib.Graph()
    ontology.parse(arguments[0], format="turtle")
    count = 0
    for name in arguments[1:]:
        for problem in problems(Path(name), ontology):
            count += 1
            print(f"{Path(name).name}: {problem}")
    print(f"{len(arguments) - 1} documents, {count} problems")
    return 1 if count or len(arguments) < 2 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
