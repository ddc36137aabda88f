import Glibc
import SmartContainers
import SystemPackage

/// The three questions that a new user is asked once, at a terminal.
///
/// Whoever has answered, or has passed, has a file of own settings, and is not asked again.
struct SetUp {
  let invocation: Invocation

  /// Asks where that makes sense: at a terminal, of somebody who is not known.
  func offer() async throws {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return }
    let places = try invocation.places()
    guard let folder = places.userFolder, !UserSettings.exist(in: folder) else { return }
    let configuration = try await invocation.configuration()
    guard configuration[.agentName] == nil, configuration[.agentORCID] == nil else { return }
    var settings = try UserSettings(in: folder)
    // Where nothing can be kept, nothing is asked.
    guard (try? settings.set([:])) != nil else { return }
    do {
      if let known = try ofOriginal(in: folder) {
        try settings.set(known)
      } else {
        try settings.set(try await ask())
      }
    } catch let error as SmartContainersError {
      invocation.terminal.note(FailureReport(error).text)
    }
  }

  /// What the original SmartContainers kept of the user; nil where there is nothing to be had.
  private func ofOriginal(in folder: FilePath) throws -> [ConfigurationKey: String?]? {
    let path = folder.appending("sc.config")
    guard access(path.string, R_OK) == 0 else { return nil }
    do {
      let settings = try invocation.handedInSettings(path.string)
      invocation.terminal.note("sc: what \(path) says of you is taken over; sc config changes it")
      return settings.values.mapValues { $0 }
    } catch {
      invocation.terminal.note(FailureReport(error).text)
      return nil
    }
  }

  private func ask() async throws -> [ConfigurationKey: String?] {
    invocation.terminal.note(
      "sc: records say who did what. Three questions, once; Enter passes one.")
    var answers: [ConfigurationKey: String?] = [:]
    let questions: [(ConfigurationKey, String)] = [
      (.agentORCID, "Your ORCID iD, if you have one: "), (.agentName, "Your name: "),
      (.agentEmail, "Your e-mail address: "),
    ]
    for (key, question) in questions where answers[key] == nil {
      guard let answer = try answer(to: question, for: key) else { continue }
      answers[key] = answer
      guard key == .agentORCID else { continue }
      // Nothing is asked that ORCID has answered.
      do {
        for (key, value) in try await invocation.orcidSettings(of: answer) {
          answers[key] = value
          invocation.terminal.note(PlainText.sanitize("sc: \(key.rawValue)=\(value)"))
        }
      } catch let error as SmartContainersError {
        invocation.terminal.note("sc: \(error.message)")
        answers[key] = nil
      }
    }
    invocation.terminal.note("sc: sc config changes that at any time")
    return answers
  }

  /// Asks until the answer makes sense; nil when it is passed.
  private func answer(to question: String, for key: ConfigurationKey) throws -> String? {
    while true {
      let line = try Prompt.line(question)
      guard line.contains(where: { !$0.isWhitespace }) else { return nil }
      do throws(SmartContainersError) {
        return try key.normalized(line)
      } catch {
        invocation.terminal.note("sc: \(PlainText.sanitize(error.message))")
      }
    }
  }
}
