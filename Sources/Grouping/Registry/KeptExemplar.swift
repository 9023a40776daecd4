internal import Model

/// An entry of a group as it was copied before its batch was reused.
struct KeptExemplar {
  var at: Timestamp
  var message: [UInt8]
  var place: EntryPlace
}
