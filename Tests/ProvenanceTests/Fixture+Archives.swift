import Canonical

@testable import Provenance

/// Archives that left an engine or came to one.
extension Fixture {
  private static func archive(
    _ text: String, members: Int64, isKept: Bool = false
  ) -> Content {
    let name = digest(text).hexadecimal
    return Content(
      .archive, digest: digest(text), byteCount: 10_240, memberCount: members,
      pointerPath: isKept ? "content/\(name.prefix(2))/\(name).tar" : nil)
  }

  private static func archive(
    _ number: Int, _ operation: String, plan: Plan, used: [Usage], generated: [Generation]
  ) -> Activity {
    Activity(
      Event(
        id: id(number), operation: operation, startedAt: time(Int64(number) * 1000 + 123),
        endedAt: time(Int64(number) * 1000 + 160), outcome: .succeeded, plan: plan, used: used,
        generated: generated, exchange: exchange),
      by: participants)
  }

  static var exportKept: Activity {
    archive(
      30, "container.export", plan: Plan(request: request("GET", "/containers/{id}/export")),
      used: [Usage(.container(container), role: .container)],
      generated: [
        Generation(.content(archive("file system", members: 400, isKept: true)), role: .archive)
      ])
  }

  static var save: Activity {
    archive(
      31, "image.save",
      plan: Plan(request: request("GET", "/images/get", query: [QueryItem("names", "web:1")])),
      used: [Usage(.image(built), role: .image)],
      generated: [Generation(.content(archive("saved", members: 12)), role: .archive)])
  }

  static var load: Activity {
    archive(
      32, "image.load", plan: Plan(request: request("POST", "/images/load")),
      used: [Usage(.content(archive("saved", members: 12)), role: .archive, at: .standardInput)],
      generated: imported)
  }

  static var importFile: Activity {
    archive(
      33, "image.import", plan: importPlan,
      used: [
        Usage(
          .content(archive("file system", members: 400)), role: .archive,
          at: .file(host: participants.host.id, path: "/home/josiah/root fs.tar"))
      ],
      generated: imported)
  }

  static var importURL: Activity {
    let place = WebLocation(
      url: "https://redacted:unkeyed@example.org/fs.tar?version=2",
      finalURL:
        "https://files.example.org/2/fs.tar")
    return archive(
      34, "image.import", plan: importPlan,
      used: [
        Usage(
          .content(archive("file system", members: 400)), role: .archive, at: .web(place))
      ],
      generated: imported)
  }

  private static var importPlan: Plan {
    Plan(
      request: request(
        "POST", "/images/create",
        query: [QueryItem("fromSrc", "-"), QueryItem("repo", "web"), QueryItem("tag", "1")]))
  }

  private static var imported: [Generation] {
    [
      Generation(.image(built), role: .image),
      Generation(.imageReference(reference), role: .imageReference),
    ]
  }
}
