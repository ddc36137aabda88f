/// A property of the documents: its compact IRI, and the type of its values.
///
/// The type is written once, in the document's context, so that the values stay plain.
struct Property: Sendable, Hashable {
  /// What the values are.
  enum Range: Sendable {
    case iri, iriList, long, node, text, textList, time
    case hexadecimal, nonNegativeInteger
    /// A truth value, which is written without a type, too.
    case boolean
    /// A number that is written without a type, which makes it an `xsd:integer`.
    case integer
  }

  let name: String
  let range: Range

  init(_ name: String, _ range: Range = .text) {
    self.name = name
    self.range = range
  }
}

extension Property {
  static let label = Property("rdfs:label")

  // PROV-O
  static let startedAtTime = Property("prov:startedAtTime", .time)
  static let endedAtTime = Property("prov:endedAtTime", .time)
  static let used = Property("prov:used", .iri)
  static let wasInformedBy = Property("prov:wasInformedBy", .iri)
  static let wasAssociatedWith = Property("prov:wasAssociatedWith", .iri)
  static let wasGeneratedBy = Property("prov:wasGeneratedBy", .iri)
  static let wasAttributedTo = Property("prov:wasAttributedTo", .iri)
  static let wasInvalidatedBy = Property("prov:wasInvalidatedBy", .iri)
  static let wasDerivedFrom = Property("prov:wasDerivedFrom", .iri)
  static let wasRevisionOf = Property("prov:wasRevisionOf", .iri)
  static let hadPrimarySource = Property("prov:hadPrimarySource", .iri)
  static let specializationOf = Property("prov:specializationOf", .iri)
  static let actedOnBehalfOf = Property("prov:actedOnBehalfOf", .iri)
  static let atLocation = Property("prov:atLocation", .iri)
  static let qualifiedAssociation = Property("prov:qualifiedAssociation", .node)
  static let qualifiedDelegation = Property("prov:qualifiedDelegation", .node)
  static let qualifiedGeneration = Property("prov:qualifiedGeneration", .node)
  static let qualifiedUsage = Property("prov:qualifiedUsage", .node)
  static let activity = Property("prov:activity", .iri)
  static let agent = Property("prov:agent", .iri)
  static let entity = Property("prov:entity", .iri)
  static let generated = Property("prov:generated", .iri)
  static let hadActivity = Property("prov:hadActivity", .iri)
  static let hadPlan = Property("prov:hadPlan", .iri)
  static let hadMember = Property("prov:hadMember", .iri)
  static let hadRole = Property("prov:hadRole", .iri)

  // Dublin Core and FOAF
  static let hasPart = Property("dcterms:hasPart", .iri)
  static let requires = Property("dcterms:requires", .iri)
  static let subject = Property("dcterms:subject", .iri)
  static let account = Property("foaf:account", .iri)
  static let accountName = Property("foaf:accountName")
  static let mailbox = Property("foaf:mbox", .iri)
  static let name = Property("foaf:name")

  // Computational activity
  static let operation = Property("ca:operation")
  static let outcome = Property("ca:outcome", .iri)
  static let message = Property("ca:message")
  static let failureStatus = Property("ca:failureStatus", .integer)
  static let exitCode = Property("ca:exitCode", .integer)
  static let underAccount = Property("ca:underAccount", .iri)
  static let exchange = Property("ca:exchange", .node)
  static let statusCode = Property("ca:statusCode", .integer)
  static let requestByteCount = Property("ca:requestByteCount", .long)
  static let requestDigest = Property("ca:requestDigest")
  static let responseByteCount = Property("ca:responseByteCount", .long)
  static let responseDigest = Property("ca:responseDigest")
  static let commandLine = Property("ca:commandLine", .textList)
  static let declaredInput = Property("ca:declaredInput", .textList)
  static let declaredOutput = Property("ca:declaredOutput", .textList)
  static let repeats = Property("ca:repeats", .iri)
  static let reproduced = Property("ca:reproduced", .boolean)
  static let method = Property("ca:method")
  static let route = Property("ca:route")
  static let query = Property("ca:query", .textList)
  static let requestBody = Property("ca:requestBody")
  static let dockerfile = Property("ca:dockerfile", .iri)
  static let buildContext = Property("ca:buildContext", .iri)
  static let builder = Property("ca:builder")
  static let targetStage = Property("ca:targetStage")
  static let stage = Property("ca:stage", .node)
  static let stageNumber = Property("ca:stageNumber", .integer)
  static let stageName = Property("ca:stageName")
  static let baseName = Property("ca:baseName")
  static let platform = Property("ca:platform")
  static let baseImage = Property("ca:baseImage", .iri)

  // Computational environment
  static let userID = Property("ce:userID", .long)
  static let version = Property("ce:version")
  static let host = Property("ce:host", .iri)
  static let hostID = Property("ce:hostID")
  static let hostname = Property("ce:hostname")
  static let operatingSystem = Property("ce:operatingSystem")
  static let kernelVersion = Property("ce:kernelVersion")
  static let architecture = Property("ce:architecture")
  static let coreCount = Property("ce:coreCount", .integer)
  static let memoryInBytes = Property("ce:memoryInBytes", .long)
  static let digest = Property("ce:digest")
  static let byteCount = Property("ce:byteCount", .long)
  static let path = Property("ce:path")
  static let memberCount = Property("ce:memberCount", .long)
  static let contentType = Property("ce:mediaType")
  static let isExecutable = Property("ce:isExecutable", .boolean)
  static let finalURL = Property("ce:finalURL", .iri)

  // Docker
  static let apiVersion = Property("docker:apiVersion")
  static let engineID = Property("docker:engineID")
  static let storageDriver = Property("docker:storageDriver")
  static let containerID = Property("docker:containerID")
  static let containerName = Property("docker:containerName")
  static let container = Property("docker:container", .iri)
  static let status = Property("docker:status")
  static let runStartedAt = Property("docker:runStartedAt", .time)
  static let runFinishedAt = Property("docker:runFinishedAt", .time)
  static let engine = Property("docker:engine", .iri)
  static let imageID = Property("docker:imageID")
  static let configDigest = Property("docker:configDigest")
  static let manifestDigest = Property("docker:manifestDigest")
  static let indexDigest = Property("docker:indexDigest")
  static let repositoryDigest = Property("docker:repositoryDigest")
  static let layers = Property("docker:layers", .iriList)
  static let reference = Property("docker:reference")
  static let networkID = Property("docker:networkID")
  static let networkName = Property("docker:networkName")
  static let networkDriver = Property("docker:networkDriver")
  static let volumeName = Property("docker:volumeName")
  static let volumeDriver = Property("docker:volumeDriver")

  // SmartContainers
  static let pointerPath = Property("sc:pointerPath")
  static let snapshotPath = Property("sc:snapshotPath")
  static let history = Property("sc:history", .iri)
  static let entryDocument = Property("sc:entryDocument", .iri)

  // Entry points
  static let title = Property("hydra:title")
  static let description = Property("hydra:description")
  static let entrypoint = Property("hydra:entrypoint", .node)
  static let supportedClass = Property("hydra:supportedClass", .node)
  static let supportedProperty = Property("hydra:supportedProperty", .node)
  static let supportedOperation = Property("hydra:supportedOperation", .node)
  static let possibleStatus = Property("hydra:possibleStatus", .node)
  static let hydraStatusCode = Property("hydra:statusCode", .integer)
  static let collection = Property("hydra:collection", .node)
  static let member = Property("hydra:member", .node)
  static let totalItems = Property("hydra:totalItems", .integer)
  static let hydraOperation = Property("hydra:operation", .node)
  static let hydraMethod = Property("hydra:method")
  static let supported = Property("hydra:property", .iri)
  static let required = Property("hydra:required", .boolean)
  static let readable = Property("hydra:readable", .boolean)
  static let writable = Property("hydra:writable", .boolean)
  static let writeable = Property("hydra:writeable", .boolean)
  static let contains = Property("ldp:contains", .iri)
  static let endpointURL = Property("dcat:endpointURL", .iri)
  static let distribution = Property("dcat:distribution", .node)
  static let accessURL = Property("dcat:accessURL", .iri)
  static let downloadURL = Property("dcat:downloadURL", .iri)
  static let mediaType = Property("dcat:mediaType")
  static let byteSize = Property("dcat:byteSize", .nonNegativeInteger)
  static let checksum = Property("spdx:checksum", .node)
  static let checksumAlgorithm = Property("spdx:checksumAlgorithm", .iri)
  static let checksumValue = Property("spdx:checksumValue", .hexadecimal)
  static let port = Property("sc:port", .integer)
  static let scheme = Property("sc:scheme")
  static let isDeclared = Property("sc:isDeclared", .boolean)
  static let folderKind = Property("sc:folderKind")
  static let folderSource = Property("sc:folderSource")
  static let isWritable = Property("sc:isWritable", .boolean)
  static let command = Property("sc:command")
}
