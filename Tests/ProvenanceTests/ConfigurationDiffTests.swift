import Canonical
import Testing

@testable import Provenance

@Suite struct ConfigurationDiffTests {
  private func snapshot(
    _ environment: [JSONValue] = [], host: JSONValue = [:], config: [String: JSONValue] = [:],
    key: [UInt8] = Fixture.key
  ) -> JSONValue {
    var config = config
    config["Env"] = .array(environment)
    var redactor = Redactor(key: key)
    return Snapshot.container(
      inspection: ["Id": "1", "Config": .object(config), "HostConfig": host], redactor: &redactor)
  }

  @Test func orderThatMeansNothingMakesNoDifference() {
    let one = snapshot(
      ["A=1", "B=2"], host: ["CapAdd": ["X", "Y"], "Binds": ["/a:/b", "/c:/d"]])
    let other = snapshot(
      ["B=2", "A=1"], host: ["CapAdd": ["Y", "X"], "Binds": ["/c:/d", "/a:/b"]])
    #expect(ConfigurationDiff.compare(one, other).isEmpty)
  }

  @Test func namesEachField() {
    let old = snapshot(
      ["A=1", "B=2"],
      host: ["Memory": 1, "PortBindings": ["80/tcp": [["HostPort": "80"]]], "NetworkMode": "a"],
      config: ["Labels": ["x": "1"], "Cmd": ["a", "b"]])
    let new = snapshot(
      ["A=2", "C=3"], host: ["Memory": 134_217_728, "RestartPolicy": ["Name": "always"]],
      config: ["Labels": ["x": "2"], "Cmd": ["b", "a"], "WorkingDir": "/w"])
    let changes = ConfigurationDiff.compare(old, new)
    #expect(
      changes.map { "\($0.kind) \($0.field)" } == [
        "changed command", "changed environment.A", "removed environment.B", "added environment.C",
        "removed host.networkMode", "added host.restartPolicy.name", "changed labels.x",
        "changed limits.memory", "removed ports.80/tcp", "added workingDirectory",
      ])
    let memory = changes.first { $0.field == "limits.memory" }
    #expect(memory?.old == 1 && memory?.new == 134_217_728)
  }

  @Test func comparesMountsByDestination() {
    var redactor = Redactor(key: Fixture.key)
    let old = Snapshot.container(
      inspection: ["Mounts": [["Destination": "/a", "Source": "/x", "Type": "bind"]]],
      redactor: &redactor)
    let new = Snapshot.container(
      inspection: ["Mounts": [["Destination": "/a", "Source": "/y", "Type": "bind"]]],
      redactor: &redactor)
    #expect(ConfigurationDiff.compare(old, new).map(\.field) == ["mounts./a"])
  }

  @Test func decidesOnRedactedValuesOnlyUnderOneKey() {
    func kinds(_ one: JSONValue, _ other: JSONValue) -> [FieldChange.Kind] {
      ConfigurationDiff.compare(one, other).map(\.kind)
    }
    let here = snapshot(["PASSWORD=a", "URL=http://u:a@h"])
    let changed = snapshot(["PASSWORD=b", "URL=http://u:b@h"])
    let elsewhere = snapshot(["PASSWORD=a", "URL=http://u:a@h"], key: Array("another".utf8))
    #expect(kinds(here, snapshot(["PASSWORD=a", "URL=http://u:a@h"])).isEmpty)
    #expect(kinds(here, changed) == [.changed, .changed])
    #expect(kinds(here, elsewhere) == [.notComparable, .notComparable])
    let plain: JSONValue = ["Config": ["Env": ["PASSWORD=a"]]]
    #expect(kinds(snapshot(["PASSWORD=a"]), plain) == [.notComparable])
    let moved = snapshot(["URL=http://u:a@other"], key: Array("another".utf8))
    #expect(kinds(snapshot(["URL=http://u:a@h"]), moved) == [.changed])
  }

  @Test func layersDifferFromTheFirstThatIsNotShared() {
    func image(_ layers: [JSONValue]) -> JSONValue {
      Snapshot.image(inspection: ["RootFS": ["Type": "layers", "Layers": .array(layers)]])
    }
    let changes = ConfigurationDiff.compare(image(["a", "b", "c"]), image(["a", "x", "b", "c"]))
    #expect(
      changes.map { "\($0.kind) \($0.field)" } == [
        "removed layers.1", "removed layers.2", "added layers.1", "added layers.2",
        "added layers.3",
      ])
  }

  @Test func comparesAContainerWithAnImageInWhatBothHave() {
    let image = Snapshot.image(
      inspection: [
        "Architecture": "amd64", "Config": ["Env": ["A=1"], "Cmd": ["sh"]],
        "RootFS": ["Layers": ["a"]],
      ])
    let container = snapshot(
      ["A=2"], host: ["Memory": 5], config: ["Cmd": ["sh"], "Hostname": "x"])
    #expect(ConfigurationDiff.compare(image, container).map(\.field) == ["environment.A"])
    #expect(ConfigurationDiff.compare(container, image).map(\.field) == ["environment.A"])
  }
}
