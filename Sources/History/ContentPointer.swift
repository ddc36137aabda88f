/// A pointer that a commit has, and the content that it stands for.
package struct ContentPointer: Sendable, Hashable {
  /// The pointer's path in the commit's tree.
  package let path: String
  package let content: LargeContent

  package init(path: String, content: LargeContent) {
    self.path = path
    self.content = content
  }
}
