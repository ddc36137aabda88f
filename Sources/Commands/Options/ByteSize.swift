import Arguments

/// A number of bytes as docker's flags take it: `128m`, `1.5g`, `1024`, `-1`.
struct ByteSize: ArgumentValue, Equatable {
  let bytes: Int64

  /// Units are powers of 1024; `k`, `kb` and `kib` are the same.
  init?(argument: String) {
    let text = argument.lowercased()
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    let shifts: [Character: Double] = ["k": 10, "m": 20, "g": 30, "t": 40, "p": 50]
    guard let number = Double(digits) else { return nil }
    var scale = 1.0
    if let first = unit.first, let shift = shifts[first],
      ["", "b", "ib"].contains(unit.dropFirst())
    {
      for _ in 0..<Int(shift) { scale *= 2 }
    } else if !["", "b"].contains(unit) {
      return nil
    }
    let product = (number * scale).rounded(.towardZero)
    guard product >= -1, product < 0x1p62 else { return nil }
    bytes = Int64(product)
  }
}
