internal import Bytes

/// Bytes as they stand in a file or come through a pipe.
final class DescriptorSource: ByteSource {
  private let descriptor: FileDescriptor
  private let name: String
  /// A regular file never lets one wait.
  private let isRegular: Bool

  init(_ descriptor: consuming FileDescriptor, name: String, isRegular: Bool) {
    self.descriptor = descriptor
    self.name = name
    self.isRegular = isRegular
  }

  func read(into arena: Arena, limit: Int, waiting: Patience) throws(ReadProblem) -> ReadOutcome {
    if !isRegular, !waiting.waits(for: descriptor.number) { return .nothing }
    do {
      return try descriptor.read(into: arena, limit: limit) > 0 ? .bytes : .end
    } catch {
      throw ReadProblem(.failed, file: name, reason: error.text)
    }
  }
}
