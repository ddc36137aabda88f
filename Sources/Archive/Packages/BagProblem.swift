/// Something that is wrong with a bag, or looks so.
package struct BagProblem: Sendable, Hashable, CustomStringConvertible {
  package enum Kind: String, Sendable, Hashable {
    /// A manifest has a file that is not there.
    case missing
    /// As `missing`, and `fetch.txt` says where it would be: the bag was never whole.
    case incomplete
    /// A file's content is not what a manifest says.
    case altered
    /// A file of the payload that is in no manifest, or not in each.
    case extra
    /// A manifest or `fetch.txt` cannot be read, or says of a file outside of where it may.
    case malformed
    /// `Payload-Oxum` says other sizes than there are.
    case oxum
    /// `bagit.txt` is missing, or says nothing that is known.
    case declaration
    /// There is no manifest whose digests could be checked, or no payload.
    case unchecked
    /// What no bag has: a link, a device, a name that is no text.
    case refused
    /// Warning: as of an older tool or another file system, and still clear.
    case irregular
    /// Warning: a file beside the payload that is in no tag manifest.
    case unprotected
  }

  package let kind: Kind

  /// The file, as its path in the bag; for what is about several, the manifest.
  package let member: String

  /// What is wrong, to be read after the member's name: `is not there`.
  package let fault: String

  /// Whether the bag is valid nevertheless.
  package var isWarning: Bool { kind == .irregular || kind == .unprotected }

  package var description: String { "'\(MemberName.shown(member))' \(fault)" }
}
