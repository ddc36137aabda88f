import Canonical
import History
import Provenance

extension HistoryReader {
  /// Returns what gives a container again as it was after an activity, or as it was last: also one
  /// that was removed, or that came and went within one run.
  ///
  /// - Parameter text: a container's name, or an id or the beginning of one; an activity's id; or a
  ///   revision.
  /// - Throws: `SmartContainersError` where that is about no container.
  public func recipe(for text: String) async throws -> ContainerRecipe {
    try await read { history in
      let (id, start) = try history.container(meantBy: text)
      let title = "container \(id.prefix(12))"
      let found = try history.newest(from: start) { record in
        record.container == id ? (Snapshot.path(container: id), title) : nil
      }
      guard let (item, commit) = found else {
        throw SmartContainersError(
          .failed, "the history has no configuration of the \(title)",
          hint: "sc log --container \(id.prefix(12)) shows what it has.")
      }
      let snapshot = item.configuration
      var recipe = ContainerRecipe(
        snapshot: snapshot, image: try history.imageSnapshot(of: snapshot, asOf: commit))
      recipe.add(try history.surroundings(of: recipe, asOf: commit))
      return recipe
    }
  }
}

extension HistoryRepository {
  /// The container that a word is about, and the commit after which it is meant; nil for the tip.
  fileprivate func container(meantBy text: String) throws -> (id: String, after: CommitID?) {
    let commit: CommitID
    switch try subject(named: text) {
    case .commit(let id), .activity(_, let id): commit = id
    case .configured(let item):
      guard let id = item.configuration["Id"]?.string, item.configuration["HostConfig"] != nil
      else {
        throw SmartContainersError(.failed, "\(item.title) is no container")
      }
      return (id, nil)
    }
    guard let id = LogRecord(try entry(commit)).container else {
      throw SmartContainersError(
        .failed, "\(text) is about no container", hint: "sc show \(text) tells what it is about.")
    }
    return (id, commit)
  }

  /// The snapshot of a container's image; nil where the history has none.
  fileprivate func imageSnapshot(
    of container: JSONValue, asOf commit: CommitID
  ) throws(HistoryError) -> JSONValue? {
    guard let image = container["Image"]?.string, let digest = SHA256Digest(image) else {
      return nil
    }
    let path = Snapshot.path(image: digest)
    if let item = try configured(at: path, titled: image, in: commit) { return item.configuration }
    return try newest(from: commit) { $0.image == image ? (path, image) : nil }?
      .item.configuration
  }

  /// The networks and volumes that a container needs, as they were last before a commit.
  fileprivate func surroundings(
    of recipe: ContainerRecipe, asOf commit: CommitID
  ) throws(HistoryError) -> ContainerSurroundings {
    var surroundings = ContainerSurroundings()
    for name in recipe.neededNetworks {
      surroundings.networks[name] = try newest(from: commit) { record in
        guard record.networkName == name, let id = record.network else { return nil }
        return (Snapshot.path(network: id), name)
      }?.item.configuration
    }
    for name in recipe.neededVolumes {
      surroundings.volumes[name] = try newest(from: commit) { record in
        guard let volume = record.volume, volume.name == name else { return nil }
        return (Snapshot.path(volume: volume), name)
      }?.item.configuration
    }
    return surroundings
  }
}
