/// A kind of value that the trial puts into slots.
package struct ValueKind: Sendable {
  package let name: String
  let make: @Sendable (inout TrialGenerator) -> String

  init(_ name: String, _ make: @escaping @Sendable (inout TrialGenerator) -> String) {
    self.name = name
    self.make = make
  }

  package static let all = numbers + identifiers + addresses + names + files + times + structures
}
