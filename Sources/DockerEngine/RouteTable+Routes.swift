extension RouteTable {
  public static let ping = Route("system.ping", "GET", "/_ping")
  public static let version = Route("system.version", "GET", "/version")
  public static let info = Route("system.info", "GET", "/info")
  public static let events = Route("system.events", "GET", "/events", .reads, .streamsDown)

  public static let containerList = Route("container.list", "GET", "/containers/json")
  public static let containerCreate = Route(
    "container.create", "POST", "/containers/create", .changes)
  public static let containerInspect = Route("container.inspect", "GET", "/containers/{id}/json")
  public static let containerStart = Route(
    "container.start", "POST", "/containers/{id}/start", .changes)
  public static let containerStop = Route(
    "container.stop", "POST", "/containers/{id}/stop", .changes)
  public static let containerRestart = Route(
    "container.restart", "POST", "/containers/{id}/restart", .changes)
  public static let containerKill = Route(
    "container.kill", "POST", "/containers/{id}/kill", .changes)
  public static let containerRename = Route(
    "container.rename", "POST", "/containers/{id}/rename", .changes)
  public static let containerRemove = Route(
    "container.remove", "DELETE", "/containers/{id}", .changes)
  public static let containerWait = Route(
    "container.wait", "POST", "/containers/{id}/wait", .reads, .streamsDown)
  public static let containerLogs = Route(
    "container.logs", "GET", "/containers/{id}/logs", .reads, .streamsDown)
  public static let containerAttach = Route(
    "container.attach", "POST", "/containers/{id}/attach", .reads, .hijacks)
  public static let containerResize = Route(
    "container.resize", "POST", "/containers/{id}/resize", .reads)
  public static let containerCommit = Route("container.commit", "POST", "/commit", .changes)

  public static let execCreate = Route(
    "exec.create", "POST", "/containers/{id}/exec", .changes)
  public static let execStart = Route(
    "exec.start", "POST", "/exec/{exec}/start", .changes, .streamsDown)
  public static let execInspect = Route("exec.inspect", "GET", "/exec/{exec}/json")
  public static let execResize = Route("exec.resize", "POST", "/exec/{exec}/resize")

  public static let containerExport = Route(
    "container.export", "GET", "/containers/{id}/export", .copiesOut, .streamsDown)
  public static let containerPathStat = Route(
    "container.stat", "HEAD", "/containers/{id}/archive")
  public static let containerCopyOut = Route(
    "container.copyOut", "GET", "/containers/{id}/archive", .copiesOut, .streamsDown)
  public static let containerCopyIn = Route(
    "container.copyIn", "PUT", "/containers/{id}/archive", .changes, .streamsBoth)

  public static let imageList = Route("image.list", "GET", "/images/json")
  public static let imageInspect = Route("image.inspect", "GET", "/images/{name}/json")
  public static let imageBuild = Route(
    "image.build", "POST", "/build", .changes, .streamsBoth)
  public static let imageTag = Route("image.tag", "POST", "/images/{name}/tag", .changes)
  public static let imageRemove = Route("image.remove", "DELETE", "/images/{name}", .changes)

  public static let imageSave = Route(
    "image.save", "GET", "/images/get", .copiesOut, .streamsDown)
  public static let imageSaveOne = Route(
    "image.save", "GET", "/images/{name}/get", .copiesOut, .streamsDown)
  public static let imageLoad = Route(
    "image.load", "POST", "/images/load", .changes, .streamsBoth)
  public static let imageImport = Route(
    "image.import", "POST", "/images/create", .changes, .streamsBoth, with: "fromSrc")

  /// Whether an operation takes state out of the engine and leaves it as it is.
  package static func copiesOut(_ operation: String) -> Bool {
    routes.contains { $0.operation == operation && $0.effect == .copiesOut }
  }
  public static let imagePull = Route(
    "image.pull", "POST", "/images/create", .changes, .streamsBoth, with: "fromImage")
  public static let imagePush = Route(
    "image.push", "POST", "/images/{name}/push", .changes, .streamsBoth)

  public static let imageSearch = Route("image.search", "GET", "/images/search")
  /// The engine keeps nothing of it, and nothing of it is recorded.
  public static let login = Route("system.login", "POST", "/auth")

  public static let volumeList = Route("volume.list", "GET", "/volumes")
  public static let volumeCreate = Route("volume.create", "POST", "/volumes/create", .changes)
  public static let volumeInspect = Route("volume.inspect", "GET", "/volumes/{id}")
  public static let volumeRemove = Route("volume.remove", "DELETE", "/volumes/{id}", .changes)
  public static let volumePrune = Route("volume.prune", "POST", "/volumes/prune", .changes)

  public static let networkList = Route("network.list", "GET", "/networks")
  public static let networkCreate = Route("network.create", "POST", "/networks/create", .changes)
  public static let networkInspect = Route("network.inspect", "GET", "/networks/{id}")
  public static let networkConnect = Route(
    "network.connect", "POST", "/networks/{id}/connect", .changes)
  public static let networkDisconnect = Route(
    "network.disconnect", "POST", "/networks/{id}/disconnect", .changes)
  public static let networkRemove = Route("network.remove", "DELETE", "/networks/{id}", .changes)
  public static let networkPrune = Route("network.prune", "POST", "/networks/prune", .changes)

  public static let containerTop = Route("container.top", "GET", "/containers/{id}/top")
  public static let containerChanges = Route(
    "container.changes", "GET", "/containers/{id}/changes")
  public static let containerStats = Route(
    "container.stats", "GET", "/containers/{id}/stats", .reads, .streamsDown)
  public static let containerPrune = Route(
    "container.prune", "POST", "/containers/prune", .changes)
  public static let imageHistory = Route("image.history", "GET", "/images/{name}/history")
  public static let imagePrune = Route("image.prune", "POST", "/images/prune", .changes)

  /// Every endpoint that is known; of two with the same path, the one that asks for more first.
  static let routes: [Route] = [
    ping, version, info, events,
    containerList, containerCreate, containerInspect, containerStart, containerStop,
    containerRestart, containerKill, containerRename, containerRemove, containerWait,
    containerLogs, containerAttach, containerResize, containerCommit,
    execCreate, execStart, execInspect, execResize,
    containerExport, containerPathStat, containerCopyOut, containerCopyIn,
    imageList, imageInspect, imageBuild, imageTag, imageRemove,
    imageSave, imageSaveOne, imageLoad, imageImport,
    imagePull, imagePush, imageSearch, login,
    volumeList, volumeCreate, volumeInspect, volumeRemove, volumePrune,
    networkList, networkCreate, networkInspect, networkConnect, networkDisconnect, networkRemove,
    networkPrune, containerTop, containerChanges, containerStats, containerPrune, imageHistory,
    imagePrune,
  ]
}
