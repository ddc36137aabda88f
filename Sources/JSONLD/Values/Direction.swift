/// The base direction of a string.
///
/// Source: JSON-LD 1.1, section 4.2.4.1, Base Direction.
enum Direction: String, Sendable {
  case leftToRight = "ltr"
  case rightToLeft = "rtl"
}
