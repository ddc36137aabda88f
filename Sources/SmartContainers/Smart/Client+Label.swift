import DockerEngine
import JSONLD
import Provenance

extension Client {
  /// Puts a document of JSON-LD on an image: a new image with the same layers and the label
  /// `smartcontainer`. Of a container an image is made: an engine cannot change its labels.
  ///
  /// What makes a smart image smart stays in the label, beside the document; a document that was
  /// put there before is replaced.
  ///
  /// - Parameters:
  ///   - document: JSON-LD in UTF-8, up to ``SmartLabel/byteLimit``.
  ///   - name: the new image's name; that of the old one moves on. Nil for none.
  /// - Returns: the new image's id, `sha256:…`.
  /// - Throws: `SmartContainersError` of code `usage`, which names the place in the document, before
  ///   anything is done; `EngineError`.
  public func putLabel(
    _ document: [UInt8], on object: EngineObject, as name: ImageName? = nil
  ) async throws -> String {
    let document = try await labelDocument(document)
    // A label that cannot be read is replaced.
    let label = try? SmartLabel(of: object)
    guard let text = SmartLabel.text(document: document, replacingThatOf: label) else {
      throw SmartContainersError(
        .usage, "the document states only that an image is smart",
        hint: "sc infect makes an image smart; put beside that what you want to say.")
    }
    return try await revise(object, by: .label) { _, _ in
      Revision(label: { text }, options: CommitOptions(name: name))
    }
  }

  /// Reads and checks what is to become a label.
  private func labelDocument(_ bytes: [UInt8]) async throws -> JSON {
    guard bytes.count <= SmartLabel.byteLimit else {
      throw SmartContainersError(
        .usage,
        "the document has \(bytes.count) bytes, and a label at most \(SmartLabel.byteLimit)",
        hint: "Put what is large into a file of the image, and its name and digest into the label.")
    }
    let document = HandedInDocument(name: "document", bytes: bytes)
    try await document.check(loadingWith: recorder.environment.contexts)
    do throws(JSONLDError) {
      return try document.parse()
    } catch {
      throw SmartContainersError(.usage, in: document.name, error)
    }
  }
}

extension CommitOptions {
  /// A commit under that name, with the tag `latest` where it has none; under none where it is nil.
  public init(name: ImageName?) {
    self.init()
    repository = name?.repository
    tag = name.map { $0.tag ?? "latest" }
  }
}
