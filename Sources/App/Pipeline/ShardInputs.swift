internal import Bytes
internal import Flow
internal import Ingest
internal import Model
internal import Packs
internal import Security
internal import Store

/// The partials that are merged: opened, and found to go together.
struct ShardInputs {
  /// What all were made under.
  private(set) var settings: PartialSettings
  private let supplies: [PartialSupply]
  private let decoder: PartialDecoder
  private let workers: Int

  /// Opens the partials that can be opened; the others are told as problems.
  init(_ paths: [String], _ plan: RunPlan) throws {
    var supplies: [PartialSupply] = []
    for path in paths {
      do {
        supplies.append(try PartialSupply(path, stop: plan.stop, problems: plan.problems))
      } catch {
        plan.problems.add(error)
      }
    }
    self.supplies = supplies
    workers = plan.settings.workers
    decoder = PartialDecoder(
      fields: plan.fields, patterns: plan.packs.ids, ruleCount: plan.rules.names.count,
      sourceCounts: supplies.map(\.settings.sourceCount))
    settings = PartialSettings(
      lateness: supplies.first?.settings.lateness ?? plan.settings.analysis.lateness,
      isUnordered: supplies.contains { $0.settings.isUnordered },
      patterns: supplies.first?.settings.patterns ?? 0, rules: plan.rules.names,
      inputName: supplies.map(\.settings.inputName).joined(separator: " "),
      sourceCount: supplies.reduce(0) { $0 + $1.settings.sourceCount })
    for supply in supplies {
      guard supply.settings.lateness == settings.lateness else {
        throw UsageError(
          "\(supply.name): it was made with another --lateness than \(supplies[0].name)",
          hint: "partials that are merged have to keep minutes open equally long")
      }
      guard supply.settings.rules == settings.rules else {
        throw UsageError(
          "\(supply.name): it was made with "
            + (supply.settings.rules.isEmpty
              ? "no Sigma rules" : "\(supply.settings.rules.count) Sigma rules"),
          hint: "give merge the same --rules as partial")
      }
    }
  }

  /// Whether the partials were made with different packs, so that categories and severities may differ.
  var hasSeveralPacks: Bool { supplies.contains { $0.settings.patterns != settings.patterns } }

  /// Reads all entries into `target`.
  func run(into target: any MergeTarget) {
    let decoder = decoder
    let feed = Feed(
      supplies: supplies, target: target, workers: workers,
      makeBatch: {
        Batch(inputCapacity: PartialLayout.payloadLimit + 64, sideCapacity: 1 << 16)
      },
      chain: { _ in PartialStages(decoder: decoder) })
    feed.run()
  }

  /// The books of all that were read to their end; after `run`.
  var books: PartialBooks {
    supplies.reduce(into: PartialBooks()) { sum, supply in
      if let books = supply.books { sum.add(books) }
    }
  }

  /// Whether all were read to their end.
  var areWhole: Bool { supplies.allSatisfy { $0.books != nil } }
}
