import Canonical
import Contexts
import JSONLD

extension HostConfigurationDocument {
  /// The settings that a document makes.
  ///
  /// One that is byte for byte as it is written here says what its members say: every command
  /// reads it as it starts. Any other was handed in by somebody, and is expanded.
  ///
  /// - Parameters:
  ///   - name: what it is called in messages, a path.
  ///   - hint: what is to be done about one that is wrong.
  /// - Throws: `SmartContainersError` of code `usage`, which names the place.
  static func settings(
    in bytes: [UInt8], named name: String, hint: String
  ) throws(SmartContainersError) -> [ConfigurationKey: String] {
    if let settings = settings(inOwnForm: bytes) { return settings }
    do throws(JSONLDError) {
      return try expandedSettings(HandedInDocument(name: name, bytes: bytes).parse())
    } catch {
      throw SmartContainersError(
        .usage, SmartContainersError(.usage, in: name, error).message, hint: hint, cause: error)
    }
  }

  private static func settings(inOwnForm bytes: [UInt8]) -> [ConfigurationKey: String]? {
    let prefix = "urn:uuid:"
    guard let json = try? JSONValue(parsing: bytes), let id = json["@id"]?.string,
      id.hasPrefix(prefix)
    else { return nil }
    let settings = terms.compactMapValues { json[$0]?.string }
    let hostID = String(id.dropFirst(prefix.count))
    return document(of: settings, hostID: hostID) == bytes ? settings : nil
  }

  private static func expandedSettings(
    _ document: JSON
  ) throws(JSONLDError) -> [ConfigurationKey: String] {
    let nodes: JSON
    do throws(JSONLDError) {
      nodes = try Processor(documents: try KnownContext.documents()).expand(document)
    } catch  where error.code == .loadingRemoteContextFailed {
      // What may be loaded is itself a setting.
      throw JSONLDError(
        error.code, "Of other documents, settings may name only the contexts that sc knows.",
        at: error.place)
    }
    var settings: [ConfigurationKey: String] = [:]
    for node in nodes.array ?? [] {
      for (key, term) in terms {
        guard let value = node[namespace + term]?.array?.first else { continue }
        settings[key] = (value["@value"] ?? value["@id"])?.string
      }
    }
    return settings
  }
}
