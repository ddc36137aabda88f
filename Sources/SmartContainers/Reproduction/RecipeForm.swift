import Canonical

/// A form in which a recipe is written.
public enum RecipeForm: String, CaseIterable, Sendable {
  /// A command line of docker's.
  case run
  /// A compose file.
  case compose
  /// Requests of the Engine API.
  case api
  /// A script for a POSIX shell, which looks at the image and makes what is missing.
  case script
}

/// A recipe in one of its forms.
public struct WrittenRecipe: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    case text(String)
    case json(JSONValue)
  }

  public let content: Content

  /// What must be known of it, a sentence each: what the form cannot say, and what is to be supplied.
  public let notes: [String]

  init(_ content: Content, notes: [String]) {
    self.content = content
    self.notes = notes
  }
}

extension ContainerRecipe {
  /// Writes the recipe, from nothing but what it knows: the same recipe gives the same text.
  public func written(as form: RecipeForm) -> WrittenRecipe {
    switch form {
    case .run: commandLine()
    case .compose: composeFile()
    case .api: requests()
    case .script: script()
    }
  }

  /// The notes of a form.
  ///
  /// - Parameters:
  ///   - unsaid: what the form cannot say.
  ///   - supply: how what is missing is supplied, by its name.
  func notes(
    _ form: String, unsaid: [String] = [], supply: (String) -> String
  ) -> [String] {
    var notes = unsaid.map { "not sayable as \(form): \($0); use --as api" }
    if !isImageKnown {
      notes.append(
        "the history does not have the image's configuration: what it gives is said, too")
    }
    notes += blanks.map { "\($0.place) was redacted: " + supply($0.name) }
    return notes
  }

  /// What is said of the image beside its name; nil when that is its id.
  var imageRemark: String? {
    guard let imageID, imageID != imageName else { return nil }
    return "\(imageName) was \(imageID)"
  }
}
