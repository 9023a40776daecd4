internal import Bytes
package import Model

/// The machine's state from /proc, as metrics: CPU, load, memory, disks, file systems, network, pressure,
/// and this process.
///
/// Tables that are absent (a container, an old kernel) give no metrics. A sample reads about ten small
/// files, less than a millisecond.
package struct SystemSampler {
  private let root: String
  private var processors = ProcessorTable()
  private var bytes: [UInt8] = []

  /// - Parameter root: where the kernel's tables are.
  package init(root: String = "/proc") { self.root = root }

  package mutating func sample() -> [MetricFamily] {
    var families: [MetricFamily] = []
    if read("stat") { families += processors.families(bytes) }
    if read("loadavg") { families += LoadTable.families(bytes) }
    if read("meminfo") { families += MemoryTable.families(bytes) }
    if read("diskstats") { families += DiskTable.families(bytes) }
    if read("self/mounts") {
      families += FilesystemTable.families(bytes) { FilesystemSpace(path: $0) }
    }
    if read("net/dev") { families += NetworkTable.families(bytes) }
    var pressures: [(resource: String, bytes: [UInt8])] = []
    for resource in ["cpu", "io", "memory"] where read("pressure/\(resource)") {
      pressures.append((resource, bytes))
    }
    families += PressureTable.families(pressures)
    let status = read("self/status") ? bytes : []
    if read("self/stat") { families += ProcessTable.families(stat: bytes, status: status) }
    return families
  }

  private mutating func read(_ name: String) -> Bool {
    WholeFile.read("\(root)/\(name)", into: &bytes)
  }
}

extension MetricFamily {
  /// A family of one kind from points, with taffrail's prefix for the machine.
  static func system(
    _ name: String, _ help: String, _ kind: Kind, _ points: [Point]
  ) -> MetricFamily {
    MetricFamily(name: "taffrail_system_\(name)", help: help, kind: kind, points: points)
  }
}
