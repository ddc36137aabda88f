import Canonical

extension Activity {
  /// The document: plain PROV-O as JSON-LD, the same bytes for the same activity.
  ///
  /// The client acts on behalf of the person (of the account, when no person is configured),
  /// the engine on behalf of the client. A composite and each of its parts are activities; the
  /// composite `dcterms:hasPart` them and was informed by them, and each part was informed by
  /// the one before.
  package func document() -> [UInt8] {
    var graph = Graph()
    participants.describe(during: id, in: &graph)
    var node = event.describe(in: &graph)
    participants.describeAssociations(in: &node, planIRI: event.planIRI)
    var previous: Event?
    for part in parts {
      var partNode = part.describe(in: &graph)
      partNode.add(.wasAssociatedWith, participants.client.iri)
      partNode.add(.wasAssociatedWith, participants.engine?.iri)
      partNode.add(.wasInformedBy, previous?.id.iri)
      graph.add(partNode)
      node.add(.hasPart, part.id.iri)
      node.add(.wasInformedBy, part.id.iri)
      previous = part
    }
    graph.add(node)
    return graph.json.bytes(.pretty)
  }
}

extension Activity.Participants {
  /// The IRI of who is responsible: the person, else the account.
  private var responsibleIRI: String { person?.iri ?? account.iri(on: host) }

  /// Describes the agents, and who acted for whom in an activity.
  func describe(during activity: ActivityID, in graph: inout Graph) {
    let accountIRI = account.iri(on: host)
    account.describe(on: host, in: &graph)
    host.describe(in: &graph)
    client.describe(in: &graph)
    Self.delegate(client.iri, to: responsibleIRI, during: activity, in: &graph)
    if let person {
      person.describe(in: &graph)
      graph.add(person.iri, .account, accountIRI)
    }
    if let engine {
      engine.describe(in: &graph)
      Self.delegate(engine.iri, to: client.iri, during: activity, in: &graph)
    }
  }

  private static func delegate(
    _ agent: String, to responsible: String, during activity: ActivityID, in graph: inout Graph
  ) {
    var delegation = Node(nil, "prov:Delegation")
    delegation.add(.agent, responsible)
    delegation.add(.hadActivity, activity.iri)
    var node = Node(agent)
    node.add(.actedOnBehalfOf, responsible)
    node.add(.qualifiedDelegation, .node(delegation))
    graph.add(node)
  }

  /// Says which part the agents had in an activity, and where it was.
  func describeAssociations(in node: inout Node, planIRI: String? = nil) {
    let agents: [(String?, Role)] = [
      (responsibleIRI, .user), (client.iri, .client), (engine?.iri, .engine),
    ]
    for case (let agent?, let role) in agents {
      node.add(.wasAssociatedWith, agent)
      var association = Node(nil, "prov:Association")
      association.add(.agent, agent)
      association.add(.hadRole, role.term)
      association.add(.hadPlan, planIRI)
      node.add(.qualifiedAssociation, .node(association))
    }
    node.add(.underAccount, account.iri(on: host))
    node.add(.atLocation, host.environmentIRI)
  }
}

extension Event {
  fileprivate var planIRI: String? { plan == Plan() ? nil : id.iri + "#plan" }

  /// Describes all but the activity's agents; returns the activity's own node.
  fileprivate func describe(in graph: inout Graph) -> Node {
    var node = Node(id.iri, "prov:Activity", "ca:Operation")
    node.add(.label, operation)
    node.add(.operation, operation)
    node.add(.startedAtTime, startedAt)
    node.add(.endedAtTime, endedAt)
    node.add(.exitCode, exitCode.map(Int64.init))
    outcome.describe(in: &node)
    if let exchange { node.add(.exchange, .node(exchange.node)) }
    for activity in informedBy { node.add(.wasInformedBy, activity.iri) }
    node.add(.repeats, repeats?.iri)
    if let isReproduced { node.add(.reproduced, isReproduced) }
    if let planIRI { plan.describe(as: planIRI, in: &graph) }
    for usage in used { describe(usage, in: &node, &graph) }
    for generation in generated { describe(generation, in: &graph) }
    for entity in invalidated {
      graph.add(entity.node)
      graph.add(entity.iri, .wasInvalidatedBy, id.iri)
    }
    describeDerivations(in: &graph)
    return node
  }

  private func describe(_ usage: Usage, in node: inout Node, _ graph: inout Graph) {
    graph.add(usage.entity.node)
    node.add(.used, usage.entity.iri)
    var qualified = Node(nil, "prov:Usage")
    qualified.add(.entity, usage.entity.iri)
    qualified.add(.hadRole, usage.role.term)
    Self.place(&qualified, usage.location, usage.containerPath, in: &graph)
    node.add(.qualifiedUsage, .node(qualified))
  }

  private func describe(_ generation: Generation, in graph: inout Graph) {
    var qualified = Node(nil, "prov:Generation")
    qualified.add(.activity, id.iri)
    qualified.add(.hadRole, generation.role.term)
    Self.place(&qualified, generation.location, generation.containerPath, in: &graph)
    var node = generation.entity.node
    node.add(.wasGeneratedBy, id.iri)
    node.add(.qualifiedGeneration, .node(qualified))
    graph.add(node)
  }

  /// Says where something was read or written: on the host or the web, and in the container.
  private static func place(
    _ qualified: inout Node, _ location: Location?, _ containerPath: ContainerPath?,
    in graph: inout Graph
  ) {
    for place in [location, containerPath.map(Location.container)].compactMap({ $0 }) {
      graph.add(place.node)
      qualified.add(.atLocation, place.iri)
    }
  }

  /// Says what each made thing comes from, as far as the roles tell.
  ///
  /// That a file came out of a run says nothing about which of those that went in it comes from.
  private func describeDerivations(in graph: inout Graph) {
    for generation in generated where generation.role != .output {
      for usage in used where usage.entity.iri != generation.entity.iri {
        if let relation = Self.relation(of: generation, to: usage) {
          graph.add(generation.entity.iri, relation, usage.entity.iri)
        }
      }
    }
  }

  private static func relation(of generation: Generation, to usage: Usage) -> Property? {
    switch (generation.entity, usage.role) {
    case (.container, .image): .wasDerivedFrom
    case (.image, .registryReference): .hadPrimarySource
    case (.image, .container), (.image, .baseImage), (.image, .archive), (.image, .dockerfile),
      (.image, .buildContext):
      .wasDerivedFrom
    case (.content(let content), .container), (.content(let content), .image):
      content.kind == .archive || content.kind == .file ? .wasDerivedFrom : nil
    default: nil
    }
  }
}
