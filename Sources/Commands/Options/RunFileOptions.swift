import Arguments
import Glibc
import SmartContainers

/// The files that go into a run and come out of it.
struct RunFileOptions {
  let files: RunFiles

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    var files = RunFiles()
    arguments.section("Files")
    let inputs: [PathArgument] = try arguments.options(
      "input", value: "path",
      help:
        "A file, folder or pattern that the run reads; also -i PATH. May be given more than once.")
    let outputs: [PathArgument] = try arguments.options(
      "output", "o", value: "path",
      help: "A file, folder or pattern that the run leaves. May be given more than once.")
    (files.inputs, files.outputs) = (inputs.map(\.text), outputs.map(\.text))
    files.keepsInputs = arguments.flag(
      "keep-inputs", help: "Keep the bytes of the inputs in the history, too.")
    files.keepsOutputs = arguments.flag(
      "keep-outputs", help: "Keep the bytes of the outputs in the history, too.")
    files.copiesInputs = arguments.flag(
      "copy-inputs", help: "Copy the inputs into the container instead of mounting them.")
    self.files = files
  }

  /// `-i` is docker's `--interactive`, and `--input` before what can only be a path: no name of an
  /// image begins with a slash or a dot or has a wildcard in it, and what is there is meant.
  static let letterI = Declarations.Alternative("input") { word in
    ["/", "./", "../"].contains { word.hasPrefix($0) }
      || word.contains { "*?[".contains($0) } || access(word, F_OK) == 0
  }

  /// Whether a word that was taken for an image may have been meant as a file: `data.csv`.
  static func looksLikeFile(_ word: String) -> Bool {
    let name = word.split(separator: "/").last ?? ""
    return !name.contains(":") && name.dropFirst().contains(".")
  }
}
