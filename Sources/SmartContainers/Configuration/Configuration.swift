/// The settings in force, each with where it comes from.
public struct Configuration: Sendable {
  /// Where a setting was made, the strongest first.
  public enum Origin: String, CaseIterable, Comparable, Sendable {
    case flag
    case environment
    /// A document that was given with the call.
    case file
    case repository
    case user
    case `default`

    public static func < (left: Origin, right: Origin) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
  }

  /// A value and where it was set.
  public struct Setting: Sendable, Equatable {
    public let key: ConfigurationKey
    public let value: String
    public let origin: Origin
  }

  /// What was set anywhere: a key has one setting of an origin.
  private var made: [Setting] = []

  public init() {
    for key in ConfigurationKey.allCases {
      if let value = key.defaultValue {
        made.append(Setting(key: key, value: value, origin: .default))
      }
    }
  }

  /// Adds the settings of one origin.
  ///
  /// - Throws: `SmartContainersError` of code `usage` for a value that makes no sense, which
  ///   names where it was set.
  public mutating func add(
    _ values: [ConfigurationKey: String], from origin: Origin
  ) throws(SmartContainersError) {
    for (key, value) in values {
      do throws(SmartContainersError) {
        let setting = Setting(key: key, value: try key.normalized(value), origin: origin)
        made.removeAll { $0.key == key && $0.origin == origin }
        made.append(setting)
      } catch {
        let place = origin == .environment ? key.environmentName : "\(key.rawValue) (\(origin))"
        throw SmartContainersError(.usage, "\(place): \(error.message)", hint: error.hint)
      }
    }
  }

  /// Adds the `SC_*` variables of an environment.
  public mutating func add(environment: [String: String]) throws(SmartContainersError) {
    var values: [ConfigurationKey: String] = [:]
    for key in ConfigurationKey.allCases {
      if let value = environment[key.environmentName], !value.isEmpty { values[key] = value }
    }
    try add(values, from: .environment)
  }

  /// The setting in force; nil when nobody made it.
  public func setting(_ key: ConfigurationKey) -> Setting? {
    made.filter { $0.key == key }.min { $0.origin < $1.origin }
  }

  /// The value in force; nil when nobody set it.
  public subscript(_ key: ConfigurationKey) -> String? { setting(key)?.value }

  /// Every setting in force, in the order of the keys.
  public var settings: [Setting] { ConfigurationKey.allCases.compactMap(setting) }
}

extension Configuration {
  /// How long a remote may be silent.
  var remoteTimeout: Duration { .seconds(self[.remoteTimeout].flatMap { Int($0) } ?? 120) }
}
