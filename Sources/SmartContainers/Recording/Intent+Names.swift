// The names that a request gives to an image.
extension Intent {
  /// The name that a tag, a commit or an import gives; nil for none.
  ///
  /// The repository may bring its tag along.
  var givenName: String? {
    guard let repository = query("repo"), !repository.isEmpty else { return nil }
    if repository.split(separator: "/").last?.contains(":") == true { return repository }
    return "\(repository):\(query("tag").flatMap { $0.isEmpty ? nil : $0 } ?? "latest")"
  }

  /// The names that a build or a tag gives, each with its tag.
  var madeNames: [String] {
    if operation == "image.tag" { return givenName.map { [$0] } ?? [] }
    return queries("t").map { name in
      name.split(separator: "/").last?.contains(":") == true ? name : name + ":latest"
    }
  }
}
