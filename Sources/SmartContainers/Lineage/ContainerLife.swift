/// The life of a container as far as it matters what is in it: where it began, what was brought in,
/// and who took something out.
struct ContainerLife: Sendable {
  /// An operation that brought something in or out, or made the container.
  struct Event: Sendable {
    let activity: String
    let document: UInt32
    let order: (Int64, String)
    let bringsIn: Bool
    let takesOut: Bool

    /// The IRI of the state after it.
    let state: String
  }

  /// A state that is told apart: after the creation, and after each time that something came in.
  struct State: Sendable {
    let iri: String

    /// What led to it; nil for a container whose beginning is not recorded.
    let event: Event?
  }

  let container: String

  /// In their order; the first is the container itself.
  private(set) var states: [State]

  /// What took something out of each state, in its order.
  private var takers: [Int: [Event]] = [:]

  /// What did neither, and when, in each state.
  private var others: [Int: [(order: (Int64, String), operation: String)]] = [:]

  init(of container: String, _ found: [(document: UInt32, step: LineageFacts.Step)]) {
    self.container = container
    states = [State(iri: container, event: nil)]
    for (document, step) in found.sorted(by: { $0.step.order < $1.step.order }) {
      let isCreation = step.created.contains(container)
      let event = Event(
        activity: step.activity.iri, document: document, order: step.order,
        bringsIn: !step.inputs.isEmpty, takesOut: !step.outputs.isEmpty,
        state: isCreation
          ? container : step.states[container] ?? container + "#" + step.activity.iri)
      if isCreation {
        // Whoever says so first; two engines do not make the same container.
        if states[0].event == nil { states[0] = State(iri: container, event: event) }
      } else if event.bringsIn {
        states.append(State(iri: event.state, event: event))
      }
      // What it found is the state before the one that it led to.
      let state = states.count - (event.bringsIn && !isCreation ? 2 : 1)
      if event.takesOut, !isCreation { takers[state, default: []].append(event) }
      if !isCreation, !event.bringsIn, !event.takesOut {
        others[state, default: []].append((event.order, step.activity.operation))
      }
    }
  }

  /// The number of the state that an operation found.
  func state(before order: (Int64, String)) -> Int {
    var (low, high) = (0, states.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if let event = states[middle].event, event.order < order {
        low = middle
      } else {
        high = middle - 1
      }
    }
    return low
  }

  /// Whether nothing was brought in or taken out after the creation.
  var isIdle: Bool { states.count == 1 && takers.isEmpty }

  /// What took something out of a state, or brought something in to the next.
  func users(of state: Int) -> [Event] {
    let end = state + 1 < states.count ? states[state + 1].event : nil
    return (takers[state] ?? []).filter { $0.activity != end?.activity } + (end.map { [$0] } ?? [])
  }

  /// What else was done while the container was in a state, in the order of the operations' names.
  ///
  /// - Parameter end: what comes later is not counted; nil for all.
  func steps(in state: Int, until end: (Int64, String)?) -> [LineageNode.Steps] {
    var counts: [String: Int] = [:]
    for (order, operation) in others[state] ?? [] {
      if let end, order >= end { continue }
      counts[operation, default: 0] += 1
    }
    return counts.sorted { $0.key < $1.key }.map {
      LineageNode.Steps(operation: $0.key, count: $0.value)
    }
  }
}
