import Foundation

/// A command, or a system call around it, that could not do what a test needs.
package struct CommandError: Error, CustomStringConvertible {
  /// The system call or the command's first word.
  package let call: String

  /// What went wrong.
  package let message: String

  package var description: String { "\(call): \(message)" }

  package init(call: String, message: String) {
    self.call = call
    self.message = message
  }

  static func system(_ call: String, _ code: Int32) -> CommandError {
    CommandError(call: call, message: String(cString: strerror(code)))
  }
}
