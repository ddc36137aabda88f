/// The files of `templates/ontology`, which go into every archive; a test holds them against those.
package enum Ontology {
  /// `smartcontainers.ttl`: what every term of the documents means.
  package static let terms =
    #"""
    # Every term that the documents of a SmartContainers history use.
    #
    # The project's own namespaces do not resolve on the web; this file is what they mean. Terms of
    # other vocabularies are declared with their kind and their source.

    @prefix ca: <https://w3id.org/daspos/computationalactivity#> .
    @prefix ce: <https://w3id.org/daspos/computationalenvironment#> .
    @prefix dcat: <http://www.w3.org/ns/dcat#> .
    @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix docker: <http://w3id.org/daspos/docker#> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> .
    @prefix hydra: <http://www.w3.org/ns/hydra/core#> .
    @prefix ldp: <http://www.w3.org/ns/ldp#> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix sc: <https://w3id.org/daspos/smartcontainers#> .
    @prefix spdx: <http://spdx.org/rdf/terms#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

    <https://w3id.org/daspos/computationalactivity> a owl:Ontology ;
      rdfs:label "Computational activity"@en .

    <https://w3id.org/daspos/computationalenvironment> a owl:Ontology ;
      rdfs:label "Computational environment"@en .

    <http://w3id.org/daspos/docker> a owl:Ontology ;
      rdfs:label "Docker"@en .

    <https://w3id.org/daspos/smartcontainers> a owl:Ontology ;
      rdfs:label "SmartContainers"@en .

    # Computational activity

    ca:Operation a owl:Class ;
      rdfs:label "operation"@en ;
      rdfs:comment "An operation on a container engine, or a part of one."@en ;
      rdfs:subClassOf prov:Activity ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:Exchange a owl:Class ;
      rdfs:label "exchange"@en ;
      rdfs:comment "One HTTP request to an engine and its response: sizes and digests."@en ;
      rdfs:subClassOf rdfs:Resource ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:BuildStage a owl:Class ;
      rdfs:label "build stage"@en ;
      rdfs:comment "What an instruction FROM of a Dockerfile begins."@en ;
      rdfs:subClassOf rdfs:Resource ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:Outcome a owl:Class ;
      rdfs:label "outcome"@en ;
      rdfs:comment "How an operation ended."@en ;
      rdfs:subClassOf rdfs:Resource ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:succeeded a ca:Outcome ;
      rdfs:label "succeeded"@en ;
      rdfs:comment "The engine did what was asked."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:failed a ca:Outcome ;
      rdfs:label "failed"@en ;
      rdfs:comment "The engine refused or failed, and said why."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:unknown a ca:Outcome ;
      rdfs:label "unknown"@en ;
      rdfs:comment "Whether it happened could not be found out."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:operation a owl:DatatypeProperty ;
      rdfs:label "operation"@en ;
      rdfs:comment "The kind of operation: the object and the verb, as container.create."@en ;
      rdfs:domain ca:Operation ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:outcome a owl:ObjectProperty ;
      rdfs:label "outcome"@en ;
      rdfs:comment "How the operation ended."@en ;
      rdfs:domain ca:Operation ;
      rdfs:range ca:Outcome ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:message a owl:DatatypeProperty ;
      rdfs:label "message"@en ;
      rdfs:comment "Why the operation failed, or why its outcome is unknown; secrets are replaced."@en ;
      rdfs:domain ca:Operation ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:failureStatus a owl:DatatypeProperty ;
      rdfs:label "failure status"@en ;
      rdfs:comment "The HTTP status with which the engine refused."@en ;
      rdfs:domain ca:Operation ;
      rdfs:range xsd:integer ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:exitCode a owl:DatatypeProperty ;
      rdfs:label "exit code"@en ;
      rdfs:comment "The exit code of the process in the container."@en ;
      rdfs:range xsd:integer ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:repeats a owl:ObjectProperty ;
      rdfs:label "repeats"@en ;
      rdfs:comment "The activity that this one did again."@en ;
      rdfs:domain ca:Operation ;
      rdfs:range ca:Operation ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:reproduced a owl:DatatypeProperty ;
      rdfs:label "reproduced"@en ;
      rdfs:comment "Whether the exit code and every output of what this activity did again are as they were."@en ;
      rdfs:domain ca:Operation ;
      rdfs:range xsd:boolean ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:underAccount a owl:ObjectProperty ;
      rdfs:label "under account"@en ;
      rdfs:comment "The account of the host under which the operation ran."@en ;
      rdfs:domain ca:Operation ;
      rdfs:range foaf:OnlineAccount ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:exchange a owl:ObjectProperty ;
      rdfs:label "exchange"@en ;
      rdfs:comment "The exchange with the engine by which the operation was done."@en ;
      rdfs:domain ca:Operation ;
      rdfs:range ca:Exchange ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:statusCode a owl:DatatypeProperty ;
      rdfs:label "status code"@en ;
      rdfs:comment "The HTTP status of the response."@en ;
      rdfs:domain ca:Exchange ;
      rdfs:range xsd:integer ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:requestByteCount a owl:DatatypeProperty ;
      rdfs:label "request byte count"@en ;
      rdfs:comment "The length of the request's body in bytes."@en ;
      rdfs:domain ca:Exchange ;
      rdfs:range xsd:long ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:requestDigest a owl:DatatypeProperty ;
      rdfs:label "request digest"@en ;
      rdfs:comment "The SHA-256 of the request's body; absent when a secret was in it."@en ;
      rdfs:domain ca:Exchange ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:responseByteCount a owl:DatatypeProperty ;
      rdfs:label "response byte count"@en ;
      rdfs:comment "The length of the response's body in bytes."@en ;
      rdfs:domain ca:Exchange ;
      rdfs:range xsd:long ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:responseDigest a owl:DatatypeProperty ;
      rdfs:label "response digest"@en ;
      rdfs:comment "The SHA-256 of the response's body."@en ;
      rdfs:domain ca:Exchange ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:commandLine a owl:ObjectProperty ;
      rdfs:label "command line"@en ;
      rdfs:comment "The list of the arguments that the user typed, the program's name first; secrets are replaced."@en ;
      rdfs:domain prov:Plan ;
      rdfs:range rdf:List ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:declaredInput a owl:ObjectProperty ;
      rdfs:label "declared input"@en ;
      rdfs:comment "The list of the paths and patterns of the files that a run was to read."@en ;
      rdfs:domain prov:Plan ;
      rdfs:range rdf:List ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:declaredOutput a owl:ObjectProperty ;
      rdfs:label "declared output"@en ;
      rdfs:comment "The list of the paths and patterns of the files that a run was to leave."@en ;
      rdfs:domain prov:Plan ;
      rdfs:range rdf:List ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:method a owl:DatatypeProperty ;
      rdfs:label "method"@en ;
      rdfs:comment "The HTTP method of the request."@en ;
      rdfs:domain prov:Plan ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:route a owl:DatatypeProperty ;
      rdfs:label "route"@en ;
      rdfs:comment "The path of the request with its variables open."@en ;
      rdfs:domain prov:Plan ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:query a owl:ObjectProperty ;
      rdfs:label "query"@en ;
      rdfs:comment "The list of the request's query items, each name=value, not percent-encoded; secrets are replaced."@en ;
      rdfs:domain prov:Plan ;
      rdfs:range rdf:List ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:requestBody a owl:DatatypeProperty ;
      rdfs:label "request body"@en ;
      rdfs:comment "The JSON body of the request in canonical form; secrets are replaced."@en ;
      rdfs:domain prov:Plan ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:dockerfile a owl:ObjectProperty ;
      rdfs:label "dockerfile"@en ;
      rdfs:comment "The Dockerfile that a build follows."@en ;
      rdfs:domain prov:Plan ;
      rdfs:range ce:Dockerfile ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:buildContext a owl:ObjectProperty ;
      rdfs:label "build context"@en ;
      rdfs:comment "The files that a build may copy from."@en ;
      rdfs:domain prov:Plan ;
      rdfs:range ce:BuildContext ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:builder a owl:DatatypeProperty ;
      rdfs:label "builder"@en ;
      rdfs:comment "What in the engine built an image: classic or buildKit."@en ;
      rdfs:domain prov:Plan ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:targetStage a owl:DatatypeProperty ;
      rdfs:label "target stage"@en ;
      rdfs:comment "The stage that a build was to end with, where one was named."@en ;
      rdfs:domain prov:Plan ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:stage a owl:ObjectProperty ;
      rdfs:label "stage"@en ;
      rdfs:comment "A stage that was built, in the order of their numbers."@en ;
      rdfs:domain prov:Plan ;
      rdfs:range ca:BuildStage ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:stageNumber a owl:DatatypeProperty ;
      rdfs:label "stage number"@en ;
      rdfs:comment "The place of a stage among those that were built, from 0."@en ;
      rdfs:domain ca:BuildStage ;
      rdfs:range xsd:integer ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:stageName a owl:DatatypeProperty ;
      rdfs:label "stage name"@en ;
      rdfs:comment "The name that the Dockerfile gives a stage."@en ;
      rdfs:domain ca:BuildStage ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:baseName a owl:DatatypeProperty ;
      rdfs:label "base name"@en ;
      rdfs:comment "What a stage begins with, as the Dockerfile names it with its arguments filled in."@en ;
      rdfs:domain ca:BuildStage ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:platform a owl:DatatypeProperty ;
      rdfs:label "platform"@en ;
      rdfs:comment "The platform for which a stage was to be built."@en ;
      rdfs:domain ca:BuildStage ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:baseImage a owl:ObjectProperty ;
      rdfs:label "base image"@en ;
      rdfs:comment "The image, or its reference by digest, for which the base name stood."@en ;
      rdfs:domain ca:BuildStage ;
      rdfs:range prov:Entity ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:archiveRole a prov:Role ;
      rdfs:label "archive role"@en ;
      rdfs:comment "The part of an entity in an activity: the archive."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:baseImageRole a prov:Role ;
      rdfs:label "base image role"@en ;
      rdfs:comment "The part of an entity in an activity: the image that another is built on."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:buildContextRole a prov:Role ;
      rdfs:label "build context role"@en ;
      rdfs:comment "The part of an entity in an activity: the build context."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:configurationRole a prov:Role ;
      rdfs:label "configuration role"@en ;
      rdfs:comment "The part of an entity in an activity: the configuration."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:containerRole a prov:Role ;
      rdfs:label "container role"@en ;
      rdfs:comment "The part of an entity in an activity: the container."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:dockerfileRole a prov:Role ;
      rdfs:label "dockerfile role"@en ;
      rdfs:comment "The part of an entity in an activity: the Dockerfile."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:inputRole a prov:Role ;
      rdfs:label "input role"@en ;
      rdfs:comment "The part of an entity in an activity: a file that it was to read."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:outputRole a prov:Role ;
      rdfs:label "output role"@en ;
      rdfs:comment "The part of an entity in an activity: a file that it was to leave."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:fileRole a prov:Role ;
      rdfs:label "file role"@en ;
      rdfs:comment "The part of an entity in an activity: the file."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:imageRole a prov:Role ;
      rdfs:label "image role"@en ;
      rdfs:comment "The part of an entity in an activity: the image."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:imageReferenceRole a prov:Role ;
      rdfs:label "image reference role"@en ;
      rdfs:comment "The part of an entity in an activity: the name of an image."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:registryReferenceRole a prov:Role ;
      rdfs:label "registry reference role"@en ;
      rdfs:comment "The part of an entity in an activity: the name of an image in a registry, from where it came."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:snapshotRole a prov:Role ;
      rdfs:label "snapshot role"@en ;
      rdfs:comment "The part of an entity in an activity: the snapshot of a configuration."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:standardErrorRole a prov:Role ;
      rdfs:label "standard error role"@en ;
      rdfs:comment "The part of an entity in an activity: the standard error output."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:standardInputRole a prov:Role ;
      rdfs:label "standard input role"@en ;
      rdfs:comment "The part of an entity in an activity: the standard input."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:standardOutputRole a prov:Role ;
      rdfs:label "standard output role"@en ;
      rdfs:comment "The part of an entity in an activity: the standard output."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:stateRole a prov:Role ;
      rdfs:label "state role"@en ;
      rdfs:comment "The part of an entity in an activity: the state of a container."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:networkRole a prov:Role ;
      rdfs:label "network role"@en ;
      rdfs:comment "The part of an entity in an activity: the network."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:volumeRole a prov:Role ;
      rdfs:label "volume role"@en ;
      rdfs:comment "The part of an entity in an activity: the volume."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:userRole a prov:Role ;
      rdfs:label "user role"@en ;
      rdfs:comment "The part of an agent in an activity: the person, or the account, that is responsible."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:clientRole a prov:Role ;
      rdfs:label "client role"@en ;
      rdfs:comment "The part of an agent in an activity: the program that spoke to the engine."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    ca:engineRole a prov:Role ;
      rdfs:label "engine role"@en ;
      rdfs:comment "The part of an agent in an activity: the container engine."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalactivity> .

    # Computational environment

    ce:ComputationalEnvironment a owl:Class ;
      rdfs:label "computational environment"@en ;
      rdfs:comment "A host as it was at one time: another kernel is another environment."@en ;
      rdfs:subClassOf prov:Location ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:Content a owl:Class ;
      rdfs:label "content"@en ;
      rdfs:comment "Bytes, named by their digest (RFC 6920)."@en ;
      rdfs:subClassOf prov:Entity ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:Archive a owl:Class ;
      rdfs:label "archive"@en ;
      rdfs:comment "An archive of files."@en ;
      rdfs:subClassOf ce:Content ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:HostPath a owl:Class ;
      rdfs:label "host path"@en ;
      rdfs:comment "A path in the file system of a host."@en ;
      rdfs:subClassOf prov:Location ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:ProcessInput a owl:Class ;
      rdfs:label "process input"@en ;
      rdfs:comment "The standard input of the program that took part."@en ;
      rdfs:subClassOf prov:Location ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:ProcessMemory a owl:Class ;
      rdfs:label "process memory"@en ;
      rdfs:comment "The memory of the program that took part."@en ;
      rdfs:subClassOf prov:Location ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:WebResource a owl:Class ;
      rdfs:label "web resource"@en ;
      rdfs:comment "What a URL names, without the secrets that the URL had."@en ;
      rdfs:subClassOf prov:Location ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:BuildContext a owl:Class ;
      rdfs:label "build context"@en ;
      rdfs:comment "The archive of files sent to a build."@en ;
      rdfs:subClassOf ce:Content ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:Dockerfile a owl:Class ;
      rdfs:label "dockerfile"@en ;
      rdfs:comment "The text of a Dockerfile."@en ;
      rdfs:subClassOf ce:Content ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:File a owl:Class ;
      rdfs:label "file"@en ;
      rdfs:comment "A file."@en ;
      rdfs:subClassOf ce:Content ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:Folder a owl:Class ;
      rdfs:label "folder"@en ;
      rdfs:comment "Files under one name; its digest is that of the list that sha256sum prints of them, by their paths in it."@en ;
      rdfs:subClassOf ce:Content ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:StandardError a owl:Class ;
      rdfs:label "standard error"@en ;
      rdfs:comment "What a process wrote to standard error."@en ;
      rdfs:subClassOf ce:Content ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:StandardInput a owl:Class ;
      rdfs:label "standard input"@en ;
      rdfs:comment "What a process read from standard input."@en ;
      rdfs:subClassOf ce:Content ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:StandardOutput a owl:Class ;
      rdfs:label "standard output"@en ;
      rdfs:comment "What a process wrote to standard output."@en ;
      rdfs:subClassOf ce:Content ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:host a owl:ObjectProperty ;
      rdfs:label "host"@en ;
      rdfs:comment "The host, through all its changes: of an environment, or of a path."@en ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:hostID a owl:DatatypeProperty ;
      rdfs:label "host iD"@en ;
      rdfs:comment "The id that the history gave the host."@en ;
      rdfs:domain ce:ComputationalEnvironment ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:hostname a owl:DatatypeProperty ;
      rdfs:label "hostname"@en ;
      rdfs:comment "The name of the host."@en ;
      rdfs:domain ce:ComputationalEnvironment ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:operatingSystem a owl:DatatypeProperty ;
      rdfs:label "operating system"@en ;
      rdfs:comment "The operating system, with its version where it is known."@en ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:kernelVersion a owl:DatatypeProperty ;
      rdfs:label "kernel version"@en ;
      rdfs:comment "The version of the kernel."@en ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:architecture a owl:DatatypeProperty ;
      rdfs:label "architecture"@en ;
      rdfs:comment "The architecture of the processor."@en ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:version a owl:DatatypeProperty ;
      rdfs:label "version"@en ;
      rdfs:comment "The version of a program or library."@en ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:coreCount a owl:DatatypeProperty ;
      rdfs:label "core count"@en ;
      rdfs:comment "The number of processor cores."@en ;
      rdfs:domain ce:ComputationalEnvironment ;
      rdfs:range xsd:integer ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:memoryInBytes a owl:DatatypeProperty ;
      rdfs:label "memory in bytes"@en ;
      rdfs:comment "The memory of the host in bytes."@en ;
      rdfs:domain ce:ComputationalEnvironment ;
      rdfs:range xsd:long ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:userID a owl:DatatypeProperty ;
      rdfs:label "user iD"@en ;
      rdfs:comment "The number of the user on the host (POSIX uid)."@en ;
      rdfs:domain foaf:OnlineAccount ;
      rdfs:range xsd:long ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:digest a owl:DatatypeProperty ;
      rdfs:label "digest"@en ;
      rdfs:comment "The SHA-256 of the bytes: sha256: and hexadecimal digits."@en ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:byteCount a owl:DatatypeProperty ;
      rdfs:label "byte count"@en ;
      rdfs:comment "The length in bytes."@en ;
      rdfs:range xsd:long ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:memberCount a owl:DatatypeProperty ;
      rdfs:label "member count"@en ;
      rdfs:comment "How many files, folders and links an archive has, or how many files a folder has."@en ;
      rdfs:domain ce:Content ;
      rdfs:range xsd:long ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:mediaType a owl:DatatypeProperty ;
      rdfs:label "media type"@en ;
      rdfs:comment "The media type of the bytes, as their name tells it."@en ;
      rdfs:domain ce:Content ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:isExecutable a owl:DatatypeProperty ;
      rdfs:label "is executable"@en ;
      rdfs:comment "Whether the file may be executed."@en ;
      rdfs:domain ce:File ;
      rdfs:range xsd:boolean ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:finalURL a owl:ObjectProperty ;
      rdfs:label "final URL"@en ;
      rdfs:comment "Where the redirects of a web resource led, when it was fetched."@en ;
      rdfs:domain ce:WebResource ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    ce:path a owl:DatatypeProperty ;
      rdfs:label "path"@en ;
      rdfs:comment "A path in a file system."@en ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/computationalenvironment> .

    # Docker

    docker:Engine a owl:Class ;
      rdfs:label "engine"@en ;
      rdfs:comment "A container engine as it was at one time: an upgrade makes another agent."@en ;
      rdfs:subClassOf prov:SoftwareAgent ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:Container a owl:Class ;
      rdfs:label "container"@en ;
      rdfs:comment "A container, from its creation to its removal."@en ;
      rdfs:subClassOf prov:Entity ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:ContainerState a owl:Class ;
      rdfs:label "container state"@en ;
      rdfs:comment "A container as it was after one operation."@en ;
      rdfs:subClassOf prov:Entity ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:ContainerPath a owl:Class ;
      rdfs:label "container path"@en ;
      rdfs:comment "A path in the file system of a container."@en ;
      rdfs:subClassOf prov:Location ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:Image a owl:Class ;
      rdfs:label "image"@en ;
      rdfs:comment "An image, identified by the digest of its configuration."@en ;
      rdfs:subClassOf prov:Entity ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:ImageReference a owl:Class ;
      rdfs:label "image reference"@en ;
      rdfs:comment "A name that stood for an image, on an engine or in a registry."@en ;
      rdfs:subClassOf prov:Entity ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:Volume a owl:Class ;
      rdfs:label "volume"@en ;
      rdfs:comment "A volume of an engine."@en ;
      rdfs:subClassOf prov:Entity ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:Network a owl:Class ;
      rdfs:label "network"@en ;
      rdfs:comment "A network of an engine, from its creation to its removal."@en ;
      rdfs:subClassOf prov:Entity ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:engineID a owl:DatatypeProperty ;
      rdfs:label "engine iD"@en ;
      rdfs:comment "The engine's own id."@en ;
      rdfs:domain docker:Engine ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:apiVersion a owl:DatatypeProperty ;
      rdfs:label "api version"@en ;
      rdfs:comment "The version of the Engine API that was spoken."@en ;
      rdfs:domain docker:Engine ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:storageDriver a owl:DatatypeProperty ;
      rdfs:label "storage driver"@en ;
      rdfs:comment "The driver that stores the layers."@en ;
      rdfs:domain docker:Engine ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:engine a owl:ObjectProperty ;
      rdfs:label "engine"@en ;
      rdfs:comment "The engine that holds it, through all the engine's upgrades."@en ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:containerID a owl:DatatypeProperty ;
      rdfs:label "container iD"@en ;
      rdfs:comment "The full id of the container."@en ;
      rdfs:domain docker:Container ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:containerName a owl:DatatypeProperty ;
      rdfs:label "container name"@en ;
      rdfs:comment "A name that the container had."@en ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:container a owl:ObjectProperty ;
      rdfs:label "container"@en ;
      rdfs:comment "The container whose path it is."@en ;
      rdfs:domain docker:ContainerPath ;
      rdfs:range docker:Container ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:status a owl:DatatypeProperty ;
      rdfs:label "status"@en ;
      rdfs:comment "The status, in the engine's words."@en ;
      rdfs:domain docker:ContainerState ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:runStartedAt a owl:DatatypeProperty ;
      rdfs:label "run started at"@en ;
      rdfs:comment "When the container's process started."@en ;
      rdfs:domain docker:ContainerState ;
      rdfs:range xsd:dateTime ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:runFinishedAt a owl:DatatypeProperty ;
      rdfs:label "run finished at"@en ;
      rdfs:comment "When the container's process ended."@en ;
      rdfs:domain docker:ContainerState ;
      rdfs:range xsd:dateTime ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:imageID a owl:DatatypeProperty ;
      rdfs:label "image iD"@en ;
      rdfs:comment "The id that the engine gave the image; which digest it is depends on the store."@en ;
      rdfs:domain docker:Image ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:configDigest a owl:DatatypeProperty ;
      rdfs:label "config digest"@en ;
      rdfs:comment "The digest of the image's configuration."@en ;
      rdfs:domain docker:Image ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:manifestDigest a owl:DatatypeProperty ;
      rdfs:label "manifest digest"@en ;
      rdfs:comment "The digest of the image's manifest."@en ;
      rdfs:domain docker:Image ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:indexDigest a owl:DatatypeProperty ;
      rdfs:label "index digest"@en ;
      rdfs:comment "The digest of the index that lists the image."@en ;
      rdfs:domain docker:Image ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:repositoryDigest a owl:DatatypeProperty ;
      rdfs:label "repository digest"@en ;
      rdfs:comment "A repository and the digest by which it knows the image."@en ;
      rdfs:domain docker:Image ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:layers a owl:ObjectProperty ;
      rdfs:label "layers"@en ;
      rdfs:comment "The list of the digests of the uncompressed layers, base first."@en ;
      rdfs:domain docker:Image ;
      rdfs:range rdf:List ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:reference a owl:DatatypeProperty ;
      rdfs:label "reference"@en ;
      rdfs:comment "The name and tag."@en ;
      rdfs:domain docker:ImageReference ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:networkID a owl:DatatypeProperty ;
      rdfs:label "network iD"@en ;
      rdfs:comment "The full id of the network."@en ;
      rdfs:domain docker:Network ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:networkName a owl:DatatypeProperty ;
      rdfs:label "network name"@en ;
      rdfs:comment "The name of the network."@en ;
      rdfs:domain docker:Network ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:networkDriver a owl:DatatypeProperty ;
      rdfs:label "network driver"@en ;
      rdfs:comment "The driver of the network."@en ;
      rdfs:domain docker:Network ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:volumeName a owl:DatatypeProperty ;
      rdfs:label "volume name"@en ;
      rdfs:comment "The name of the volume."@en ;
      rdfs:domain docker:Volume ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    docker:volumeDriver a owl:DatatypeProperty ;
      rdfs:label "volume driver"@en ;
      rdfs:comment "The driver of the volume."@en ;
      rdfs:domain docker:Volume ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <http://w3id.org/daspos/docker> .

    # SmartContainers

    sc:Snapshot a owl:Class ;
      rdfs:label "snapshot"@en ;
      rdfs:comment "The normalized configuration of a container, image, network or volume after an operation."@en ;
      rdfs:subClassOf prov:Entity ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:pointerPath a owl:DatatypeProperty ;
      rdfs:label "pointer path"@en ;
      rdfs:comment "The path in the history's git tree of the Git LFS pointer to the bytes, where they were kept."@en ;
      rdfs:domain ce:Content ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:snapshotPath a owl:DatatypeProperty ;
      rdfs:label "snapshot path"@en ;
      rdfs:comment "The path of the snapshot in the history's git tree."@en ;
      rdfs:domain sc:Snapshot ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:SmartImage a owl:Class ;
      rdfs:label "smart image"@en ;
      rdfs:comment "An image that carries its own provenance, in its label and in a folder."@en ;
      rdfs:subClassOf prov:Entity ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:history a owl:ObjectProperty ;
      rdfs:label "history"@en ;
      rdfs:comment "The file in a smart image that holds the activities before."@en ;
      rdfs:domain sc:SmartImage ;
      rdfs:range ce:File ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:entryDocument a owl:ObjectProperty ;
      rdfs:label "entry document"@en ;
      rdfs:comment "The file in a smart image that tells the ways into its containers."@en ;
      rdfs:domain sc:SmartImage ;
      rdfs:range ce:File ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:Service a owl:Class ;
      rdfs:label "service"@en ;
      rdfs:comment "What listens on a port of a container."@en ;
      rdfs:subClassOf dcat:DataService ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:Folder a owl:Class ;
      rdfs:label "folder"@en ;
      rdfs:comment "A folder or file of a container in which data is."@en ;
      rdfs:subClassOf dcat:Dataset ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:port a owl:DatatypeProperty ;
      rdfs:label "port"@en ;
      rdfs:comment "The port in the container."@en ;
      rdfs:domain sc:Service ;
      rdfs:range xsd:integer ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:scheme a owl:DatatypeProperty ;
      rdfs:label "scheme"@en ;
      rdfs:comment "The scheme of the URLs of a service."@en ;
      rdfs:domain sc:Service ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:isDeclared a owl:DatatypeProperty ;
      rdfs:label "is declared"@en ;
      rdfs:comment "Whether a label or a setting declares how the service is asked."@en ;
      rdfs:domain sc:Service ;
      rdfs:range xsd:boolean ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:folderKind a owl:DatatypeProperty ;
      rdfs:label "folder kind"@en ;
      rdfs:comment "How data comes to be there: bind, declared, temporary or volume."@en ;
      rdfs:domain sc:Folder ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:folderSource a owl:DatatypeProperty ;
      rdfs:label "folder source"@en ;
      rdfs:comment "The name of the volume, or the path on the host, that is mounted."@en ;
      rdfs:domain sc:Folder ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:isWritable a owl:DatatypeProperty ;
      rdfs:label "is writable"@en ;
      rdfs:comment "Whether the container may write there."@en ;
      rdfs:domain sc:Folder ;
      rdfs:range xsd:boolean ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:command a owl:DatatypeProperty ;
      rdfs:label "command"@en ;
      rdfs:comment "The command line of sc that gives the data."@en ;
      rdfs:domain dcat:Distribution ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:HostConfiguration a owl:Class ;
      rdfs:label "host configuration"@en ;
      rdfs:comment "The settings of one machine, or of one person."@en ;
      rdfs:subClassOf rdfs:Resource ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:agentName a owl:DatatypeProperty ;
      rdfs:label "agent name"@en ;
      rdfs:comment "The name of the person for whom operations are done."@en ;
      rdfs:domain sc:HostConfiguration ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:agentEmail a owl:DatatypeProperty ;
      rdfs:label "agent e-mail"@en ;
      rdfs:comment "The e-mail address of that person."@en ;
      rdfs:domain sc:HostConfiguration ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:agentORCID a owl:ObjectProperty ;
      rdfs:label "agent ORCID"@en ;
      rdfs:comment "The ORCID iD of that person."@en ;
      rdfs:domain sc:HostConfiguration ;
      rdfs:range prov:Person ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:agentOrganization a owl:DatatypeProperty ;
      rdfs:label "agent organization"@en ;
      rdfs:comment "Where that person works."@en ;
      rdfs:domain sc:HostConfiguration ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:redactionEnvironment a owl:DatatypeProperty ;
      rdfs:label "redaction environment"@en ;
      rdfs:comment "Which values of environment variables records leave out: matching, all or none."@en ;
      rdfs:domain sc:HostConfiguration ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:contextRemote a owl:DatatypeProperty ;
      rdfs:label "context remote"@en ;
      rdfs:comment "Whether contexts of JSON-LD come from the web: refused or allowed."@en ;
      rdfs:domain sc:HostConfiguration ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:orcidEndpoint a owl:DatatypeProperty ;
      rdfs:label "ORCID endpoint"@en ;
      rdfs:comment "Where ORCID's public API is."@en ;
      rdfs:domain sc:HostConfiguration ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:entryHTTP a owl:DatatypeProperty ;
      rdfs:label "entry HTTP"@en ;
      rdfs:comment "How the ports of containers are asked: 8443=https:/api,8080=http."@en ;
      rdfs:domain sc:HostConfiguration ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:entryFolders a owl:DatatypeProperty ;
      rdfs:label "entry folders"@en ;
      rdfs:comment "The folders of containers that hold data: /results,/data."@en ;
      rdfs:domain sc:HostConfiguration ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:remoteTimeout a owl:DatatypeProperty ;
      rdfs:label "remote timeout"@en ;
      rdfs:comment "How many seconds a remote may be silent."@en ;
      rdfs:domain sc:HostConfiguration ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:signingKey a owl:DatatypeProperty ;
      rdfs:label "signing key"@en ;
      rdfs:comment "What commits are signed with: the path of an SSH key, or an OpenPGP key."@en ;
      rdfs:domain sc:HostConfiguration ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    sc:allowedSigners a owl:DatatypeProperty ;
      rdfs:label "allowed signers"@en ;
      rdfs:comment "The file of those whose signatures count."@en ;
      rdfs:domain sc:HostConfiguration ;
      rdfs:range xsd:string ;
      rdfs:isDefinedBy <https://w3id.org/daspos/smartcontainers> .

    # Terms of other vocabularies

    prov:Activity a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:Agent a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:Association a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:Delegation a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:Entity a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:Generation a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:Location a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:Organization a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:Person a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:Plan a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:Role a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:SoftwareAgent a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:Usage a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:actedOnBehalfOf a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:activity a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:agent a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:atLocation a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:entity a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:hadActivity a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:hadPlan a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:hadPrimarySource a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:Collection a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:hadMember a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:hadRole a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:qualifiedAssociation a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:qualifiedDelegation a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:qualifiedGeneration a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:qualifiedUsage a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:specializationOf a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:used a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:wasAssociatedWith a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:wasDerivedFrom a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:wasGeneratedBy a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:wasInformedBy a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:wasInvalidatedBy a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:wasRevisionOf a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:startedAtTime a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    prov:endedAtTime a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/prov#> .
    foaf:OnlineAccount a owl:Class ; rdfs:isDefinedBy <http://xmlns.com/foaf/0.1/> .
    foaf:Organization a owl:Class ; rdfs:isDefinedBy <http://xmlns.com/foaf/0.1/> .
    foaf:Person a owl:Class ; rdfs:isDefinedBy <http://xmlns.com/foaf/0.1/> .
    foaf:account a owl:ObjectProperty ; rdfs:isDefinedBy <http://xmlns.com/foaf/0.1/> .
    foaf:mbox a owl:ObjectProperty ; rdfs:isDefinedBy <http://xmlns.com/foaf/0.1/> .
    foaf:accountName a owl:DatatypeProperty ; rdfs:isDefinedBy <http://xmlns.com/foaf/0.1/> .
    foaf:name a owl:DatatypeProperty ; rdfs:isDefinedBy <http://xmlns.com/foaf/0.1/> .
    dcterms:hasPart a owl:ObjectProperty ; rdfs:isDefinedBy <http://purl.org/dc/terms/> .
    dcterms:requires a owl:ObjectProperty ; rdfs:isDefinedBy <http://purl.org/dc/terms/> .
    dcterms:subject a owl:ObjectProperty ; rdfs:isDefinedBy <http://purl.org/dc/terms/> .
    hydra:ApiDocumentation a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:Class a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:Collection a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:EntryPoint a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:Operation a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:Resource a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:Status a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:SupportedProperty a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:collection a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:entrypoint a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:member a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:operation a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:possibleStatus a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:property a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:supportedClass a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:supportedOperation a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:supportedProperty a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:description a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:method a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:readable a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:required a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:statusCode a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:title a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:totalItems a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:writable a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    hydra:writeable a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/hydra/core#> .
    ldp:BasicContainer a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/ldp#> .
    ldp:NonRDFSource a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/ldp#> .
    ldp:Resource a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/ldp#> .
    ldp:contains a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/ldp#> .
    dcat:Catalog a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/dcat#> .
    dcat:DataService a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/dcat#> .
    dcat:Dataset a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/dcat#> .
    dcat:Distribution a owl:Class ; rdfs:isDefinedBy <http://www.w3.org/ns/dcat#> .
    dcat:accessURL a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/dcat#> .
    dcat:distribution a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/dcat#> .
    dcat:downloadURL a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/dcat#> .
    dcat:endpointURL a owl:ObjectProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/dcat#> .
    dcat:byteSize a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/dcat#> .
    dcat:mediaType a owl:DatatypeProperty ; rdfs:isDefinedBy <http://www.w3.org/ns/dcat#> .
    spdx:Checksum a owl:Class ; rdfs:isDefinedBy <http://spdx.org/rdf/terms#> .
    spdx:ChecksumAlgorithm a owl:Class ; rdfs:isDefinedBy <http://spdx.org/rdf/terms#> .
    spdx:checksumAlgorithm_sha256 a spdx:ChecksumAlgorithm ; rdfs:isDefinedBy <http://spdx.org/rdf/terms#> .
    spdx:checksum a owl:ObjectProperty ; rdfs:isDefinedBy <http://spdx.org/rdf/terms#> .
    spdx:checksumAlgorithm a owl:ObjectProperty ; rdfs:isDefinedBy <http://spdx.org/rdf/terms#> .
    spdx:checksumValue a owl:DatatypeProperty ; rdfs:isDefinedBy <http://spdx.org/rdf/terms#> .
    rdfs:label a owl:AnnotationProperty ; rdfs:isDefinedBy <http://www.w3.org/2000/01/rdf-schema#> .

    """#

  /// `shapes.ttl`: what every document has, as SHACL.
  package static let shapes =
    #"""
    # What every document of a SmartContainers history holds, as SHACL shapes.
    #
    # They go with smartcontainers.ttl, which tells the classes that are meant by others.

    @prefix ca: <https://w3id.org/daspos/computationalactivity#> .
    @prefix ce: <https://w3id.org/daspos/computationalenvironment#> .
    @prefix dcat: <http://www.w3.org/ns/dcat#> .
    @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix docker: <http://w3id.org/daspos/docker#> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> .
    @prefix hydra: <http://www.w3.org/ns/hydra/core#> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix sc: <https://w3id.org/daspos/smartcontainers#> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix spdx: <http://spdx.org/rdf/terms#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

    # Activities

    ca:OperationShape a sh:NodeShape ;
      sh:targetClass ca:Operation ;
      sh:nodeKind sh:IRI ;
      sh:pattern "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" ;
      sh:class prov:Activity ;
      sh:property
        [ sh:path ca:operation ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ;
          sh:pattern "^[a-z]+(\\.[a-zA-Z]+)?$" ],
        [ sh:path prov:startedAtTime ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:dateTime ;
          sh:lessThanOrEquals prov:endedAtTime ],
        [ sh:path prov:endedAtTime ; sh:maxCount 1 ; sh:datatype xsd:dateTime ],
        [ sh:path prov:wasAssociatedWith ; sh:minCount 1 ; sh:class prov:Agent ],
        [ sh:path ca:outcome ; sh:maxCount 1 ; sh:in ( ca:succeeded ca:failed ca:unknown ) ],
        [ sh:path ca:message ; sh:maxCount 1 ; sh:datatype xsd:string ],
        [ sh:path ca:exitCode ; sh:maxCount 1 ; sh:datatype xsd:integer ],
        [ sh:path ca:repeats ; sh:maxCount 1 ; sh:nodeKind sh:IRI ],
        [ sh:path ca:reproduced ; sh:maxCount 1 ; sh:datatype xsd:boolean ],
        [ sh:path dcterms:hasPart ; sh:class ca:Operation ],
        [ sh:path prov:used ; sh:class prov:Entity ],
        [ sh:path ca:exchange ; sh:maxCount 1 ; sh:class ca:Exchange ] .

    ca:AssociationShape a sh:NodeShape ;
      sh:targetClass prov:Association ;
      sh:property
        [ sh:path prov:agent ; sh:minCount 1 ; sh:maxCount 1 ; sh:class prov:Agent ],
        [ sh:path prov:hadRole ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ],
        [ sh:path prov:hadPlan ; sh:maxCount 1 ; sh:class prov:Plan ] .

    ca:UsageShape a sh:NodeShape ;
      sh:targetClass prov:Usage ;
      sh:property
        [ sh:path prov:entity ; sh:minCount 1 ; sh:maxCount 1 ; sh:class prov:Entity ],
        [ sh:path prov:hadRole ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ],
        [ sh:path prov:atLocation ; sh:maxCount 2 ; sh:class prov:Location ] .

    ca:GenerationShape a sh:NodeShape ;
      sh:targetClass prov:Generation ;
      sh:property
        [ sh:path prov:activity ; sh:minCount 1 ; sh:maxCount 1 ; sh:class prov:Activity ],
        [ sh:path prov:hadRole ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ],
        [ sh:path prov:atLocation ; sh:maxCount 2 ; sh:class prov:Location ] .

    ca:ExchangeShape a sh:NodeShape ;
      sh:targetClass ca:Exchange ;
      sh:property
        [ sh:path ca:statusCode ; sh:maxCount 1 ; sh:datatype xsd:integer ;
          sh:minInclusive 100 ; sh:maxInclusive 599 ],
        [ sh:path ca:requestByteCount ; sh:maxCount 1 ; sh:datatype xsd:long ],
        [ sh:path ca:requestDigest ; sh:maxCount 1 ; sh:pattern "^sha256:[0-9a-f]{64}$" ],
        [ sh:path ca:responseByteCount ; sh:maxCount 1 ; sh:datatype xsd:long ],
        [ sh:path ca:responseDigest ; sh:maxCount 1 ; sh:pattern "^sha256:[0-9a-f]{64}$" ] .

    # Agents

    ca:PersonShape a sh:NodeShape ;
      sh:targetClass prov:Person ;
      sh:nodeKind sh:IRI ;
      sh:class foaf:Person ;
      sh:property [ sh:path foaf:name ; sh:maxCount 1 ; sh:datatype xsd:string ] .

    ca:SoftwareAgentShape a sh:NodeShape ;
      sh:targetClass prov:SoftwareAgent ;
      sh:nodeKind sh:IRI ;
      sh:property
        [ sh:path foaf:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ],
        [ sh:path ce:version ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] .

    # Entities

    docker:ContainerShape a sh:NodeShape ;
      sh:targetClass docker:Container ;
      sh:class prov:Entity ;
      sh:property
        [ sh:path docker:containerID ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^[0-9a-f]{64}$" ],
        [ sh:path docker:containerName ; sh:maxCount 1 ; sh:datatype xsd:string ] .

    docker:ImageShape a sh:NodeShape ;
      sh:targetClass docker:Image ;
      sh:class prov:Entity ;
      sh:property
        [ sh:path docker:configDigest ; sh:maxCount 1 ; sh:pattern "^sha256:[0-9a-f]{64}$" ],
        [ sh:path docker:manifestDigest ; sh:maxCount 1 ; sh:pattern "^sha256:[0-9a-f]{64}$" ],
        [ sh:path docker:layers ; sh:maxCount 1 ] .

    docker:ImageReferenceShape a sh:NodeShape ;
      sh:targetClass docker:ImageReference ;
      sh:class prov:Entity ;
      sh:property [ sh:path docker:reference ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] .

    ce:ContentShape a sh:NodeShape ;
      sh:targetClass ce:Content ;
      sh:class prov:Entity ;
      sh:nodeKind sh:IRI ;
      sh:pattern "^ni:///sha-256;[A-Za-z0-9_-]{43}$" ;
      sh:property
        [ sh:path ce:digest ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^sha256:[0-9a-f]{64}$" ],
        [ sh:path ce:byteCount ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:long ] .

    sc:SnapshotShape a sh:NodeShape ;
      sh:targetClass sc:Snapshot ;
      sh:class prov:Entity ;
      sh:property
        [ sh:path sc:snapshotPath ; sh:minCount 1 ; sh:datatype xsd:string ],
        [ sh:path ce:digest ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^sha256:[0-9a-f]{64}$" ],
        [ sh:path dcterms:subject ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .

    sc:SmartImageShape a sh:NodeShape ;
      sh:targetClass sc:SmartImage ;
      sh:class docker:Image ;
      sh:property
        [ sh:path prov:wasGeneratedBy ; sh:minCount 1 ; sh:maxCount 1 ; sh:class ca:Operation ],
        [ sh:path prov:wasDerivedFrom ; sh:minCount 1 ; sh:maxCount 1 ; sh:class prov:Entity ],
        [ sh:path sc:history ; sh:minCount 1 ; sh:maxCount 1 ; sh:class ce:File ],
        [ sh:path sc:entryDocument ; sh:minCount 1 ; sh:maxCount 1 ; sh:class ce:File ] .

    # Entry points

    sc:EntryPointShape a sh:NodeShape ;
      sh:targetClass hydra:EntryPoint ;
      sh:property [ sh:path hydra:collection ; sh:minCount 2 ; sh:maxCount 2 ; sh:class hydra:Collection ] .

    sc:CollectionShape a sh:NodeShape ;
      sh:targetClass hydra:Collection ;
      sh:property
        [ sh:path hydra:totalItems ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ],
        [ sh:path hydra:member ; sh:class hydra:Resource ] .

    sc:ServiceShape a sh:NodeShape ;
      sh:targetClass dcat:DataService ;
      sh:property
        [ sh:path sc:port ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ;
          sh:minInclusive 1 ; sh:maxInclusive 65535 ],
        [ sh:path sc:scheme ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^[a-z][a-z0-9+.-]*$" ],
        [ sh:path dcat:endpointURL ; sh:nodeKind sh:IRI ] .

    sc:FolderShape a sh:NodeShape ;
      sh:targetClass dcat:Dataset ;
      sh:property
        [ sh:path ce:path ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^/" ],
        [ sh:path sc:folderKind ; sh:minCount 1 ; sh:maxCount 1 ;
          sh:in ( "bind" "declared" "temporary" "volume" ) ],
        [ sh:path dcat:distribution ; sh:minCount 1 ; sh:maxCount 1 ; sh:class dcat:Distribution ] .

    sc:DistributionShape a sh:NodeShape ;
      sh:targetClass dcat:Distribution ;
      sh:property
        [ sh:path dcat:mediaType ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ],
        [ sh:path dcat:byteSize ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ],
        [ sh:path spdx:checksum ; sh:maxCount 1 ; sh:class spdx:Checksum ] .

    """#
}
