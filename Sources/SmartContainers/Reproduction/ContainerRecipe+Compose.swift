extension ContainerRecipe {
  /// The container as a compose file with one service.
  ///
  /// Networks and volumes keep their names, and compose neither makes nor removes them. What the
  /// client that created the container attached to is not said: a compose file has no word for it,
  /// and it changes nothing of what runs.
  func composeFile() -> WrittenRecipe {
    var service = ComposeService(self)
    service.addAll()
    let key = String(
      name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" })
    var file: [(String, YAMLValue)] = [
      ("services", .map([(key.isEmpty ? "container" : key, .map(service.members))]))
    ]
    for (kind, names) in [("networks", service.networks), ("volumes", neededVolumes)]
    where !names.isEmpty {
      file.append(
        (
          kind,
          .map(
            names.map { name in
              (
                name,
                .map([("name", .text(ComposeService.escaped(name))), ("external", .bare("true"))])
              )
            })
        ))
    }
    let remark = imageRemark.map { ShellText.comment($0) } ?? ""
    return WrittenRecipe(
      .text(remark + YAMLValue.map(file).block()),
      notes: notes("compose", unsaid: service.unsaid) { "set the variable \($0)" })
  }
}
