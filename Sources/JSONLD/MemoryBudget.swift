/// The memory that the processing of one document may still take.
///
/// A few bytes of a document may become an object of hundreds, or stand for an IRI of any length.
/// What is made of a document is therefore counted, about as it is in memory, and may be so many
/// times the text of the document, together with the document itself. Only that text is not known
/// here: it is measured in what was read, the first time that it matters.
final class MemoryBudget {
  private let limits: ProcessingOptions.Limits
  private var documents: [JSON] = []
  private var bytesAllowed: Int

  /// How many bytes were taken.
  private(set) var bytesTaken = 0

  /// How many bytes of long names were looked at or said again.
  private var bytesSaid = 0

  /// How often a byte may be looked at or said again for each that may be taken.
  private static let sayingFactor = 16

  init(_ limits: ProcessingOptions.Limits) {
    self.limits = limits
    bytesAllowed = limits.freeMemoryByteCount
  }

  /// Allows for the memory that a document of that size may take.
  func allow(for document: JSON) { documents.append(document) }

  /// Takes memory; throws when that is more than there may be.
  func take(_ byteCount: Int) throws(JSONLDError) {
    bytesTaken += byteCount
    if bytesTaken > bytesAllowed { try measure() }
  }

  /// Takes the memory of an IRI that was put together, unless a text says all of it.
  func take(iri: String, of text: String) throws(JSONLDError) {
    if iri.utf8.count > text.utf8.count { try take(Self.stringOverhead + iri.utf8.count) }
  }

  /// Takes the memory of a text that was made.
  func take(text: String) throws(JSONLDError) {
    if text.utf8.count > Self.inlineByteCount { try take(Self.stringOverhead + text.utf8.count) }
  }

  /// Counts a name that is looked at or said once more, where it is so long that this matters: it
  /// may be in memory once, and said by a few bytes of the document.
  func say(_ name: String) throws(JSONLDError) {
    guard name.utf8.count > Self.longNameByteCount else { return }
    bytesSaid += name.utf8.count
    if bytesSaid / Self.sayingFactor > bytesAllowed { try measure() }
  }

  /// Measures the documents, when they were not, and throws when what was taken is too much.
  private func measure() throws(JSONLDError) {
    var size = DocumentSize()
    for document in documents { size.add(document) }
    documents = []
    // An eighth is for what is not counted.
    let (all, isTooLarge) = size.textByteCount.multipliedReportingOverflow(by: limits.memoryFactor)
    bytesAllowed = isTooLarge ? .max : max(bytesAllowed, all / 8 * 7 - size.memoryByteCount)
    guard bytesTaken <= bytesAllowed, bytesSaid / Self.sayingFactor <= bytesAllowed else {
      throw JSONLDError(
        .limitExceeded,
        "More would be made of the document than \(limits.memoryFactor) times its text; split it, or "
          + "raise the limits of the processor where it is to be trusted.")
    }
  }

  /// Gives memory back that is needed no longer.
  func giveBack(_ byteCount: Int) { bytesTaken -= byteCount }

  /// How much was counted at some time.
  struct Mark {
    fileprivate let bytesTaken: Int
    fileprivate let bytesSaid: Int
  }

  var mark: Mark { Mark(bytesTaken: bytesTaken, bytesSaid: bytesSaid) }

  /// Whether what was made since then is so little that it costs little to look at.
  func isLittle(since mark: Mark) -> Bool {
    bytesTaken - mark.bytesTaken <= 1024 && bytesSaid == mark.bytesSaid
  }

  /// Gives back what was taken since then: it is needed no longer.
  func giveBack(to mark: Mark) { bytesTaken = mark.bytesTaken }
}

extension MemoryBudget {
  /// How many bytes an object of so many members has, without its values.
  static func object(_ count: Int) -> Int {
    // Of many members there is a table, which is held twice while it grows.
    count == 0 ? 0 : 40 + (count > JSONObject.searchLimit ? 160 : 40) * count
  }

  /// How many bytes an array of so many elements has, without what they refer to.
  static func array(_ count: Int) -> Int { count == 0 ? 0 : 40 + elements(count) }

  /// How many bytes so many elements have in an array.
  static func elements(_ count: Int) -> Int { 24 * count }

  /// How many bytes a string has beside its text when it is too long to be where it is referred to.
  static let stringOverhead = 48

  /// How long a text may be to be where it is referred to.
  static let inlineByteCount = 15

  /// How long a name may be to cost nothing when it is looked at again.
  static let longNameByteCount = 256
}

/// How large a document is, as a text and in memory.
private struct DocumentSize {
  private(set) var textByteCount = 0
  private(set) var memoryByteCount = 0

  /// Values that are deeper are refused before they matter.
  private static let depthLimit = 512

  /// Adds a value as it is written without space.
  mutating func add(_ value: JSON, depth: Int = 0) {
    guard depth <= Self.depthLimit else { return }
    switch value {
    case .null, .bool: textByteCount += 4
    case .number(let number): add(text: number.text, punctuation: 0)
    case .string(let text): add(text: text, punctuation: 2)
    case .array(let elements):
      textByteCount += 2 + max(0, elements.count - 1)
      memoryByteCount += MemoryBudget.array(elements.count)
      for element in elements { add(element, depth: depth + 1) }
    case .object(let object):
      textByteCount += 2 + max(0, object.count - 1)
      memoryByteCount += MemoryBudget.object(object.count)
      for (name, value) in object.members {
        add(text: name, punctuation: 3)
        add(value, depth: depth + 1)
      }
    }
  }

  private mutating func add(text: String, punctuation: Int) {
    textByteCount += text.utf8.count + punctuation
    if text.utf8.count > MemoryBudget.inlineByteCount {
      memoryByteCount += MemoryBudget.stringOverhead + text.utf8.count
    }
  }
}
