import Arguments
import SmartContainers
import TestSupport
import Testing

@testable import Commands

/// `sc show --as run`, read again by `sc container create`, which takes docker's flags.
struct CreateLineTests {
  private static let seccomp = "{\"defaultAction\":\"SCMP_ACT_ALLOW\"}"

  /// The request of a line of `create`.
  private func request(_ words: [String], profile: String? = nil) throws -> JSONValue {
    let parsed = try SmartContainersCommand.tree.request(["container", "create"] + words)
    guard case .command(let command as ContainerCreateCommand) = parsed else {
      throw UsageError("no command")
    }
    return try command.options.specification(
      image: command.image, command: command.command, environment: ["HOME": "/h"]
    ) { name in
      switch name {
      case "variables": return "FROMFILE=1\nWITH=a=b c\n"
      case "labels": return "lf=1\nlg\n"
      case "profile": return Self.seccomp
      case "/dev/stdin": return profile ?? ""
      default: throw UsageError("\(name) cannot be read")
      }
    }.json
  }

  /// The value as a snapshot has it.
  private static func withoutNull(_ json: JSONValue) -> JSONValue {
    guard let members = json.object else { return json }
    return .object(members.filter { !$0.value.isNull }.mapValues(withoutNull))
  }

  /// A container as an engine would show it that fills nothing in.
  private func recipe(of request: JSONValue) -> ContainerRecipe {
    var config = Self.withoutNull(request).object ?? [:]
    var host = config["HostConfig"]?.object ?? [:]
    let endpoints = config["NetworkingConfig"]?["EndpointsConfig"]
    config["HostConfig"] = nil
    config["NetworkingConfig"] = nil
    host["MaskedPaths"] = [
      "/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
      "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/firmware",
    ]
    host["ReadonlyPaths"] = [
      "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger",
    ]
    let mode = host["NetworkMode"]?.string ?? "bridge"
    return ContainerRecipe(
      snapshot: [
        "Name": "web", "Config": .object(config), "HostConfig": .object(host),
        "Networks": endpoints ?? (["host", "none"].contains(mode) ? [:] : [mode: [:]]),
      ], image: [:])
  }

  @Test(arguments: ReproductionTests.groups + ReproductionTests.others)
  func everyFlagIsReadAsItWasWritten(group: String) throws {
    let flags = group.split(separator: " ").map(String.init)
    let asked = try request(flags + ["img", "echo", "-n", "--x"])
    let recipe = recipe(of: asked)
    let written = recipe.written(as: .run)
    guard case .text(let line) = written.content else { throw UsageError("no text") }
    #expect(written.notes.isEmpty, "\(written.notes)")
    let words = try ShellWords.split(line.replacing("\\\n", with: " "))
    let start = try #require(words.firstIndex(of: "docker"))
    let profile = words[..<start].dropFirst(2).first
    #expect(words[start + 1] == "create")
    let again = try request(Array(words[(start + 2)...]), profile: profile)
    #expect(self.recipe(of: again).written(as: .api) == recipe.written(as: .api), "\(line)")
  }
}
