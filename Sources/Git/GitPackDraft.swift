/// Objects that are to be stored together, each once.
package struct GitPackDraft {
  private(set) var objects: [GitObjectID: GitObject] = [:]

  package init() {}

  /// Adds an object.
  ///
  /// - Returns: its id.
  package mutating func add(_ object: GitObject) -> GitObjectID {
    let id = object.id
    add(object, as: id)
    return id
  }

  /// Adds an object whose id is known.
  mutating func add(_ object: GitObject, as id: GitObjectID) { objects[id] = object }
}
