import Canonical
import History
import Provenance

extension HistoryReader {
  /// Writes the activities of the wanted commits as one dataset, newest first, each a named graph.
  ///
  /// The history may be of any length: no more than a piece of the text and one document are held.
  /// Of a document that is no JSON-LD only its name is written.
  ///
  /// - Parameter write: takes the text piece by piece, and the number of activities so far.
  /// - Throws: `SmartContainersError` of code `historyUnusable` for a document that is not there, and
  ///   what `write` throws.
  public func export(
    _ filter: LogFilter, as format: LinkedDataFormat,
    _ write: @Sendable ([UInt8], _ count: Int) throws -> Void
  ) async throws -> ExportReport {
    try await read { history in
      let writer = try LinkedDataWriter(format)
      let work = OrderedWork<DocumentBatch.Text>()
      var (bytes, report, batch) = (writer.head, ExportReport(), DocumentBatch(first: 0))
      func take(_ piece: DocumentBatch.Text) throws {
        report.unreadable += piece.unreadable
        bytes += piece.bytes
        guard bytes.count >= Self.pieceSize else { return }
        try write(bytes, report.count)
        bytes.removeAll(keepingCapacity: true)
      }
      try history.log(filter) { record in
        guard let id = record.activity.flatMap({ ActivityID($0) }) else { return true }
        batch.documents.append((id, try history.document(of: id, in: record)))
        report.count += 1
        if batch.documents.count == DocumentBatch.size {
          let full = batch
          batch = DocumentBatch(first: report.count)
          if let piece = try work.add({ try full.text(writer) }) { try take(piece) }
        }
        try Task.checkCancellation()
        return true
      }
      let last = batch
      if let piece = try work.add({ try last.text(writer) }) { try take(piece) }
      while let piece = try work.next() {
        try take(piece)
        try Task.checkCancellation()
      }
      try write(bytes + writer.tail(after: report.count), report.count)
      return report
    }
  }

  private static let pieceSize = 256 << 10
}

/// Documents that are put into one piece of text.
private struct DocumentBatch: Sendable {
  static let size = 16

  /// What is written of them.
  struct Text: Sendable {
    var bytes: [UInt8] = []
    var unreadable: [UnreadableActivity] = []
  }

  /// The number of the first document.
  let first: Int
  var documents: [(id: ActivityID, bytes: [UInt8])] = []

  func text(_ writer: LinkedDataWriter) throws -> Text {
    var text = Text()
    for (offset, document) in documents.enumerated() {
      let (start, number) = (text.bytes.count, first + offset)
      do {
        try writer.write(document.bytes, about: document.id, number: number, to: &text.bytes)
      } catch {
        text.bytes.removeSubrange(start...)
        try writer.writeName(
          of: document.bytes, about: document.id, number: number, to: &text.bytes)
        text.unreadable.append(
          UnreadableActivity(activity: document.id.iri, reason: "\(error)"))
      }
    }
    return text
  }
}

extension HistoryRepository {
  fileprivate func document(of id: ActivityID, in record: LogRecord) throws -> [UInt8] {
    guard let commit = CommitID(record.commit),
      let document = try activityDocument(id, in: commit)
    else {
      throw HistoryError(
        code: .corrupt,
        message: "commit \(record.commit) names activity \(id) and does not have it")
    }
    return document
  }
}

extension ActivityDetails {
  /// The activity as linked data: what ends with a newline where the format is one of lines.
  ///
  /// - Throws: `SmartContainersError` of code `corrupt` for a document that is no JSON-LD.
  public func linkedData(_ format: LinkedDataFormat) throws -> [UInt8] {
    do {
      guard let id = ActivityID(id) else { return document }
      return try LinkedDataWriter.text(of: document, about: id, format)
    } catch {
      throw SmartContainersError(
        describing: HistoryError(
          code: .corrupt, message: "activity \(id): \(error)", underlying: error))
    }
  }

  /// The SHA-256 of what the document states in canonical N-Quads (RDFC-1.0): the same for every
  /// document that states the same, however it is written.
  public func canonicalHash() throws -> SHA256Digest {
    SHA256Digest(of: try linkedData(.nQuads))
  }
}
