internal import Model

/// Memory and swap of /proc/meminfo, whose kB are 1,024 bytes.
enum MemoryTable {
  private static let rows = [
    ("MemTotal:", "memory_total_bytes", "Usable memory."),
    ("MemFree:", "memory_free_bytes", "Memory that nothing uses."),
    ("MemAvailable:", "memory_available_bytes", "Memory that programs can get without swapping."),
    ("Buffers:", "memory_buffers_bytes", "Memory that holds raw disk blocks."),
    ("Cached:", "memory_cached_bytes", "Memory that holds files' content."),
    ("SwapTotal:", "swap_total_bytes", "Swap space."),
    ("SwapFree:", "swap_free_bytes", "Swap space that nothing uses."),
  ]

  static func families(_ bytes: [UInt8]) -> [MetricFamily] {
    let text = ProcText(bytes)
    return rows.compactMap { key, name, help in
      text.line(key).map { line in
        .system(name, help, .gauge, [MetricFamily.Point(value: line.number(1) * 1024)])
      }
    }
  }
}
