/// Something that a command line can ask for.
package protocol Command: Sendable {
  /// Declares and reads its arguments.
  init(_ arguments: inout ArgumentReader) throws(ArgumentError)

  func run() async throws
}
