internal import Bytes
internal import Model

/// A file that is being read, behind the codec that its first bytes call for.
final class OpenedFile {
  private(set) var modified = Timestamp.unknown
  private var source: any ByteSource
  private let name: String
  private(set) var isRecognised = false
  /// What can be waited for.
  private(set) var number: Int32 = -1

  init(_ file: InputFile) throws(ReadProblem) {
    name = file.path.text
    do throws(SystemError) {
      let descriptor =
        file.isStandardInput
        ? FileDescriptor.standardInput : try FileDescriptor(reading: file.path)
      let status = try descriptor.status()
      if status.kind == .directory { throw SystemError.isDirectory }
      if status.kind == .regular { modified = Timestamp(nanoseconds: status.modified) }
      if status.kind == .pipe { descriptor.widenPipe() }
      number = descriptor.number
      source = DescriptorSource(descriptor, name: name, isRegular: status.kind == .regular)
    } catch {
      throw ReadProblem(opening: file.path, error)
    }
  }

  private var hasEnded = false

  /// Bytes behind compressed data that are none of it.
  var passedOver: Int { (source as? CompressedSource)?.passedOver ?? 0 }

  init(_ source: any ByteSource, name: String) {
    self.source = source
    self.name = name
  }

  /// Appends at most `limit` bytes, decompressed, to the arena.
  ///
  /// The arena has to be empty until the file's codec is recognised.
  func read(into arena: Arena, limit: Int, waiting: Patience) throws(ReadProblem) -> ReadOutcome {
    if hasEnded { return .end }
    do throws(ReadProblem) {
      let outcome = try next(into: arena, limit: limit, waiting: waiting)
      if case .end = outcome { hasEnded = true }
      return outcome
    } catch {
      hasEnded = true
      throw error
    }
  }

  private func next(
    into arena: Arena, limit: Int, waiting: Patience
  ) throws(ReadProblem) -> ReadOutcome {
    while !isRecognised {
      let outcome = try source.read(into: arena, limit: limit, waiting: waiting)
      switch (Codec.recognise(arena.span), outcome) {
      case (_, .nothing): return .nothing
      case (.open, .bytes): continue
      case (.codec(let codec), _):
        isRecognised = true
        source = try codec.decoded(source, first: arena, name: name)
        arena.truncate(to: 0)
      default:
        isRecognised = true
        return outcome
      }
    }
    return try source.read(into: arena, limit: limit, waiting: waiting)
  }
}
