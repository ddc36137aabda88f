import Canonical

@testable import Provenance

extension Fixture {
  /// The golden documents, by name.
  static var activities: [String: Activity] {
    [
      "create": create, "start": start, "stop": stop, "commit": commit, "build": build,
      "build-buildkit": buildWithBuildKit,
      "remove": remove, "rename": rename, "tag": tag, "pull": pull, "push": push,
      "copy-out": copyOut, "export-kept": exportKept, "import-url": importURL,
      "import-file": importFile, "load": load, "save": save,
      "network-connect": connect, "volume-create": createVolume,
      "run": run, "run-files": runOfFiles, "failed": failed, "unknown": unknown,
    ]
  }

  private static func activity(
    _ number: Int, _ operation: String, plan: Plan, used: [Usage] = [],
    generated: [Generation] = [], invalidated: [Entity] = [], after: [Int] = [],
    outcome: Outcome = .succeeded, exchange: Exchange? = Fixture.exchange, exitCode: Int? = nil
  ) -> Activity {
    Activity(
      event(
        number, operation, plan: plan, used: used, generated: generated, invalidated: invalidated,
        after: after, outcome: outcome, exchange: exchange, exitCode: exitCode),
      by: participants)
  }

  private static func event(
    _ number: Int, _ operation: String, plan: Plan, used: [Usage] = [],
    generated: [Generation] = [], invalidated: [Entity] = [], after: [Int] = [],
    outcome: Outcome = .succeeded, exchange: Exchange? = Fixture.exchange, exitCode: Int? = nil
  ) -> Event {
    Event(
      id: id(number), operation: operation, startedAt: time(Int64(number) * 1000 + 123),
      endedAt: time(Int64(number) * 1000 + 160), outcome: outcome, plan: plan, used: used,
      generated: generated, invalidated: invalidated, informedBy: after.map(id),
      exchange: exchange, exitCode: exitCode)
  }

  private static var createPlan: Plan {
    Plan(
      command: ["sc", "container", "create", "--name", "web", "busybox:1.36", "sh"],
      request: request(
        "POST", "/containers/create", query: [QueryItem("name", "web")],
        body: [
          "Image": "busybox:1.36", "Cmd": ["sh"], "Env": ["MODE=test", "PASSWORD=hunter2"],
        ]))
  }

  static var create: Activity {
    activity(
      1, "container.create", plan: createPlan, used: [Usage(.image(base), role: .image)],
      generated: [
        Generation(.container(container), role: .container), state(after: 1, status: "created"),
        snapshot("created"),
      ])
  }

  static var start: Activity {
    activity(
      2, "container.start", plan: Plan(request: request("POST", "/containers/{id}/start")),
      used: [Usage(.container(container), role: .container)],
      generated: [state(after: 2, from: 1, status: "running")], after: [1])
  }

  static var stop: Activity {
    activity(
      3, "container.stop",
      plan: Plan(request: request("POST", "/containers/{id}/stop", query: [QueryItem("t", "5")])),
      used: [Usage(.container(container), role: .container)],
      generated: [state(after: 3, from: 2, status: "exited", exitCode: 137)], after: [2],
      exitCode: 137)
  }

  static var commit: Activity {
    activity(
      4, "container.commit", plan: Plan(request: request("POST", "/commit")),
      used: [
        Usage(.container(container), role: .container), Usage(.image(base), role: .baseImage),
      ],
      generated: [Generation(.image(built), role: .image)], after: [3])
  }

  static var build: Activity {
    let dockerfile = Content(
      .dockerfile, digest: digest("FROM busybox"), byteCount: 12, path: "Dockerfile")
    let context = Content(.buildContext, digest: digest("tar"), byteCount: 10_240)
    return activity(
      5, "image.build",
      plan: Plan(
        command: ["sc", "image", "build", "-t", "web:1", "."],
        request: request(
          "POST", "/build",
          query: [QueryItem("buildargs", "{\"NPM_TOKEN\":\"abc\"}"), QueryItem("t", "web:1")]),
        dockerfile: dockerfile, buildContext: context,
        build: BuildPlan(
          builder: "classic",
          stages: [BuildPlan.Stage(name: nil, base: "busybox:1.36", image: base.iri)])),
      used: [
        Usage(.content(dockerfile), role: .dockerfile),
        Usage(.content(context), role: .buildContext), Usage(.image(base), role: .baseImage),
      ],
      generated: [
        Generation(.image(built), role: .image),
        Generation(.imageReference(reference), role: .imageReference),
      ])
  }

  static var buildWithBuildKit: Activity {
    let dockerfile = Content(
      .dockerfile, digest: digest("FROM golang"), byteCount: 12, path: "docker/Dockerfile")
    let context = Content(.buildContext, digest: digest("tar"), byteCount: 10_240)
    let compiler = ImageReference(name: "golang@\(digest("golang"))")
    return activity(
      18, "image.build",
      plan: Plan(
        command: ["sc", "image", "build", "--target", "final", "-t", "web:1", "."],
        request: request(
          "POST", "/build",
          query: [
            QueryItem("t", "web:1"), QueryItem("target", "final"), QueryItem("version", "2"),
          ]),
        dockerfile: dockerfile, buildContext: context,
        build: BuildPlan(
          builder: "buildKit", target: "final",
          stages: [
            BuildPlan.Stage(
              name: "compiler", base: "golang:1", platform: "$BUILDPLATFORM", image: compiler.iri),
            BuildPlan.Stage(name: nil, base: "scratch"),
            BuildPlan.Stage(
              name: "final", base: "busybox:1.36", platform: "linux/amd64", image: base.iri),
          ])),
      used: [
        Usage(.content(dockerfile), role: .dockerfile),
        Usage(.content(context), role: .buildContext),
        Usage(.imageReference(compiler), role: .baseImage), Usage(.image(base), role: .baseImage),
      ],
      generated: [
        Generation(.image(built), role: .image),
        Generation(.imageReference(reference), role: .imageReference),
      ])
  }

  static var reference: ImageReference {
    ImageReference(name: "web:1", engine: engineID, image: built.identity)
  }

  static var remove: Activity {
    activity(
      6, "container.remove",
      plan: Plan(request: request("DELETE", "/containers/{id}", query: [QueryItem("v", "1")])),
      used: [Usage(.container(container), role: .container)],
      invalidated: [
        .container(container), .volume(Volume(name: "data", engine: engineID, driver: "local")),
      ], after: [3])
  }

  static var createVolume: Activity {
    let volume = Volume(name: "data", engine: engineID, driver: "local")
    return activity(
      13, "volume.create",
      plan: Plan(request: request("POST", "/volumes/create", body: ["Name": "data"])),
      generated: [
        Generation(.volume(volume), role: .volume),
        Generation(
          .snapshot(
            SnapshotFile(
              path: Snapshot.path(volume: volume), digest: digest("data"), subject: volume.iri)),
          role: .snapshot),
      ])
  }

  static var connect: Activity {
    let network = Network(id: networkID, name: "lab", engine: engineID, driver: "bridge")
    return activity(
      14, "network.connect",
      plan: Plan(
        request: request(
          "POST", "/networks/{id}/connect", body: ["Container": "web", "EndpointConfig": [:]])),
      used: [
        Usage(.network(network), role: .network),
        Usage(.container(container), role: .container),
      ],
      generated: [state(after: 14, from: 2, status: "running"), snapshot("connected")],
      after: [2])
  }

  private static let networkID = String(repeating: "69ff", count: 16)

  static var rename: Activity {
    activity(
      7, "container.rename",
      plan: Plan(
        request: request("POST", "/containers/{id}/rename", query: [QueryItem("name", "shop")])),
      used: [Usage(.container(container), role: .container)],
      generated: [state(after: 7, from: 2, status: "running", name: "shop"), snapshot("renamed")],
      after: [2])
  }

  static var tag: Activity {
    activity(
      8, "image.tag", plan: Plan(request: request("POST", "/images/{name}/tag")),
      used: [Usage(.image(built), role: .image)],
      generated: [Generation(.imageReference(reference), role: .imageReference)])
  }

  static var pull: Activity {
    activity(
      9, "image.pull", plan: Plan(request: request("POST", "/images/create")),
      used: [
        Usage(.imageReference(ImageReference(name: "busybox:1.36")), role: .registryReference)
      ],
      generated: [Generation(.image(base), role: .image)])
  }

  static var push: Activity {
    let digest = digest("manifest")
    let references = ["registry.example.org/web:1", "registry.example.org/web@\(digest)"].map {
      Generation(
        .imageReference(ImageReference(name: $0, image: built.identity)), role: .registryReference)
    }
    return activity(
      13, "image.push",
      plan: Plan(
        request: request("POST", "/images/{name}/push", query: [QueryItem("tag", "1")])),
      used: [Usage(.image(built), role: .image)], generated: references)
  }

  static var copyOut: Activity {
    let archive = Content(.archive, digest: digest("results"), byteCount: 2048, path: "results.tar")
    return activity(
      10, "container.copyOut", plan: Plan(request: request("GET", "/containers/{id}/archive")),
      used: [
        Usage(
          .container(container), role: .container,
          at: .container(ContainerPath(container: containerID, path: "/out put/ergebnisse-ä")))
      ],
      generated: [Generation(.content(archive), role: .archive)])
  }

  static var run: Activity {
    let output = Content(.standardOutput, digest: digest("hello\n"), byteCount: 6)
    let create = event(
      21, "container.create", plan: createPlan, used: [Usage(.image(base), role: .image)],
      generated: [Generation(.container(container), role: .container)])
    let start = event(
      22, "container.start", plan: Plan(request: request("POST", "/containers/{id}/start")),
      used: [Usage(.container(container), role: .container)],
      generated: [state(after: 22, from: 21, status: "running")])
    let wait = event(
      23, "container.wait", plan: Plan(request: request("POST", "/containers/{id}/wait")),
      used: [Usage(.container(container), role: .container)],
      generated: [Generation(.content(output), role: .standardOutput)], exitCode: 3)
    var whole = event(
      20, "run", plan: Plan(command: ["sc", "run", "busybox:1.36", "echo", "hello"]),
      used: [Usage(.image(base), role: .image)], exchange: nil, exitCode: 3)
    whole.endedAt = wait.endedAt
    return Activity(whole, by: participants, parts: [create, start, wait])
  }

  /// A run that left two copies of what it had read at two places; it has no golden document.
  static var runOfCopies: Activity {
    var activity = Self.run
    activity.event.id = id(25)
    let host = participants.host.id
    for name in ["in", "same", "copy", "other"] {
      let path = "/home/ada/" + name
      let content = Content(.file, digest: digest("a,b"), byteCount: 3, path: path)
      let location = Location.file(host: host, path: path)
      if ["in", "same"].contains(name) {
        activity.event.used.append(Usage(.content(content), role: .input, at: location))
      } else {
        activity.event.generated.append(
          Generation(.content(content), role: .output, at: location))
      }
    }
    return activity
  }

  /// A run that read a folder and left a file that may be executed, done again.
  static var runOfFiles: Activity {
    var table = Content(.file, digest: digest("a,b"), byteCount: 3, path: "/home/ada/in/a.csv")
    table.mediaType = "text/csv"
    var folder = Content(
      .folder, digest: digest("list"), byteCount: 3, path: "/home/ada/in", memberCount: 1)
    folder.members = [table.digest]
    var made = Content(
      .file, digest: digest("#!/bin/sh"), byteCount: 9, path: "/home/ada/made",
      pointerPath: "content/00/made.bin")
    made.isExecutable = true
    let place = { (path: String) in ContainerPath(container: container.id, path: path) }
    var activity = Self.run
    activity.event.id = id(24)
    activity.event.plan.inputs = ["in"]
    activity.event.plan.outputs = ["made", "*.log"]
    activity.event.repeats = id(20)
    for content in [folder, table] {
      activity.event.used.append(
        Usage(
          .content(content), role: .input,
          at: .file(host: participants.host.id, path: content.path ?? ""),
          in: place(content.path ?? "")))
    }
    activity.event.generated.append(
      Generation(
        .content(made), role: .output,
        at: .file(host: participants.host.id, path: "/home/ada/made"),
        in: place("/made")))
    return activity
  }

  static var failed: Activity {
    var activity = activity(
      11, "container.start", plan: Plan(request: request("POST", "/containers/{id}/start")),
      used: [Usage(.container(container), role: .container)],
      outcome: .failed(message: "driver failed: \"port is\tallocated\"", status: 500),
      exchange: Exchange(statusCode: 500, response: .init(byteCount: 61, digest: digest("no"))))
    activity.participants.person = Person(name: "Ann Onym", email: " Ann@Example.ORG ")
    return activity
  }

  static var unknown: Activity {
    var activity = activity(
      12, "container.create", plan: createPlan,
      outcome: .unknown(reason: "the connection was lost and the engine knows no such container"),
      exchange: nil)
    activity.participants.person = nil
    activity.participants.engine = nil
    return activity
  }
}
