import Canonical
import Provenance

/// The README of an archive, which tells how to reproduce it without this program.
enum ArchiveReadme {
  /// The text for a selection.
  ///
  /// - Parameter docker: what docker does for each run.
  static func text(
    _ selection: ArchiveSelection, title: String, _ docker: [ActivityID: String]
  ) -> [UInt8] {
    let runs = selection.entries.map(\.activity).filter { $0.operation.hasSuffix("run") }
    let told = runs.map { activity in
      let who = activity.person?.name ?? activity.account?.name ?? "somebody"
      return "- \(activity.startedAt): \(line(activity.operation)) by \(line(who)), "
        + "`\(activity.id.iri)`"
    }
    let commands = runs.map { activity in
      let own = (activity.plan.command ?? [activity.operation]).map(ShellText.quoted)
        .joined(separator: " ")
      let others = (docker[activity.id] ?? "").split(separator: "\n")
      return (["# " + own] + others.map(String.init)).map { "    " + $0 }.joined(separator: "\n")
    }
    let values = [
      "title": line(title), "commit": "\(selection.tip)", "runs": told.joined(separator: "\n"),
      "commands": commands.joined(separator: "\n\n"),
    ]
    return Array(ArchiveTemplate.filled(ArchiveTemplate.readme, with: values).utf8)
  }

  /// One line of text, whatever characters it had.
  private static func line(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? " " : $0 }))
  }
}
