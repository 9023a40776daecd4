/// What a run takes the order of its entries to be.
enum InputOrder {
  /// That of time, up to the lateness; what comes later than that is late. A live stream.
  case stream
  /// The same, of input that can be read again: the first late entry stops the run, so that it is
  /// done anew with `any`.
  case expected
  /// Any: minutes are held to the end of the input.
  case any
}
