import Canonical
import Provenance

/// What a document says of where things come from, without what only keeps PROV's books.
///
/// The parts of a composite are the composite. A name of an image on an engine is the image, and a
/// state of a container the container. Snapshots and networks are left out: they are configuration,
/// and nothing is made of them.
struct LineageFacts: Sendable {
  typealias Link = LineageDocument.Link

  /// An activity that is no part of another.
  struct Step: Sendable {
    let activity: LineageDocument.Activity
    fileprivate(set) var inputs: [Link] = []
    fileprivate(set) var outputs: [Link] = []

    /// The containers that it made.
    fileprivate(set) var created: [String] = []

    /// The containers that were there before and that it did something to or with.
    fileprivate(set) var touched: [String] = []

    /// The IRIs of the last states in which it left containers, by container.
    fileprivate(set) var states: [String: String] = [:]

    /// Activities before it, in other documents.
    fileprivate(set) var informedBy: [String] = []

    /// Where it comes in a life: activities without a time are the first.
    var order: (Int64, String) {
      (activity.startedAt?.millisecondsSince1970 ?? .min, activity.iri)
    }

    /// Everything that it has to do with.
    var concerns: Set<String> {
      Set(inputs.map(\.iri) + outputs.map(\.iri) + created + touched)
    }
  }

  let document: LineageDocument
  private(set) var steps: [Step] = []

  /// The number of the step of each activity, parts included.
  private var stepOfActivity: [String: Int] = [:]

  /// Things that say what they come from, where no step says it.
  private(set) var derivations:
    [(thing: String, relation: LineageDocument.Derivation, source: String)] = []

  /// Things that say who made them, where the document does not describe who.
  private(set) var elsewhere: [(thing: String, activity: Link)] = []

  /// What collections consist of, and whether the document says who made the collection.
  private(set) var members: [(collection: String, member: String, isMade: Bool)] = []

  init(_ document: LineageDocument) {
    self.document = document
    gatherSteps()
    for thing in document.things.values.sorted(by: { $0.iri < $1.iri }) { gatherOrigin(of: thing) }
    for activity in document.activities.values.sorted(by: { $0.iri < $1.iri }) {
      gatherUses(of: activity)
    }
    for thing in document.things.values.sorted(by: { $0.iri < $1.iri }) {
      gatherDerivations(of: thing)
    }
  }

  /// The step of an activity or a part of one; nil where the document does not describe it.
  func step(of activity: String) -> Step? { stepOfActivity[activity].map { steps[$0] } }

  /// The thing that another one stands for here; nil for what is left out.
  private func canonical(_ iri: String) -> String? {
    guard let thing = document.things[iri] else { return iri }
    switch thing.kind {
    case .snapshot, .network: return nil
    case .containerState, .imageReference:
      return thing.derivations.first { $0.relation == .specializationOf }?.source ?? iri
    default: return iri
    }
  }

  private func isContainer(_ iri: String) -> Bool {
    document.things[iri]?.kind == .container || iri.hasPrefix(LineageKind.containerPrefix)
  }

  private mutating func gatherSteps() {
    let activities = document.activities
    var whole: [String: String] = [:]
    for activity in activities.values {
      for part in activity.parts where part != activity.iri { whole[part] = activity.iri }
    }
    for iri in activities.keys.sorted() {
      // A part of itself by way of others is a whole, like what is no part.
      var (root, seen) = (iri, Set<String>())
      while let above = whole[root], activities[above] != nil {
        guard seen.insert(root).inserted else { break }
        root = above
      }
      if seen.contains(root) { root = seen.min() ?? root }
      guard let activity = activities[root] else { continue }
      if stepOfActivity[root] == nil {
        stepOfActivity[root] = steps.count
        steps.append(Step(activity: activity))
      }
      stepOfActivity[iri] = stepOfActivity[root]
    }
  }

  private mutating func gatherOrigin(of thing: LineageDocument.Thing) {
    for generation in thing.generatedBy {
      guard let step = stepOfActivity[generation.iri] else {
        if let canonical = canonical(thing.iri), canonical == thing.iri {
          elsewhere.append((canonical, generation))
        }
        continue
      }
      switch thing.kind {
      case .container: Self.add(thing.iri, to: &steps[step].created)
      case .containerState:
        guard let container = canonical(thing.iri), container != thing.iri else { continue }
        let last = steps[step].states[container]
        steps[step].states[container] = max(last ?? "", thing.iri)
        Self.add(container, to: &steps[step].touched)
      case .snapshot, .network, .imageReference: continue
      default:
        let output = Link(iri: thing.iri, place: generation.place, path: generation.path)
        Self.add(output, to: &steps[step].outputs)
      }
    }
  }

  private mutating func gatherUses(of activity: LineageDocument.Activity) {
    guard let step = stepOfActivity[activity.iri] else { return }
    for use in activity.used {
      guard let iri = canonical(use.iri) else { continue }
      if isContainer(iri) {
        Self.add(iri, to: &steps[step].touched)
      } else if !isInternal(use.iri, usedBy: activity.iri, in: step) {
        Self.add(Link(iri: iri, place: use.place, path: use.path), to: &steps[step].inputs)
      }
    }
    for other in activity.informedBy where stepOfActivity[other] != step {
      Self.add(other, to: &steps[step].informedBy)
    }
    let created = steps[step].created
    steps[step].touched.removeAll { created.contains($0) }
  }

  /// Whether one part of a composite made what another part used.
  private func isInternal(_ iri: String, usedBy activity: String, in step: Int) -> Bool {
    let makers = document.things[iri]?.generatedBy.map(\.iri) ?? []
    return !makers.contains(activity) && makers.contains { stepOfActivity[$0] == step }
  }

  private mutating func gatherDerivations(of thing: LineageDocument.Thing) {
    guard let iri = canonical(thing.iri) else { return }
    for member in thing.members {
      members.append((iri, member, !thing.generatedBy.isEmpty))
    }
    // What a state or a name says of itself is known of the container or the image.
    guard iri == thing.iri else { return }
    let makers = steps.filter { step in
      step.created.contains(iri) || step.outputs.contains { $0.iri == iri }
    }
    for (relation, source) in thing.derivations {
      guard let source = canonical(source), source != iri else { continue }
      if makers.contains(where: { $0.concerns.contains(source) }) { continue }
      derivations.append((iri, relation, source))
    }
  }

  private static func add(_ iri: String, to list: inout [String]) {
    if !list.contains(iri) { list.append(iri) }
  }

  /// Adds what was read or written, once for each of its places.
  private static func add(_ link: Link, to list: inout [Link]) {
    let same = list.firstIndex {
      $0.iri == link.iri && ($0.place == nil || link.place == nil || $0.place == link.place)
    }
    guard let same else { return list.append(link) }
    if list[same].place == nil { list[same] = link }
  }
}
