import Bytes
import Model
import Sampling
import Testing

@Suite("The samplers of the system", .serialized)
struct SystemSamplerTests {
  private func lines(_ families: [MetricFamily]) -> [String] {
    var out = ByteBuffer()
    Exposition.write(families, to: &out)
    return out.text().split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  @Test("read all tables")
  func all() {
    let folder = TestFolder([
      ("stat", "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 100 0 100 800 0 0 0 0 0 0\nintr 1\n"),
      ("loadavg", "0.50 1.25 2 1/99 1234\n"),
      (
        "meminfo",
        "MemTotal:  1000 kB\nMemFree: 10 kB\nMemAvailable: 500 kB\nSwapTotal: 0 kB\nHuge: 1\n"
      ),
      (
        "diskstats",
        " 8 0 sda 10 1 200 3000 20 2 400 5000 0 7000 8000 0 0\n 7 0 loop0 1 1 1 1 1 1 1 1 1 1 1\n"
      ),
      (
        "net/dev",
        "Inter-| Receive\n face |bytes\n  eth0:100 2 3 4 0 0 0 0 500 6 7 8 0 0 0 0\n bad: 1 2\n"
      ),
      ("pressure/cpu", "some avg10=0.00 avg60=0.00 avg300=0.00 total=2500000\n"),
      (
        "pressure/io",
        "some avg10=0 avg60=0 avg300=0 total=1\nfull avg10=0 avg60=0 avg300=0 total=3000000\n"
      ),
      (
        "self/stat",
        "42 (a (b) c) S 1 1 1 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 3 0 100 4096000 10 1\n"
      ),
      ("self/status", "Name: x\nVmHWM:\t  2048 kB\n"),
    ])
    var sampler = SystemSampler(root: folder.path)
    let text = lines(sampler.sample())
    for expected in [
      #"taffrail_system_cpu_seconds_total{cpu="0",mode="idle"} 8"#,
      "taffrail_system_load5 1.25", "taffrail_system_memory_total_bytes 1024000",
      "taffrail_system_memory_available_bytes 512000", "taffrail_system_swap_total_bytes 0",
      #"taffrail_system_disk_read_bytes_total{device="sda"} 102400"#,
      #"taffrail_system_disk_written_bytes_total{device="sda"} 204800"#,
      #"taffrail_system_disk_io_time_seconds_total{device="sda"} 7"#,
      #"taffrail_system_network_receive_bytes_total{device="eth0"} 100"#,
      #"taffrail_system_network_transmit_dropped_total{device="eth0"} 8"#,
      #"taffrail_system_pressure_waiting_seconds_total{resource="cpu"} 2.5"#,
      #"taffrail_system_pressure_stalled_seconds_total{resource="io"} 3"#,
      "taffrail_process_cpu_seconds_total 2", "taffrail_process_threads 3",
      "taffrail_process_virtual_memory_bytes 4096000",
      "taffrail_process_resident_memory_bytes 40960",
      "taffrail_process_resident_memory_peak_bytes 2097152",
    ] {
      #expect(text.contains(expected), "\(expected)")
    }
    #expect(!text.contains { $0.contains("loop0") || $0.contains("bad") })
    #expect(!text.contains { $0.contains("cpu_usage_ratio") })
    folder.write("stat", "cpu  150 0 150 900 0 0 0 0 0 0\n")
    #expect(lines(sampler.sample()).contains(#"taffrail_system_cpu_usage_ratio{cpu="all"} 0.5"#))
  }

  @Test("do without tables, and with senseless ones")
  func absent() {
    var nothing = SystemSampler(root: "/nowhere")
    #expect(lines(nothing.sample()).isEmpty)
    let names = ["stat", "loadavg", "meminfo", "diskstats", "net/dev", "self/stat", "self/mounts"]
    for junk in ["", "\n\n", ")", ":::::", "cpu\ncpu0 x y", "a b c d\n\u{0}\u{ff}", "cpu 1e999 -5"]
    {
      let folder = TestFolder(names.map { ($0, junk) })
      var sampler = SystemSampler(root: folder.path)
      _ = sampler.sample()
      _ = sampler.sample()
    }
  }

  @Test("read the machine that runs the test")
  func real() {
    var sampler = SystemSampler()
    let text = lines(sampler.sample())
    #expect(text.contains { $0.hasPrefix("taffrail_system_memory_total_bytes ") })
    #expect(text.contains { $0.hasPrefix("taffrail_process_resident_memory_bytes ") })
  }

  @Test("each counter ends in _total, each gauge does not, each has a help")
  func naming() {
    var sampler = SystemSampler()
    for family in sampler.sample() {
      #expect(family.name.hasSuffix("_total") == (family.kind == .counter), "\(family.name)")
      #expect(family.help.hasSuffix("."))
    }
  }
}
