import Canonical

/// A request for devices as docker's `--gpus` has it.
///
/// Source: Engine API 1.41, DeviceRequest; docker CLI, opts/gpus.go.
enum GPUText {
  /// The fields; nil for what they cannot say: devices without the capability `gpu`.
  static func fields(_ request: inout RecipeFields) -> String? {
    guard let capabilities = request["Capabilities"]?.array, capabilities.count == 1,
      var kinds = capabilities[0].strings, let gpu = kinds.firstIndex(of: "gpu")
    else { return nil }
    kinds.remove(at: gpu)
    _ = request.take("Capabilities", \.array)
    let devices = request.texts("DeviceIDs")
    let count = request.number("Count")
    let driver = request.text("Driver").flatMap { $0.isEmpty ? nil : $0 }
    let options = request.pairs("Options")
    guard driver != nil || !devices.isEmpty || !kinds.isEmpty || !options.isEmpty else {
      return count == -1 ? "all" : "\(count ?? 0)"
    }
    var list = FieldList()
    driver.map { list.add("driver", $0) }
    if devices.isEmpty || count != nil { list.add("count", count == -1 ? "all" : "\(count ?? 0)") }
    if !devices.isEmpty { list.add("device", devices.joined(separator: ",")) }
    if !kinds.isEmpty { list.add("capabilities", kinds.joined(separator: ",")) }
    if !options.isEmpty {
      var inner = FieldList()
      for (name, value) in options { inner.add(name, value) }
      list.add("options", inner.text)
    }
    return list.text
  }
}
