import Canonical

/// A mount in the long form as docker's `--mount` has it.
///
/// Source: Engine API 1.41, Mount; docker CLI, opts/mount.go.
enum MountText {
  /// The fields; nil for what they cannot say. Members that are left unread they do not say.
  static func fields(_ mount: inout RecipeFields) -> String? {
    guard let type = mount.text("Type"), let target = mount.text("Target") else { return nil }
    var list = FieldList()
    list.add("type", type)
    mount.text("Source").map { list.add("source", $0) }
    list.add("target", target)
    if mount.truth("ReadOnly") == true { list.add("readonly") }
    mount.text("Consistency").map { list.add("consistency", $0) }
    mount.object("BindOptions") { options in
      options.text("Propagation").map { list.add("bind-propagation", $0) }
      if options["NonRecursive"] == true, options.truth("NonRecursive") == true {
        list.add("bind-recursive", "disabled")
      } else if options["ReadOnlyNonRecursive"] == true {
        _ = options.truth("ReadOnlyNonRecursive")
        list.add("bind-recursive", "writable")
      } else if options["ReadOnlyForceRecursive"] == true {
        _ = options.truth("ReadOnlyForceRecursive")
        list.add("bind-recursive", "readonly")
      }
    }
    mount.object("VolumeOptions") { options in
      if options.truth("NoCopy") == true { list.add("volume-nocopy") }
      options.text("Subpath").map { list.add("volume-subpath", $0) }
      for (name, value) in options.pairs("Labels") { list.add("volume-label", "\(name)=\(value)") }
      options.object("DriverConfig") { driver in
        driver.text("Name").map { list.add("volume-driver", $0) }
        for (name, value) in driver.pairs("Options") { list.add("volume-opt", "\(name)=\(value)") }
      }
    }
    mount.object("ImageOptions") { options in
      options.text("Subpath").map { list.add("image-subpath", $0) }
    }
    mount.object("TmpfsOptions") { options in
      options.number("SizeBytes").map { list.add("tmpfs-size", AmountText.size($0)) }
      options.number("Mode").map { list.add("tmpfs-mode", String($0, radix: 8)) }
    }
    // A reader of such fields makes one line break of the two.
    return list.text.contains("\r\n") ? nil : list.text
  }
}
