import CGit2

/// A line of git's configuration (git-config(1)).
package struct GitSetting: Sendable, Equatable {
  /// `http.https://host/.proxy`: section and name in lower case, what is between them as it is.
  package let name: String
  package let value: String
}

extension GitRepository {
  /// The number of that name in the configuration; nil when it is not set.
  package func configuredInteger(_ name: String) throws(GitError) -> Int32? {
    try useConfiguration { (configuration) throws(GitError) in
      var value: Int32 = 0
      do throws(GitError) {
        try check("git_config_get_int32") { git_config_get_int32(&value, configuration, name) }
      } catch  where error.code == .notFound {
        return nil
      }
      return value
    }
  }

  /// Every line of the configuration in force, of the system, the user and the repository; of two
  /// of a name the later one counts.
  package func settings() throws(GitError) -> [GitSetting] {
    try useConfiguration { (configuration) throws(GitError) in
      let iterator = try checked("git_config_iterator_glob_new") {
        git_config_iterator_glob_new($0, configuration, nil)
      }
      defer { git_config_iterator_free(iterator) }
      var settings: [GitSetting] = []
      var entry: UnsafeMutablePointer<git_config_entry>?
      while try Self.advances("git_config_next", { git_config_next(&entry, iterator) }),
        let found = entry?.pointee
      {
        // A name without a value means that it is true.
        settings.append(
          GitSetting(
            name: String(cString: found.name),
            value: found.value.map { String(cString: $0) } ?? "true"))
      }
      return settings
    }
  }

  /// Sets a number in the repository's own configuration.
  package func configure(_ name: String, _ value: Int32) throws(GitError) {
    try changeConfiguration { (configuration) throws(GitError) in
      try check("git_config_set_int32") { git_config_set_int32(configuration, name, value) }
    }
  }

  /// Sets a text in the repository's own configuration; nil takes it away.
  package func configure(_ name: String, _ value: String?) throws(GitError) {
    try changeConfiguration { (configuration) throws(GitError) in
      if let value {
        try check("git_config_set_string") { git_config_set_string(configuration, name, value) }
        return
      }
      do throws(GitError) {
        try check("git_config_delete_entry") { git_config_delete_entry(configuration, name) }
      } catch  where error.code == .notFound {
        return
      }
    }
  }

  private func useConfiguration<Value: Sendable>(
    _ body: (OpaquePointer) throws(GitError) -> Value
  ) throws(GitError) -> Value {
    try use { (handle) throws(GitError) in
      let configuration = try checked("git_repository_config_snapshot") {
        git_repository_config_snapshot($0, handle)
      }
      defer { git_config_free(configuration) }
      return try body(configuration)
    }
  }

  /// Whether there is a next one.
  static func advances(
    _ call: StaticString, _ next: () -> Int32
  ) throws(GitError) -> Bool {
    var isOver = false
    try check(call) {
      let code = next()
      isOver = code == GIT_ITEROVER.rawValue
      return isOver ? 0 : code
    }
    return !isOver
  }

  private func changeConfiguration(
    _ body: (OpaquePointer) throws(GitError) -> Void
  ) throws(GitError) {
    try use { (handle) throws(GitError) in
      let configuration = try checked("git_repository_config") {
        git_repository_config($0, handle)
      }
      defer { git_config_free(configuration) }
      try body(configuration)
    }
  }
}
