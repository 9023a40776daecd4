internal import Bytes
internal import Model

/// How full the mounted file systems are: those on local storage, since asking a network's may hang.
enum FilesystemTable {
  private static let types: Set<String> = [
    "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "vfat", "exfat", "overlay", "bcachefs",
  ]

  /// Mounts beyond this many are left out; containers' hosts have hundreds of the same storage.
  private static let mountLimit = 64

  static func families(
    _ mounts: [UInt8], space: (String) -> FilesystemSpace?
  ) -> [MetricFamily] {
    var size: [MetricFamily.Point] = []
    var free: [MetricFamily.Point] = []
    var available: [MetricFamily.Point] = []
    var files: [MetricFamily.Point] = []
    var freeFiles: [MetricFamily.Point] = []
    var seen = Set<String>()
    for line in ProcText(mounts).lines where types.contains(line[2]) {
      let mount = unescaped(line[1])
      guard seen.count < mountLimit, seen.insert(mount).inserted, let found = space(mount) else {
        continue
      }
      let labels = [
        (name: "device", value: unescaped(line[0])), (name: "fstype", value: line[2]),
        (name: "mountpoint", value: mount),
      ]
      func point(_ value: UInt64) -> MetricFamily.Point {
        MetricFamily.Point(labels: labels, value: Double(value))
      }
      size.append(point(found.sizeBytes))
      free.append(point(found.freeBytes))
      available.append(point(found.availableBytes))
      files.append(point(found.files))
      freeFiles.append(point(found.freeFiles))
    }
    return [
      .system("filesystem_size_bytes", "Size of the file system.", .gauge, size),
      .system("filesystem_free_bytes", "Free space.", .gauge, free),
      .system(
        "filesystem_available_bytes", "Free space that ordinary users may fill.", .gauge,
        available),
      .system("filesystem_files", "Inodes.", .gauge, files),
      .system("filesystem_free_files", "Free inodes.", .gauge, freeFiles),
    ]
  }

  /// The kernel writes blanks, tabs, line feeds and backslashes as three octal digits.
  static func unescaped(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var plain: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == 0x5c, at + 3 < bytes.count,
        bytes[(at + 1)...(at + 3)].allSatisfy({ (0x30...0x37).contains($0) })
      {
        let digits = bytes[(at + 1)...(at + 3)].reduce(0) { $0 << 3 | Int($1 - 0x30) }
        plain.append(UInt8(truncatingIfNeeded: digits))
        at += 4
      } else {
        plain.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}
