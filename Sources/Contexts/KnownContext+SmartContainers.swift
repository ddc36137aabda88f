extension KnownContext {
  /// `templates/contexts/smartcontainers.jsonld`: the context of our own documents.
  static let smartContainersText =
    #"""
    {
      "@context": {
        "ca": "https://w3id.org/daspos/computationalactivity#",
        "ca:baseImage": {
          "@type": "@id"
        },
        "ca:buildContext": {
          "@type": "@id"
        },
        "ca:commandLine": {
          "@container": "@list"
        },
        "ca:declaredInput": {
          "@container": "@list"
        },
        "ca:declaredOutput": {
          "@container": "@list"
        },
        "ca:dockerfile": {
          "@type": "@id"
        },
        "ca:outcome": {
          "@type": "@id"
        },
        "ca:query": {
          "@container": "@list"
        },
        "ca:repeats": {
          "@type": "@id"
        },
        "ca:requestByteCount": {
          "@type": "xsd:long"
        },
        "ca:responseByteCount": {
          "@type": "xsd:long"
        },
        "ca:underAccount": {
          "@type": "@id"
        },
        "ce": "https://w3id.org/daspos/computationalenvironment#",
        "ce:byteCount": {
          "@type": "xsd:long"
        },
        "ce:finalURL": {
          "@type": "@id"
        },
        "ce:host": {
          "@type": "@id"
        },
        "ce:memberCount": {
          "@type": "xsd:long"
        },
        "ce:memoryInBytes": {
          "@type": "xsd:long"
        },
        "ce:userID": {
          "@type": "xsd:long"
        },
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcat:accessURL": {
          "@type": "@id"
        },
        "dcat:byteSize": {
          "@type": "xsd:nonNegativeInteger"
        },
        "dcat:downloadURL": {
          "@type": "@id"
        },
        "dcat:endpointURL": {
          "@type": "@id"
        },
        "dcterms": "http://purl.org/dc/terms/",
        "dcterms:hasPart": {
          "@type": "@id"
        },
        "dcterms:requires": {
          "@type": "@id"
        },
        "dcterms:subject": {
          "@type": "@id"
        },
        "docker": "http://w3id.org/daspos/docker#",
        "docker:container": {
          "@type": "@id"
        },
        "docker:engine": {
          "@type": "@id"
        },
        "docker:layers": {
          "@container": "@list",
          "@type": "@id"
        },
        "docker:runFinishedAt": {
          "@type": "xsd:dateTime"
        },
        "docker:runStartedAt": {
          "@type": "xsd:dateTime"
        },
        "foaf": "http://xmlns.com/foaf/0.1/",
        "foaf:account": {
          "@type": "@id"
        },
        "foaf:mbox": {
          "@type": "@id"
        },
        "hydra": "http://www.w3.org/ns/hydra/core#",
        "hydra:property": {
          "@type": "@id"
        },
        "ldp": "http://www.w3.org/ns/ldp#",
        "ldp:contains": {
          "@type": "@id"
        },
        "prov": "http://www.w3.org/ns/prov#",
        "prov:actedOnBehalfOf": {
          "@type": "@id"
        },
        "prov:activity": {
          "@type": "@id"
        },
        "prov:agent": {
          "@type": "@id"
        },
        "prov:atLocation": {
          "@type": "@id"
        },
        "prov:endedAtTime": {
          "@type": "xsd:dateTime"
        },
        "prov:entity": {
          "@type": "@id"
        },
        "prov:generated": {
          "@type": "@id"
        },
        "prov:hadActivity": {
          "@type": "@id"
        },
        "prov:hadMember": {
          "@type": "@id"
        },
        "prov:hadPlan": {
          "@type": "@id"
        },
        "prov:hadPrimarySource": {
          "@type": "@id"
        },
        "prov:hadRole": {
          "@type": "@id"
        },
        "prov:specializationOf": {
          "@type": "@id"
        },
        "prov:startedAtTime": {
          "@type": "xsd:dateTime"
        },
        "prov:used": {
          "@type": "@id"
        },
        "prov:wasAssociatedWith": {
          "@type": "@id"
        },
        "prov:wasAttributedTo": {
          "@type": "@id"
        },
        "prov:wasDerivedFrom": {
          "@type": "@id"
        },
        "prov:wasGeneratedBy": {
          "@type": "@id"
        },
        "prov:wasInformedBy": {
          "@type": "@id"
        },
        "prov:wasInvalidatedBy": {
          "@type": "@id"
        },
        "prov:wasRevisionOf": {
          "@type": "@id"
        },
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "sc": "https://w3id.org/daspos/smartcontainers#",
        "sc:entryDocument": {
          "@type": "@id"
        },
        "sc:history": {
          "@type": "@id"
        },
        "spdx": "http://spdx.org/rdf/terms#",
        "spdx:checksumAlgorithm": {
          "@type": "@id"
        },
        "spdx:checksumValue": {
          "@type": "xsd:hexBinary"
        },
        "xsd": "http://www.w3.org/2001/XMLSchema#"
      }
    }

    """#
}
