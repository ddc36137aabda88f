import Canonical
import Provenance

extension Location: JournalValue {
  var json: JSONValue {
    switch self {
    case .container(let place):
      ["kind": "container", "container": .string(place.container), "path": .string(place.path)]
    case .file(let host, let path):
      ["kind": "file", "host": .string(host), "path": .string(path)]
    case .standardInput: ["kind": "standardInput"]
    case .memory: ["kind": "memory"]
    case .web(let place):
      JournalObject.make([
        ("kind", "web"), ("url", .string(place.url)),
        ("finalURL", place.finalURL.map { .string($0) }),
      ])
    }
  }

  init(json: JSONValue) throws(JournalValueError) {
    switch try json.text("kind") {
    case "container":
      self = .container(
        ContainerPath(container: try json.text("container"), path: try json.text("path")))
    case "file": self = .file(host: try json.text("host"), path: try json.text("path"))
    case "standardInput": self = .standardInput
    case "memory": self = .memory
    case "web":
      self = .web(WebLocation(url: try json.text("url"), finalURL: json["finalURL"]?.string))
    default: throw JournalValueError(member: "kind")
    }
  }
}

extension Location {
  /// The place without secrets.
  func redacted(by redactor: inout Redactor) -> Location {
    switch self {
    case .container, .standardInput, .memory: return self
    case .file(let host, let path): return .file(host: host, path: redactor.redact(text: path))
    case .web(var place):
      place.url = redactor.redact(text: place.url)
      place.finalURL = place.finalURL.map { redactor.redact(text: $0) }
      return .web(place)
    }
  }
}
