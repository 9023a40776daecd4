import App
import CAllocations
import Glibc

/// `taffrail-bench insights …` is `CountRun`'s. `taffrail-bench SMALL LARGE`: what can only be measured inside the process that analyses.
///
/// LARGE holds about twice SMALL's entries in the same minutes of event time, so that what a run allocates
/// once (tables, packs, groups) or for each minute is in both and cancels out: (A(large) − A(small)) /
/// (entries of large − entries of small) is what one entry costs in the steady state. Both are to be large
/// enough that new groups are rare: mining a template allocates thousands of times. The ceiling is a memchr
/// scan for newlines over the bytes of LARGE, in memory.
@main
struct Bench {
  static func main() {
    let words = CommandLine.arguments
    if words.dropFirst().first == "insights" {
      CountRun.main(Array(words.dropFirst(2)))
      return
    }
    guard words.count >= 3 else {
      print("usage: taffrail-bench SMALL LARGE [WORKERS [ROUNDS]]")
      exit(2)
    }
    let workers = words.count > 3 ? words[3] : "1"
    let rounds = words.count > 4 ? Int(words[4]) ?? 5 : 5
    guard let text = ScannedFile(words[2]), let part = ScannedFile(words[1]) else {
      print("can't read \(words[1]) and \(words[2])")
      exit(1)
    }
    let entries = text.lineCount() - part.lineCount()
    guard entries > 0 else {
      print("\(words[2]) holds no more lines than \(words[1])")
      exit(1)
    }
    _ = measured(words[1], workers)
    var allocations: [Double] = []
    var speeds: [Double] = []
    var ceilings: [Double] = []
    for _ in 0..<max(rounds, 1) {
      let small = measured(words[1], workers)
      let large = measured(words[2], workers)
      allocations.append(
        (Double(large.allocations) - Double(small.allocations)) / Double(entries))
      speeds.append(Double(text.count) / large.seconds / 1e6)
      var lines = 0
      let scan = seconds { lines = text.lineCount() }
      precondition(lines > entries, "BUG: the scan was not made")
      ceilings.append(Double(text.count) / scan / 1e6)
    }
    print("allocations_per_entry \(median(allocations))")
    print("pipeline_mb_per_second \(median(speeds))")
    print("ceiling_mb_per_second \(median(ceilings))")
    print("ceiling_ratio \(median(zip(speeds, ceilings).map { $0 / $1 }))")
  }

  /// Analyses a file with the tool's own command, output thrown away.
  private static func measured(
    _ path: String, _ workers: String
  ) -> (seconds: Double, allocations: UInt64) {
    let before = allocations_so_far()
    var status: Int32 = 0
    let elapsed = seconds {
      status = App.perform([
        "analyze", "-c", "-", "-o", "json", "--output-file", "/dev/null", "--workers", workers,
        path,
      ])
    }
    guard status == 0 else {
      print("analyze \(path) ended with \(status)")
      exit(1)
    }
    return (elapsed, allocations_so_far() - before)
  }

  private static func seconds(_ body: () -> Void) -> Double {
    let started = ContinuousClock.now
    body()
    return started.duration(to: .now) / .seconds(1)
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted[sorted.count / 2]
  }
}
