import Arguments

/// The path of a file or folder. An empty one is none: it would mean the working folder.
struct PathArgument: ArgumentValue {
  let text: String

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    text = argument
  }
}
