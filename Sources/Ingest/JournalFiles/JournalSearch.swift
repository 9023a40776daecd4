package import Bytes

/// The journal files that `--journal` names: of a folder, of this machine, or one file.
///
/// As journalctl takes a folder: its `*.journal` files, also those put aside as damaged (`*.journal~`),
/// and those in its subfolders that are named for a machine.
/// - Limits: 7,168 files, as many as systemd opens.
package struct JournalSearch: Sendable {
  /// Where the machine's own journal lies: on disk, and in memory until the disk is there.
  package static let machineFolders = [FilePath("/var/log/journal"), FilePath("/run/log/journal")]
  private static let limit = 7168

  package private(set) var files: [InputFile] = []
  package private(set) var problems: [ReadProblem] = []
  private var known: Set<FileIdentity> = []

  /// - Parameter arguments: an empty one is this machine's journal.
  package init(_ arguments: [FilePath]) {
    for argument in arguments {
      if argument.isEmpty { lookAtMachine() } else { look(argument) }
    }
  }

  private mutating func look(_ path: FilePath) {
    do throws(SystemError) {
      let status = try FileStatus(path)
      guard status.kind == .directory else {
        take(InputFile(path, origin: .named), status)
        return
      }
      let count = files.count
      try walk(path)
      if files.count == count {
        problems.append(
          ReadProblem(.missing, file: path.text, reason: "no journal files in this folder"))
      }
    } catch {
      problems.append(ReadProblem(opening: path, error))
    }
  }

  /// The files of a folder and of its machines.
  private mutating func walk(_ folder: FilePath) throws(SystemError) {
    let names = try DirectoryListing(folder, limit: Self.limit).names
    takeFiles(of: folder, names)
    for name in names where Self.isID(name) {
      let inner = folder.appending(name)
      if let listing = try? DirectoryListing(inner, limit: Self.limit) {
        takeFiles(of: inner, listing.names)
      }
    }
  }

  /// This machine's alone where its id is known: others' journals may lie beside it.
  private mutating func lookAtMachine() {
    let machine = Self.machineID()
    for folder in Self.machineFolders {
      let names = (try? DirectoryListing(folder, limit: Self.limit).names) ?? []
      let own = names.filter { machine == nil ? Self.isID($0) : $0 == machine }
      for name in own {
        let inner = folder.appending(name)
        if let listing = try? DirectoryListing(inner, limit: Self.limit) {
          takeFiles(of: inner, listing.names)
        }
      }
    }
    guard files.isEmpty else { return }
    problems.append(
      ReadProblem(
        .missing, file: "journal",
        reason: "this machine keeps none, or it may not be read (group systemd-journal)"))
  }

  private mutating func takeFiles(of folder: FilePath, _ names: [[UInt8]]) {
    for name in names where Self.isJournalName(name) {
      let path = folder.appending(name)
      guard let status = try? FileStatus(path), status.kind == .regular else { continue }
      take(InputFile(path, origin: .found), status)
    }
  }

  private mutating func take(_ file: InputFile, _ status: FileStatus) {
    guard files.count < Self.limit, known.insert(status.identity).inserted else { return }
    files.append(file)
  }

  private static func machineID() -> [UInt8]? {
    let store = Arena(capacity: 64)
    guard let file = try? FileDescriptor(reading: FilePath("/etc/machine-id")),
      (try? file.read(into: store, limit: 64)) != nil
    else { return nil }
    var id: [UInt8] = []
    let bytes = store.bytes(0, count: 32)
    for index in 0..<bytes.count { id.append(bytes[index]) }
    return isID(id) ? id : nil
  }

  /// 32 hexadecimal digits.
  private static func isID(_ name: [UInt8]) -> Bool {
    name.count == 32
      && name.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
  }

  private static func isJournalName(_ name: [UInt8]) -> Bool {
    let suffix = Array(".journal".utf8)
    return name.suffix(8).elementsEqual(suffix)
      || name.last == 0x7e && name.dropLast().suffix(8).elementsEqual(suffix)
  }
}
