internal import Model

/// Disk I/O of /proc/diskstats (kernel, Documentation/admin-guide/iostats.rst), per device.
enum DiskTable {
  /// The kernel counts sectors of 512 bytes, whatever the device's own are.
  private static let sector = 512.0

  private static let columns: [(name: String, help: String, at: Int, scale: Double)] = [
    ("disk_reads_completed_total", "Reads that were completed.", 3, 1),
    ("disk_read_bytes_total", "Bytes that were read.", 5, sector),
    ("disk_read_time_seconds_total", "Seconds that reads took, added up.", 6, 0.001),
    ("disk_writes_completed_total", "Writes that were completed.", 7, 1),
    ("disk_written_bytes_total", "Bytes that were written.", 9, sector),
    ("disk_write_time_seconds_total", "Seconds that writes took, added up.", 10, 0.001),
    ("disk_io_time_seconds_total", "Seconds during which the device was busy.", 12, 0.001),
  ]

  static func families(_ bytes: [UInt8]) -> [MetricFamily] {
    let devices = ProcText(bytes).lines.filter {
      $0.words.count >= 14 && !$0[2].hasPrefix("loop") && !$0[2].hasPrefix("ram")
    }
    return columns.map { column in
      .system(
        column.name, column.help, .counter,
        devices.map { line in
          MetricFamily.Point(
            labels: [("device", line[2])], value: line.number(column.at) * column.scale)
        })
    }
  }
}
