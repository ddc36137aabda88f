extension HumanText {
  /// A share in percent, as docker prints it: `12.34%`.
  static func percent(_ share: Double) -> String {
    let hundredths = Int64((share * 10_000).rounded())
    let rest = String(hundredths % 100)
    return "\(hundredths / 100).\(rest.count == 1 ? "0" : "")\(rest)%"
  }

  /// Memory in use, in powers of 1024: `23.5GiB`.
  static func memory(_ bytes: Int64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var value = Double(bytes)
    var unit = 0
    while value >= 1024, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return unit == 0 ? "\(bytes)B" : "\(threeDigits(value))\(units[unit])"
  }
}
