/// How near two words are.
enum Spelling {
  /// The words that may be meant by another one, nearest first.
  static func nearest(to word: String, among words: [String]) -> [String] {
    let limit = max(1, word.count / 3)
    let near = words.map { (word: $0, distance: distance($0, word)) }
      .filter { $0.distance <= limit }
    return near.sorted { $0.distance < $1.distance }.map(\.word)
  }

  /// How many letters must be changed, added, left out or swapped with their neighbour.
  ///
  /// Source: Damerau–Levenshtein, optimal string alignment.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var rows = [Array(0...right.count)]
    for i in 1..<(left.count + 1) {
      var row = [i]
      for j in 1..<(right.count + 1) {
        let isSame = left[i - 1] == right[j - 1]
        var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (isSame ? 0 : 1))
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          best = min(best, rows[i - 2][j - 2] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
