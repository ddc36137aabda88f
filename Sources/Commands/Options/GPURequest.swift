import SmartContainers

/// A request for GPUs as docker's `--gpus` takes it: `all`, `2`, `device=0`,
/// `count=1,capabilities=utility`, `"device=0,1"`.
///
/// Source: Docker CLI, opts/gpus.go; Engine API 1.41, DeviceRequest.
struct GPURequest {
  let json: JSONValue

  init(_ text: String) throws(UsageError) {
    var request: [String: JSONValue] = ["Driver": "", "Count": 0, "Options": [:]]
    var capabilities: [JSONValue] = ["gpu"]
    for field in Self.fields(of: text) {
      let halves = field.split(separator: "=", maxSplits: 1).map(String.init)
      switch (halves.first ?? "", halves.count > 1 ? halves[1] : nil) {
      case ("driver", let value?): request["Driver"] = .string(value)
      case ("device", let value?):
        request["DeviceIDs"] = .array(value.split(separator: ",").map { .string(String($0)) })
      case ("capabilities", let value?):
        capabilities += value.split(separator: ",").map { .string(String($0)) }
      case ("count", let value?): request["Count"] = .integer(try Self.count(value, text))
      case (let value, nil): request["Count"] = .integer(try Self.count(value, text))
      default: throw UsageError("--gpus \(text): there is no field \(halves[0])")
      }
    }
    request["Capabilities"] = .array([.array(capabilities)])
    json = .object(request)
  }

  private static func count(_ value: String, _ text: String) throws(UsageError) -> Int64 {
    if value == "all" { return -1 }
    guard let count = Int64(value), count >= 0 else {
      throw UsageError("--gpus \(text): expected all, a number or fields")
    }
    return count
  }

  /// Fields with commas between them; a comma within quotation marks belongs to its field.
  private static func fields(of text: String) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return fields
  }
}
