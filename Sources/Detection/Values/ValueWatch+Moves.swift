internal import Bytes
package import Model

/// What is kept by group goes along where a template generalises.
extension ValueWatch {
  /// Groups whose entries count for another from now on.
  package mutating func moved(_ merges: [(from: GroupID, to: GroupID)]) {
    guard !merges.isEmpty else { return }
    var isChanged = false
    for (from, to) in merges {
      for index in measurePlaces.indices
      where measurePlaces[index].group == from && measurePlaces[index].heir < 0 {
        isChanged = true
        let key = Self.key(to, measurePlaces[index].label)
        byKey[Self.key(from, measurePlaces[index].label)] = nil
        measurePlaces[index].group = to
        if let heir = byKey[key], !heir.isText {
          measures[Int(heir.track)].merge(measures[index])
          measurePlaces[index].heir = heir.track
        } else {
          byKey[key] = Target(track: Int32(index), isText: false)
        }
      }
      for index in textPlaces.indices
      where textPlaces[index].group == from && textPlaces[index].heir < 0 {
        isChanged = true
        let key = Self.key(to, textPlaces[index].label)
        byKey[Self.key(from, textPlaces[index].label)] = nil
        textPlaces[index].group = to
        if let heir = byKey[key], heir.isText {
          texts[Int(heir.track)].merge(texts[index])
          textPlaces[index].heir = heir.track
        } else {
          byKey[key] = Target(track: Int32(index), isText: true)
        }
      }
      for index in shapes.indices where shapes[index].group == from { shapes[index].group = to }
    }
    if isChanged { redirect() }
  }

  private mutating func redirect() {
    for index in shapes.indices {
      for slot in shapes[index].targets.indices {
        shapes[index].targets[slot] = current(shapes[index].targets[slot])
      }
      for slot in shapes[index].captures.indices {
        shapes[index].captures[slot].target = current(shapes[index].captures[slot].target)
      }
    }
  }

  private func current(_ target: Target) -> Target {
    var target = target
    while target.track >= 0 {
      let place = target.isText ? textPlaces[Int(target.track)] : measurePlaces[Int(target.track)]
      guard place.heir >= 0 else { break }
      target.track = place.heir
    }
    return target
  }
}
