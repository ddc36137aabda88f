import Canonical
import Provenance

/// The README of an archive, which tells how to reproduce it without this program.
enum ArchiveReadme {
  /// The text for a selection.
  static func text(_ selection: ArchiveSelection, title: String) -> [UInt8] {
    let runs = selection.entries.map(\.activity).filter { $0.operation.hasSuffix("run") }
    let told = runs.map { activity in
      let who = activity.person?.name ?? activity.account?.name ?? "somebody"
      return "- \(activity.startedAt): \(line(activity.operation)) by \(line(who)), "
        + "`\(activity.id.iri)`"
    }
    let commands = runs.map { activity in
      "    \(line(shellText(activity.plan.command ?? [activity.operation])))"
    }
    let values = [
      "title": line(title), "commit": "\(selection.tip)", "runs": told.joined(separator: "\n"),
      "commands": commands.joined(separator: "\n"),
    ]
    return Array(ArchiveTemplate.filled(ArchiveTemplate.readme, with: values).utf8)
  }

  /// Arguments as they can be typed into a shell.
  private static func shellText(_ arguments: [String]) -> String {
    arguments.map { argument in
      let isPlain = argument.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || "-_./:=@%+,".utf8.contains(byte)
      }
      return isPlain && !argument.isEmpty
        ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
    }.joined(separator: " ")
  }

  /// One line of text, whatever characters it had.
  private static func line(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? " " : $0 }))
  }
}
