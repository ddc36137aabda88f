import Canonical
import Provenance

// Who did an operation is written down before it is done: the process that settles it may be
// another person's, or another version of the program.
extension Activity.Participants: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("person", person?.json), ("account", account.json), ("client", client.json),
      ("host", host.json),
    ])
  }

  /// The engine is asked when the operation is described.
  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      person: try json.value("person"), account: try json.required("account"),
      client: try json.required("client"), engine: nil, host: try json.required("host"))
  }
}

extension Person: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("name", .string(name)), ("email", email.map { .string($0) }),
      ("orcid", orcid.map { .string($0.description) }),
      ("organization", organization.map { .string($0) }),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      name: try json.text("name"), email: json["email"]?.string,
      orcid: json["orcid"]?.string.flatMap { try? ORCID($0) },
      organization: json["organization"]?.string)
  }
}

extension UserAccount: JournalValue {
  var json: JSONValue { ["name": .string(name), "uid": .integer(uid)] }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(name: try json.text("name"), uid: try json.number("uid"))
  }
}

extension SoftwareAgent: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("name", .string(name)), ("version", .string(version)), ("library", library?.json),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      name: try json.text("name"), version: try json.text("version"),
      library: try json.value("library"))
  }
}

extension SoftwareAgent.Library: JournalValue {
  var json: JSONValue { ["name": .string(name), "version": .string(version)] }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(name: try json.text("name"), version: try json.text("version"))
  }
}

extension Host: JournalValue {
  var json: JSONValue {
    [
      "id": .string(id), "hostname": .string(hostname),
      "operatingSystem": .string(operatingSystem), "kernelVersion": .string(kernelVersion),
      "architecture": .string(architecture), "coreCount": .integer(Int64(coreCount)),
      "memoryInBytes": .integer(memoryInBytes),
    ]
  }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      id: try json.text("id"), hostname: try json.text("hostname"),
      operatingSystem: try json.text("operatingSystem"),
      kernelVersion: try json.text("kernelVersion"), architecture: try json.text("architecture"),
      coreCount: Int(try json.number("coreCount")), memoryInBytes: try json.number("memoryInBytes"))
  }
}
