extension ContainerSpecification {
  /// Sets environment variables by their names, in the order of the names.
  public mutating func setEnvironment(_ variables: [String: String]) {
    environment = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }

  /// Sets labels without values.
  public mutating func setLabels(_ names: [String]) {
    labels = Dictionary(names.map { ($0, "") }, uniquingKeysWith: { $1 })
  }
}
