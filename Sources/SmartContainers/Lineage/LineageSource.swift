import History
import Provenance

/// The documents of a history, read when something is asked about them.
///
/// It keeps what it read as long as a lineage is gathered, but for what a container went through
/// without anything coming in or out, and for what is left out because there is too much of it.
final class LineageSource {
  private let history: HistoryRepository
  private(set) var scan: LineageScan
  private var kept: [UInt32: LineageFacts] = [:]
  private var lives: [String: ContainerLife] = [:]

  init(_ history: HistoryRepository, _ scan: LineageScan) {
    self.history = history
    self.scan = scan
  }

  /// What the documents say that have such a statement about a node, in the order of their time.
  ///
  /// - Parameters:
  ///   - limit: how many of the newest are read.
  ///   - keeps: whether they are kept for the next time.
  func facts(
    _ role: LineageIndex.Role, of iri: String, limit: Int = .max, keeps: Bool = true
  ) throws -> [(document: UInt32, facts: LineageFacts)] {
    try scan.index.documents(role, of: iri).suffix(limit).compactMap { number in
      try facts(number, keeps: keeps).map { (number, $0) }
    }
  }

  func facts(_ number: UInt32, keeps: Bool = true) throws -> LineageFacts? {
    if let facts = kept[number] { return facts }
    try Task.checkCancellation()
    guard let document = try document(number) else { return nil }
    let facts = LineageFacts(document)
    if keeps { kept[number] = facts }
    return facts
  }

  /// Nil for one that cannot be read, which the scan has noted or is noted now.
  private func document(_ number: UInt32) throws -> LineageDocument? {
    guard !scan.broken.contains(number) else { return nil }
    let bytes = try history.document(scan.index.documents[Int(number)])
    do {
      return try LineageDocument(parsing: bytes)
    } catch {
      var activity = error.node
      try? RelationScanner.scan(bytes) { node in
        if node.isActivity, let iri = node.iri?.string { activity = iri }
      }
      let reason = UnreadableActivity(activity: activity, reason: error.description)
      scan.add(reason, document: number)
      return nil
    }
  }

  /// The step of an activity, and the number of the document that describes it; nil for none.
  func step(of activity: String) throws -> (document: UInt32, step: LineageFacts.Step)? {
    for (number, facts) in try facts(.activity, of: activity) {
      if let step = facts.step(of: activity) { return (number, step) }
    }
    return nil
  }

  func life(of container: String) throws -> ContainerLife {
    if let life = lives[container] { return life }
    let numbers = Set(scan.index.documents(.origin, of: container))
      .union(scan.index.documents(.use, of: container))
    var found: [(document: UInt32, step: LineageFacts.Step)] = []
    for number in numbers.sorted() {
      guard let facts = try facts(number, keeps: false) else { continue }
      for step in facts.steps
      where step.created.contains(container) || step.touched.contains(container) {
        found.append((number, step))
      }
    }
    let life = ContainerLife(of: container, found)
    lives[container] = life
    return life
  }
}
