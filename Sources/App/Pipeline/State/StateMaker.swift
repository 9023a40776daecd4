internal import Bytes
internal import Detection
internal import Flow
internal import Grouping
internal import Model
internal import Security
internal import Store
internal import Triage

/// Makes a state of what a run knows.
enum StateMaker {
  /// Of the layout of parts that have no version of their own.
  static let partVersion: UInt8 = 1

  static func state(of analysis: Analysis, learned: ClosedRange<Int64>?) -> KeptState {
    let run = analysis.casebook
    var state = KeptState()
    state.learned = learned
    let numbers = run.run.registry.keptShapes(limit: RunState.shapeLimit)
    let places = Places(numbers, analysis)
    let names = places.kept
    state.names = places.names.map { Array(run.name(of: $0).utf8) }
    var groups: Set<GroupID> = []
    for number in numbers {
      let kept = run.run.registry.keep(number, names)
      let group = run.run.group(of: ShapeNumber(index: number))
      groups.insert(group)
      state.shapes.append(
        KeptState.Shape(
          text: kept.text, kind: kept.kind, group: group.description,
          template: Array(run.template(of: group).utf8), bytes: kept.bytes))
    }
    state.parts["counts"] = analysis.watch.keptHead
    analysis.watch.keepSeries { series in
      guard let (kind, name) = place(of: series.key, groups, run) else { return }
      state.baselines.append(
        KeptState.Baseline(kind: kind.rawValue, name: name, bytes: series.bytes))
    }
    state.parts["error_share"] = analysis.errorShare.sealed(version: Self.partVersion)
    state.parts["gone"] = run.run.shifts.gone.kept(names)
    state.parts["rare"] = run.run.shifts.rare.kept(names)
    state.parts["statuses"] = run.run.shifts.statuses.kept(
      names, through: Minute(number: learned?.upperBound ?? 0))
    state.parts["absences"] = run.run.shifts.absences.kept(names)
    state.parts["levels"] = run.run.shifts.levels.kept(names)
    state.parts["security"] = analysis.security.kept
    state.parts["lone_groups"] = analysis.insights.loneGroups.kept(names)
    if let past = analysis.budgetToKeep {
      state.parts["budget"] = past.sealed(version: Self.partVersion)
    }
    return state
  }

  private static func place(
    of key: SeriesKey, _ groups: Set<GroupID>, _ run: RunCasebook
  ) -> (SeriesKind, [UInt8])? {
    switch key {
    case .allErrors: (.errors, [])
    case .serviceErrors(let symbol): (.serviceErrors, Array(run.name(of: symbol).utf8))
    case .service(let symbol): (.service, Array(run.name(of: symbol).utf8))
    case .group(let id) where groups.contains(id): (.group, Array(id.description.utf8))
    case .group: nil
    }
  }

  /// Where names and shapes stand in a state.
  private struct Places {
    /// In the order of their symbols, as they came in the stream.
    let names: [Symbol]
    private var placeOfName: [Symbol: Int] = [:]
    private var placeOfShape: [Int: Int] = [:]

    init(_ shapes: [Int], _ analysis: Analysis) {
      var wanted: Set<Symbol> = []
      func want(_ symbol: Symbol) {
        if !symbol.isNone, wanted.count < RunState.nameLimit { wanted.insert(symbol) }
      }
      for key in analysis.watch.seriesKeys {
        switch key {
        case .serviceErrors(let symbol), .service(let symbol): want(symbol)
        case .allErrors, .group: break
        }
      }
      for shape in shapes.reversed() {
        analysis.casebook.run.registry.names(of: shape).forEach(want)
      }
      names = wanted.sorted()
      for (place, symbol) in names.enumerated() { placeOfName[symbol] = place }
      for (place, shape) in shapes.enumerated() { placeOfShape[shape] = place }
    }

    var kept: KeptNames {
      let (names, shapes) = (placeOfName, placeOfShape)
      return KeptNames(
        place: { $0.isNone ? 0 : names[$0].map { $0 + 1 } }, placeOfShape: { shapes[$0] })
    }
  }
}
