/// What a word of the command line can mean.
package protocol ArgumentValue: Sendable {
  /// Reads a word; nil when it is no such value.
  init?(argument: String)

  /// All words that there are; nil when there is no end of them.
  static var choices: [String]? { get }
}

extension ArgumentValue {
  package static var choices: [String]? { nil }
}

extension ArgumentValue where Self: LosslessStringConvertible {
  package init?(argument: String) { self.init(argument) }
}

extension ArgumentValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  package init?(argument: String) { self.init(rawValue: argument) }

  package static var choices: [String]? { allCases.map(\.rawValue) }
}

extension String: ArgumentValue {}
extension Int: ArgumentValue {}
extension Int64: ArgumentValue {}
extension Double: ArgumentValue {}
