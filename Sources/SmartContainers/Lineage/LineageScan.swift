import Canonical
import History
import Provenance

/// What one pass over all documents of a history found.
struct LineageScan: Sendable {
  var index = LineageIndex()

  /// What the word may mean: by name, of each kind the newest; by the beginning of an id, all.
  private(set) var matches: [LineageMatch] = []
  private(set) var unreadable: [UnreadableActivity] = []

  /// The numbers of the documents that are none.
  private(set) var broken: Set<UInt32> = []

  fileprivate mutating func take(_ piece: LineagePiece.Findings) {
    index.add(piece.entries)
    unreadable += piece.unreadable
    broken.formUnion(piece.broken)
    for match in piece.matches {
      matches.removeAll {
        $0.kind == match.kind
          && (match.isByName ? $0.isByName : $0.iri == match.iri && !$0.isByName)
      }
      matches.append(match)
    }
  }

  /// Notes that a document is no record after all.
  mutating func add(_ unreadable: UnreadableActivity, document: UInt32) {
    if broken.insert(document).inserted { self.unreadable.append(unreadable) }
  }
}

extension HistoryRepository {
  /// Reads all documents once, on as many threads as there are processors, and keeps none.
  ///
  /// - Parameter progress: takes the number of documents so far.
  func lineageScan(
    matching names: LineageNames?, _ progress: (Int) -> Void
  ) throws -> LineageScan {
    var scan = LineageScan()
    let work = OrderedWork<LineagePiece.Findings>()
    var piece = LineagePiece(names: names)
    func submit() throws {
      let full = piece
      piece = LineagePiece(names: names)
      if let found = try work.add({ full.findings() }) { scan.take(found) }
      progress(scan.index.documents.count)
      try Task.checkCancellation()
    }
    try visitActivities { id, stored in
      let number = scan.index.add(stored)
      let bytes: Result<[UInt8], HistoryError>
      do throws(HistoryError) { bytes = .success(try document(stored)) } catch {
        guard [.corrupt, .invalid].contains(error.code) else { throw error }
        bytes = .failure(error)
      }
      piece.documents.append((number, id, bytes))
      piece.byteCount += (try? bytes.get().count) ?? 0
      if piece.isFull { try submit() }
    }
    try submit()
    while let found = try work.next() { scan.take(found) }
    scan.index.seal()
    return scan
  }
}

/// Documents that are looked through at once.
private struct LineagePiece: Sendable {
  struct Findings: Sendable {
    var entries: [LineageIndex.Entry] = []
    var matches: [LineageMatch] = []
    var unreadable: [UnreadableActivity] = []
    var broken: [UInt32] = []
  }

  let names: LineageNames?
  var documents: [(number: UInt32, id: ActivityID, bytes: Result<[UInt8], HistoryError>)] = []
  var byteCount = 0

  /// Large enough that handing it over costs nothing, and small enough to be held a few times.
  var isFull: Bool { documents.count >= 64 || byteCount > 1 << 20 }

  func findings() -> Findings {
    var found = Findings()
    for (number, id, bytes) in documents {
      let (entryCount, matchCount) = (found.entries.count, found.matches.count)
      do {
        try RelationScanner.scan(try bytes.get()) { node in
          found.entries += LineageIndex.Entry.entries(of: node, in: number)
          if let match = names?.match(node) { found.matches.append(match) }
        }
      } catch {
        found.entries.removeSubrange(entryCount...)
        found.matches.removeSubrange(matchCount...)
        found.entries.append(
          LineageIndex.Entry(
            key: ScannedText.key(of: id.iri.utf8), document: number, role: .activity))
        found.broken.append(number)
        found.unreadable.append(
          UnreadableActivity(
            activity: id.iri, reason: (error as? HistoryError)?.message ?? "\(error)"))
      }
    }
    return found
  }
}
