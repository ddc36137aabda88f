import Canonical
import History
import Provenance

extension HistoryReader {
  /// Writes the activities of the wanted commits as one dataset, newest first, each a named graph.
  ///
  /// The history may be of any length: no more than a piece of the text and one document are held.
  ///
  /// - Parameter write: takes the text piece by piece, and the number of activities so far.
  /// - Returns: the number of activities.
  /// - Throws: `SmartContainersError` of code `corrupt` for a document that is no JSON-LD, and what
  ///   `write` throws.
  public func export(
    _ filter: LogFilter, as format: LinkedDataFormat,
    _ write: @Sendable ([UInt8], _ count: Int) throws -> Void
  ) async throws -> Int {
    try await read { history in
      var (bytes, count): ([UInt8], Int) = ([], 0)
      var writer = try LinkedDataWriter(format, to: &bytes)
      try history.log(filter) { record in
        guard let id = record.activity.flatMap({ ActivityID($0) }) else { return true }
        try history.explaining(id) {
          let document = try history.document(of: id, in: record)
          try writer.write(document, about: id, to: &bytes)
        }
        count += 1
        if bytes.count >= Self.pieceSize {
          try write(bytes, count)
          bytes.removeAll(keepingCapacity: true)
        }
        try Task.checkCancellation()
        return true
      }
      writer.finish(to: &bytes)
      try write(bytes, count)
      return count
    }
  }

  private static let pieceSize = 256 << 10
}

extension HistoryRepository {
  fileprivate func document(of id: ActivityID, in record: LogRecord) throws -> [UInt8] {
    guard let commit = try revision(record.commit),
      let document = try activityDocument(id, in: commit)
    else {
      throw HistoryError(
        code: .corrupt,
        message: "commit \(record.commit) names activity \(id) and does not have it")
    }
    return document
  }

  /// Names the activity whose document is no linked data.
  fileprivate func explaining(_ id: ActivityID, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as HistoryError {
      throw error
    } catch {
      throw HistoryError(code: .corrupt, message: "activity \(id): \(error)")
    }
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
        describing: HistoryError(code: .corrupt, message: "activity \(id): \(error)"))
    }
  }

  /// The SHA-256 of what the document states in canonical N-Quads (RDFC-1.0): the same for every
  /// document that states the same, however it is written.
  public func canonicalHash() throws -> SHA256Digest {
    SHA256Digest(of: try linkedData(.nQuads))
  }
}
