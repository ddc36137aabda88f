import Canonical
import Provenance

/// One operation of a composite, over.
struct CompositePart: Sendable {
  var intent: Intent
  var result: OperationResult
}

/// What the journal keeps of a composite while it goes on.
///
/// Parts may overlap: a signal is forwarded while the container is started.
enum CompositeStep: Sendable {
  case began(Intent)
  case finished(ActivityID, OperationResult)
  case discarded(ActivityID)

  /// The composite is over, and a part may have happened.
  case ended(OperationResult)
}

extension CompositeStep: JournalValue {
  var json: JSONValue {
    switch self {
    case .began(let intent): ["began": intent.json]
    case .finished(let id, let result):
      ["finished": .string(id.description), "result": result.json]
    case .discarded(let id): ["discarded": .string(id.description)]
    case .ended(let result): ["ended": result.json]
    }
  }

  init(json: JSONValue) throws(JournalValueError) {
    if let intent: Intent = try json.value("began") {
      self = .began(intent)
    } else if let result: OperationResult = try json.value("result") {
      self = .finished(try json.activity("finished"), result)
    } else if let result: OperationResult = try json.value("ended") {
      self = .ended(result)
    } else {
      self = .discarded(try json.activity("discarded"))
    }
  }
}

/// How far a composite came, by its steps.
struct CompositeProgress {
  var parts: [CompositePart] = []

  /// The parts of which the end is not known, in the order of their beginnings.
  var open: [Intent] = []

  /// How the whole ended; nil when its process did not live to see that.
  var end: OperationResult?

  init(_ steps: [JSONValue]) throws(JournalValueError) {
    for step in steps { add(try CompositeStep(json: step)) }
  }

  private mutating func add(_ step: CompositeStep) {
    switch step {
    case .began(let intent): open.append(intent)
    case .finished(let id, let result):
      if let intent = close(id) { parts.append(CompositePart(intent: intent, result: result)) }
    case .discarded(let id): _ = close(id)
    case .ended(let result): end = result
    }
  }

  private mutating func close(_ id: ActivityID) -> Intent? {
    open.firstIndex { $0.id == id }.map { open.remove(at: $0) }
  }
}
