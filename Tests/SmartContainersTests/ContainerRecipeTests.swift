import Canonical
import SmartContainers
import TestSupport
import Testing

/// What gives a container again, from snapshots that no engine here makes.
struct ContainerRecipeTests {
  private static let guarded: [String: JSONValue] = [
    "MaskedPaths": [
      "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys",
      "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi", "/proc/timer_list",
      "/proc/timer_stats", "/sys/firmware",
    ],
    "ReadonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
  ]
  private static let commitment =
    "redacted:hmac-sha256:03e22e92:" + String(repeating: "ab", count: 32)

  private func recipe(
    config: [String: JSONValue] = [:], host: [String: JSONValue] = [:],
    networks: JSONValue = ["bridge": [:]], image: JSONValue? = ["Config": [:]]
  ) -> ContainerRecipe {
    let outputs: [String: JSONValue] = ["AttachStdout": true, "AttachStderr": true]
    return ContainerRecipe(
      snapshot: [
        "Id": .string(String(repeating: "1f", count: 32)), "Name": "web",
        "Image": .string("sha256:" + String(repeating: "5d", count: 32)),
        "Config": .object(
          ["Image": "box:1"].merging(outputs) { $1 }.merging(config) { $1 }),
        "HostConfig": .object(Self.guarded.merging(host) { $1 }), "Networks": networks,
      ], image: image)
  }

  private func text(_ recipe: ContainerRecipe, _ form: RecipeForm) -> String {
    guard case .text(let text) = recipe.written(as: form).content else { return "" }
    return text
  }

  @Test func whatAFormCannotSayIsTold() throws {
    let recipe = recipe(
      config: [
        "NetworkDisabled": true, "Shell": ["sh"], "Labels": ["a=b": "c", "x y": "z"],
        "Healthcheck": ["Test": ["CMD", "true"], "Retries": 2], "New": ["Deep": 1],
      ],
      host: [
        "Mounts": [
          [
            "Type": "bind", "Source": "/a", "Target": "/b",
            "BindOptions": ["CreateMountpoint": true],
          ]
        ], "Newer": "x", "Memory": "much", "MaskedPaths": ["/proc/kcore"],
      ])
    let said = recipe.written(as: .run).notes
    let members = [
      "Config.Labels a=b", "Config.Labels x y", "Config.Healthcheck.Test", "Config.NetworkDisabled",
      "Config.New", "Config.Shell", "HostConfig.MaskedPaths", "HostConfig.Memory",
      "HostConfig.Mounts[0].BindOptions.CreateMountpoint", "HostConfig.Newer",
    ]
    for member in members {
      #expect(said.contains("not sayable as docker run: \(member); use --as api"), "\(member)")
    }
    #expect(said.count == members.count, "\(said)")
    #expect(text(recipe, .run).contains("--health-retries 2"))
    let compose = recipe.written(as: .compose).notes
    #expect(compose.contains("not sayable as compose: Config.New; use --as api"))
    #expect(compose.contains("not sayable as compose: HostConfig.Memory; use --as api"))
    #expect(
      recipe.written(as: .api).notes == ["box:1 was sha256:" + String(repeating: "5d", count: 32)])
    let body = try recipe.creation()
    #expect(body["New"] == ["Deep": 1] && body["HostConfig"]?["Newer"] == "x")
  }

  @Test func withoutTheImageAllIsSaid() throws {
    let config: [String: JSONValue] = [
      "Env": ["A=1"], "Cmd": ["sh"], "WorkingDir": "/w", "Labels": ["a": "b"],
    ]
    let known = recipe(config: config, image: ["Config": .object(config)])
    #expect(
      Set(try known.creation().object?.keys ?? [:].keys) == [
        "Image", "AttachStdout", "AttachStderr",
      ])
    let unknown = recipe(config: config, image: nil)
    #expect(try unknown.creation()["Env"] == ["A=1"])
    #expect(try unknown.creation()["Entrypoint"] == [])
    #expect(text(unknown, .run).hasSuffix("--entrypoint '' \\\n  box:1 sh\n"))
    #expect(unknown.written(as: .run).notes.contains { $0.contains("does not have the image's") })
  }

  @Test func blanksAreNamedAndFilled() throws {
    let other = Self.commitment.replacing("ab", with: "cd")
    let third = Self.commitment.replacing("ab", with: "ef")
    let recipe = recipe(
      config: [
        "Env": [.string("PATH=\(Self.commitment)"), .string("URL=http://\(other)@h/")],
        "Cmd": ["run", "--api-key", .string(third), .string(Self.commitment)],
      ])
    #expect(recipe.blanks.map(\.name) == ["CONTAINER_PATH", "URL_SECRET", "API_KEY"])
    #expect(recipe.blanks[2].place == "Config.Cmd")
    #expect(throws: SmartContainersError.self) { try recipe.creation() }
    let values = ["CONTAINER_PATH": "p", "URL_SECRET": "u:${API_KEY}", "API_KEY": "k"]
    let body = try recipe.creation(supplying: values)
    #expect(body["Env"] == ["PATH=p", "URL=http://u:${API_KEY}@h/"])
    #expect(body["Cmd"] == ["run", "--api-key", "k", "p"])
    for form in RecipeForm.allCases {
      #expect(!"\(recipe.written(as: form).content)".contains("redacted:hmac"))
    }
  }

  @Test func aMemberOfAnotherTypeHarmsNothing() {
    let snapshots: [JSONValue] = [
      [:], nil, "x", ["Config": 1, "HostConfig": [], "Networks": "n", "Name": 5, "Image": []],
      [
        "Config": ["Env": [1, "A"], "Cmd": "sh", "Labels": [1], "Entrypoint": [[]]],
        "HostConfig": [
          "PortBindings": ["80/tcp": "x", "": [1]], "Binds": [1], "Mounts": [1, [:]],
          "Links": [":"],
          "DeviceRequests": [[:]], "Ulimits": ["x"], "LogConfig": [],
          "Memory": 9_223_372_036_854_775_807,
          "MemorySwap": -2, "NetworkMode": "",
        ], "Networks": ["": 1, "b": ["IPAMConfig": 3]],
      ],
    ]
    for snapshot in snapshots {
      let recipe = ContainerRecipe(snapshot: snapshot, image: snapshot)
      for form in RecipeForm.allCases { _ = recipe.written(as: form) }
    }
  }

  @Test func namesThatLookLikeOptionsAreNone() {
    let recipe = recipe(
      config: ["Image": "--privileged"], networks: ["bridge": [:], "--help": [:]])
    #expect(text(recipe, .run).contains("  -- --privileged &&\n"))
    #expect(text(recipe, .run).hasSuffix("docker network connect -- --help web\n"))
    #expect(text(recipe, .script).contains("docker image inspect --format '{{.Id}}' -- \"$image\""))
  }

  @Test func aCommentEndsWithItsLine() {
    let script = text(recipe(config: ["Image": "a\nrm -rf /"]), .run)
    #expect(script.hasPrefix("# a\\u{a}rm -rf / was sha256:5d5d"))
  }

  @Test func aLeftNetworkIsLeftAgain() {
    let left = recipe(host: ["NetworkMode": "own"], networks: [:])
    #expect(left.abandonedNetwork == "own")
    #expect(text(left, .run).hasSuffix(" &&\ndocker network disconnect own web\n"))
    #expect(recipe(host: ["NetworkMode": "host"], networks: [:]).abandonedNetwork == nil)
  }

  /// A shell and Python read back what was written, whatever it is.
  @Test func everyTextIsReadAsItWas() async throws {
    var texts = [
      "", "\n", "a\n\n", "'", "\\", "$(id)", "`id`", "${A:?x}", "$$", "-n", "~", "!x", "=a",
    ]
    texts += [
      "yes", "No", "1e3", ".inf", "12:30", "a: b", "a #b", "- a", "?", "{", "é\u{1F600}\u{200D}",
    ]
    texts += (1..<0x100).map { "a" + String(UnicodeScalar(UInt8($0))) + "b" }
    texts += (1..<0x100).map { String(UnicodeScalar(UInt8($0))) }
    texts += ["\u{2028}", "\u{FEFF}", "\u{E000}", "\u{202E}x", "\u{FFFF}", "\u{10FFFF}"]
    let words = ["printf", "%s\\0"] + texts
    let recipe = recipe(
      config: ["Cmd": .array(words.map { .string($0) }), "Entrypoint": ["env"]])
    let expected = Array(texts.map { $0 + "\0" }.joined().utf8)
    let line = text(recipe, .run)
    #expect(
      !line.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    let command = try #require(line.firstRange(of: "  box:1 ")).upperBound
    for shell in ["sh", "bash"] {
      let output = try await Command.run([shell, "-c", String(line[command...])])
      #expect(output.outputBytes == expected, "\(shell): \(output.error)")
    }
    guard let python = Project.python else { return }
    let program = """
      import sys, yaml
      words = yaml.safe_load(sys.stdin.read())["services"]["web"]["command"]
      sys.stdout.buffer.write(b"".join(w.replace("$$", "$").encode() + b"\\0" for w in words[2:]))
      """
    let read = try await Command.run(
      [python.string, "-c", program], input: text(recipe, .compose).utf8)
    #expect(read.outputBytes == expected, "\(read.error)")
  }
}
