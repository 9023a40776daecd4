extension RandomAccessCollection where Index == Int {
  /// The first index whose element is not below what is looked for, the elements being in order; `endIndex` where all are.
  ///
  /// - Complexity: O(log count) questions.
  @inlinable
  package func lowerBound(where isBelow: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if isBelow(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
