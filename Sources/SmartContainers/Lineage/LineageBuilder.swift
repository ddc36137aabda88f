import Canonical
import Provenance

/// Gathers a lineage, the nearest first, so that a limit of depth leaves out the same however it is
/// reached.
struct LineageBuilder {
  /// How many of the newest activities that made or used the same thing are followed.
  static let activityLimit = 20

  /// How many of the newest documents about the same thing are read to find those.
  private static let documentLimit = 80

  let source: LineageSource
  let direction: LineageGraph.Direction

  /// How far from the subject is gone; nil for all the way.
  let depth: Int?

  private(set) var graph: LineageGraph

  /// The edges, with the places that are known of each.
  private var known: [LineageGraph.Edge: Set<String?>] = [:]
  private var distances: [String: Int]
  private var waiting: [String]

  /// The container and the number of its state, of the nodes that are states.
  private var states: [String: (container: String, number: Int)] = [:]

  /// The last use of each state that was met, up to which what else was done is counted.
  private var lastUse: [String: (Int64, String)] = [:]

  /// The path that was asked for; nil where something else was.
  private let askedPath: String?

  /// Where the user had the things that were met, first of all in this lineage.
  private var paths: [String: String] = [:]

  /// How many activities that made or used a node are left out.
  private var omitted: [String: Int] = [:]

  init(
    _ source: LineageSource, from subject: String, at path: String? = nil,
    _ direction: LineageGraph.Direction, depth: Int?
  ) throws {
    self.source = source
    self.direction = direction
    self.depth = depth
    askedPath = path
    var subject = subject
    if subject.hasPrefix(LineageKind.containerPrefix) {
      // A container came from all that went into it; all that came of it came of its beginning.
      let life = try source.life(of: subject)
      let number = direction == .backward ? life.states.count - 1 : 0
      states[life.states[number].iri] = (subject, number)
      subject = life.states[number].iri
    }
    graph = LineageGraph(subject: subject, direction: direction)
    distances = [subject: 0]
    waiting = [subject]
  }

  /// Gathers all, and describes what was met.
  mutating func gather() throws {
    var next = 0
    var cut: Set<String> = []
    while next < waiting.count {
      let iri = waiting[next]
      next += 1
      let distance = distances[iri] ?? 0
      let edges = try edges(from: iri)
      if let depth, distance >= depth {
        if edges.contains(where: { known[$0] == nil }) { cut.insert(iri) }
        continue
      }
      // One state of a container is no step away from the one before.
      for edge in edges.reversed() where edge.relation == .wasRevisionOf {
        add(edge, at: distance, next)
      }
      for edge in edges where edge.relation != .wasRevisionOf {
        add(edge, at: distance + 1, waiting.count)
      }
    }
    for iri in distances.keys.sorted() {
      var node = try describe(iri)
      node.isCut = cut.contains(iri)
      node.omitted = omitted[iri] ?? 0
      graph.nodes[iri] = node
    }
    graph.unreadable = source.scan.unreadable
  }

  private mutating func add(_ edge: LineageGraph.Edge, at distance: Int, _ place: Int) {
    let places = known[edge] ?? []
    if places.isEmpty || edge.place != nil && !places.contains(edge.place) {
      known[edge, default: []].insert(edge.place)
      graph.edges.append(edge)
    }
    notePath(edge)
    let target = graph.target(of: edge)
    guard distances[target] == nil else { return }
    distances[target] = distance
    waiting.insert(target, at: place)
  }

  private mutating func notePath(_ edge: LineageGraph.Edge) {
    guard let path = edge.path else { return }
    let thing = edge.relation == .used ? edge.to : edge.from
    let isAsked = thing == graph.subject && path == askedPath
    if paths[thing] == nil || isAsked { paths[thing] = path }
  }

  /// Makes an edge.
  ///
  /// - Parameter link: says where it was read or written; nil where nothing is said.
  private func edge(
    _ from: String, _ relation: LineageGraph.Relation, _ to: String,
    at link: LineageFacts.Link? = nil
  ) -> LineageGraph.Edge {
    LineageGraph.Edge(
      from: from, to: to, relation: relation, place: link?.place, path: link?.path)
  }

  private mutating func edges(from iri: String) throws -> [LineageGraph.Edge] {
    if let (container, number) = states[iri] {
      let life = try source.life(of: container)
      return direction == .backward
        ? try origins(of: life, number) : try uses(of: life, number)
    }
    if let (_, step) = try source.step(of: iri) {
      return direction == .backward ? try origins(of: step) : try uses(of: step)
    }
    // Nobody made nothing, and everybody has it.
    guard !Self.isEmpty(iri) else { return [] }
    return direction == .backward ? try origins(ofThing: iri) : try uses(ofThing: iri)
  }

  /// The container and the number of the state that a node is; nil for what is none.
  func state(_ iri: String) -> (container: String, number: Int)? { states[iri] }

  /// Where the user had a thing: the path that was asked for, else where this lineage has it.
  func path(of iri: String) -> String? {
    iri == graph.subject ? askedPath ?? paths[iri] : paths[iri]
  }

  /// Up to when is told what else was done with a container in a state; nil for all.
  func end(of state: String) -> (Int64, String)? {
    direction == .forward || state == graph.subject ? nil : lastUse[state]
  }

  static func isEmpty(_ iri: String) -> Bool { iri == emptyIRI }

  private static let emptyIRI = IRI.named(by: SHA256Digest(of: []))
}

// MARK: Activities

extension LineageBuilder {
  private mutating func origins(of step: LineageFacts.Step) throws -> [LineageGraph.Edge] {
    let own = step.activity.iri
    var edges = step.inputs.map { edge(own, .used, $0.iri, at: $0) }
    for container in step.touched {
      edges.append(edge(own, .used, try state(of: container, before: step)))
    }
    for other in step.informedBy where try !isImplied(step, informedBy: other) {
      edges.append(edge(own, .wasInformedBy, try whole(of: other)))
    }
    return edges
  }

  private mutating func uses(of step: LineageFacts.Step) throws -> [LineageGraph.Edge] {
    let own = step.activity.iri
    var edges = step.outputs.map { edge($0.iri, .wasGeneratedBy, own, at: $0) }
    for container in step.created {
      let life = try source.life(of: container)
      // What came and went within one operation is that operation.
      let isOwn = life.isIdle && isRemoved(container, by: step)
      if !isOwn { edges.append(edge(remember(life, 0), .wasGeneratedBy, own)) }
    }
    for container in step.touched {
      let life = try source.life(of: container)
      if let number = life.states.firstIndex(where: { $0.event?.activity == own }) {
        edges.append(edge(remember(life, number), .wasGeneratedBy, own))
      }
    }
    return try edges + successors(of: own)
  }

  /// The activities that an activity came before, where no thing says that already.
  private mutating func successors(of own: String) throws -> [LineageGraph.Edge] {
    let documents = source.scan.index.documents(.use, of: own)
    let keeps = documents.count <= Self.activityLimit
    var successors: [[LineageGraph.Edge]] = []
    for number in documents {
      guard let facts = try source.facts(number, keeps: keeps) else { continue }
      for other in facts.steps where other.informedBy.contains(own) {
        if try !isImplied(other, informedBy: own) {
          successors.append([edge(other.activity.iri, .wasInformedBy, own)])
        }
      }
    }
    return newest(successors, of: own, unread: 0).flatMap { $0 }
  }

  private func isRemoved(_ container: String, by step: LineageFacts.Step) -> Bool {
    ((try? source.facts(.activity, of: step.activity.iri)) ?? []).contains {
      $0.facts.document.things[container]?.isInvalidated == true
    }
  }

  /// Whether things that both have to do with say already that one came before the other.
  private func isImplied(
    _ step: LineageFacts.Step, informedBy other: String
  ) throws -> Bool {
    guard let before = try source.step(of: other)?.step else { return false }
    return !step.concerns.isDisjoint(with: before.concerns)
  }

  /// The composite that an activity is a part of, else itself.
  private func whole(of activity: String) throws -> String {
    try source.step(of: activity)?.step.activity.iri ?? activity
  }

  /// The node of a container as an operation found it.
  private mutating func state(
    of container: String, before step: LineageFacts.Step
  ) throws -> String {
    let life = try source.life(of: container)
    let iri = remember(life, life.state(before: step.order))
    if lastUse[iri].map({ $0 < step.order }) ?? true { lastUse[iri] = step.order }
    return iri
  }

  private mutating func remember(_ life: ContainerLife, _ number: Int) -> String {
    let iri = life.states[number].iri
    states[iri] = (life.container, number)
    return iri
  }
}

// MARK: Containers

extension LineageBuilder {
  private mutating func origins(
    of life: ContainerLife, _ number: Int
  ) throws -> [LineageGraph.Edge] {
    let state = life.states[number]
    var edges: [LineageGraph.Edge] = []
    if let event = state.event { edges.append(edge(state.iri, .wasGeneratedBy, event.activity)) }
    if number > 0 {
      edges.append(edge(state.iri, .wasRevisionOf, remember(life, number - 1)))
    } else {
      edges += try origins(ofThing: state.iri).filter { $0.relation != .wasGeneratedBy }
    }
    return edges
  }

  private mutating func uses(
    of life: ContainerLife, _ number: Int
  ) throws -> [LineageGraph.Edge] {
    let state = life.states[number]
    let users = life.users(of: number).map { [edge($0.activity, .used, state.iri)] }
    var edges = newest(users, of: state.iri, unread: 0).flatMap { $0 }
    if number + 1 < life.states.count {
      edges.append(edge(remember(life, number + 1), .wasRevisionOf, state.iri))
    }
    if number == 0 {
      edges += try uses(ofThing: state.iri).filter { $0.relation != .used }
    }
    return edges
  }
}

// MARK: Things

extension LineageBuilder {
  private mutating func origins(ofThing iri: String) throws -> [LineageGraph.Edge] {
    // Each with the places where it put the thing.
    var makers: [[LineageGraph.Edge]] = []
    var edges: [LineageGraph.Edge] = []
    let count = source.scan.index.documents(.origin, of: iri).count
    let found = try source.facts(
      .origin, of: iri, limit: Self.documentLimit, keeps: count <= Self.activityLimit)
    for (_, facts) in found.reversed() {
      for step in facts.steps {
        let outputs = step.outputs.filter { $0.iri == iri }
        guard !outputs.isEmpty else { continue }
        makers.append(outputs.map { edge(iri, .wasGeneratedBy, step.activity.iri, at: $0) })
      }
      for (thing, activity) in facts.elsewhere where thing == iri {
        makers.append([edge(iri, .wasGeneratedBy, try whole(of: activity.iri), at: activity)])
      }
      for derivation in facts.derivations where derivation.thing == iri {
        edges.append(edge(iri, Self.relation(derivation.relation), try node(of: derivation.source)))
      }
      for (collection, member, isMade) in facts.members {
        if member == iri, isMade { edges.append(edge(iri, .isMemberOf, collection)) }
        if collection == iri, !isMade { edges.append(edge(iri, .hadMember, member)) }
      }
    }
    // What was made as a whole is not asked for its parts.
    if !makers.isEmpty { edges.removeAll { $0.relation == .hadMember } }
    let shown = newest(makers.reversed(), of: iri, unread: count - Self.documentLimit)
    return shown.reversed().flatMap { $0 } + Self.unique(edges)
  }

  private mutating func uses(ofThing iri: String) throws -> [LineageGraph.Edge] {
    // Each with the places where it found the thing.
    var users: [[LineageGraph.Edge]] = []
    var edges: [LineageGraph.Edge] = []
    let count = source.scan.index.documents(.use, of: iri).count
    let found = try source.facts(
      .use, of: iri, limit: Self.documentLimit, keeps: count <= Self.activityLimit)
    for (_, facts) in found {
      for step in facts.steps {
        let inputs = step.inputs.filter { $0.iri == iri }
        guard !inputs.isEmpty else { continue }
        users.append(inputs.map { edge(step.activity.iri, .used, iri, at: $0) })
      }
      for derivation in facts.derivations where derivation.source == iri {
        edges.append(edge(derivation.thing, Self.relation(derivation.relation), iri))
      }
      for (collection, member, isMade) in facts.members {
        if member == iri, !isMade { edges.append(edge(collection, .hadMember, iri)) }
        if collection == iri, isMade { edges.append(edge(member, .isMemberOf, iri)) }
      }
    }
    let shown = newest(users, of: iri, unread: count - Self.documentLimit)
    return shown.flatMap { $0 } + Self.unique(edges)
  }

  /// The edges of the newest of the activities that made or used a node; the others are counted.
  ///
  /// - Parameters:
  ///   - activities: the edges of each, the oldest first.
  ///   - unread: how many documents were not read, each of which counts as one activity.
  private mutating func newest(
    _ activities: [[LineageGraph.Edge]], of iri: String, unread: Int
  ) -> [[LineageGraph.Edge]] {
    guard !activities.isEmpty else { return [] }
    let left = max(0, activities.count - Self.activityLimit) + max(0, unread)
    if left > 0 { omitted[iri] = left }
    return Array(activities.suffix(Self.activityLimit))
  }

  /// The node of a thing that another comes from: of a container, the state that it is in last.
  private mutating func node(of thing: String) throws -> String {
    guard thing.hasPrefix(LineageKind.containerPrefix) else { return thing }
    let life = try source.life(of: thing)
    return remember(life, life.states.count - 1)
  }

  private static func unique(_ edges: [LineageGraph.Edge]) -> [LineageGraph.Edge] {
    var seen: Set<LineageGraph.Edge> = []
    return edges.filter { seen.insert($0).inserted }
  }

  private static func relation(
    _ derivation: LineageDocument.Derivation
  ) -> LineageGraph.Relation {
    switch derivation {
    case .wasDerivedFrom: .wasDerivedFrom
    case .wasRevisionOf: .wasRevisionOf
    case .hadPrimarySource: .hadPrimarySource
    case .specializationOf: .specializationOf
    }
  }
}
