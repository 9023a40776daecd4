internal import Bytes
internal import Flow
internal import Grouping
internal import Model
internal import Output

/// Writes what `groups` found: a line for each group, a table, or a line for each entry.
struct GroupForm {
  let casebook: RunCasebook
  /// Whether all wildcards are written `<*>`.
  let isPlain: Bool
  let redactor: Redactor?

  func writeLines(limit: Int?, to sink: any LineSink) -> SinkState {
    var out = ByteBuffer(capacity: 1 << 16)
    for line in lines(limit: limit) {
      out.removeAll()
      GroupJSON.write(line, to: &out)
      let state = sink.write(out.span)
      if state != .open { return state }
    }
    return .open
  }

  func writeTable(limit: Int?, _ style: TextStyle, to sink: any LineSink) -> SinkState {
    var out = ByteBuffer(capacity: 1 << 16)
    out.write(GroupTable(style: style).text(lines(limit: limit)))
    return sink.write(out.span)
  }

  /// A line for each entry that was put by, with the final groups.
  func writeEntries(
    _ spool: EntrySpool, asText: Bool, to sink: any LineSink
  ) throws -> SinkState {
    var out = ByteBuffer(capacity: 1 << 16)
    var templates: [Int: (id: GroupID, text: String, shown: [UInt8])] = [:]
    let values = ArenaPair(inputCapacity: 64, sideCapacity: 256 << 20)
    var state = SinkState.open
    try spool.readBack { item in
      let template: (id: GroupID, text: String, shown: [UInt8])
      if let known = templates[item.shape.index] {
        template = known
      } else {
        let text = casebook.run.registry.template(of: item.shape)
        let id = casebook.run.registry.group(of: item.shape)
        template = (id, text, Array((isPlain ? WildcardText.plain(text) : text).utf8))
        templates[item.shape.index] = template
      }
      out.removeAll()
      if asText {
        out.write(
          GroupTable.line(item.line, template.id, String(decoding: template.shown, as: UTF8.self)))
        state = sink.write(out.span)
        return state == .open
      }
      values.reset()
      let ranges = parameters(item.message, template.text, values)
      GroupJSON.write(
        line: item.line, group: template.id, template: template.shown.span,
        parameters: ranges.span, in: values, to: &out)
      state = sink.write(out.span)
      return state == .open
    }
    return state
  }

  private func parameters(
    _ message: [UInt8], _ template: String, _ arenas: ArenaPair
  ) -> [ByteRange] {
    Parameters(of: message.span, template: template).values.compactMap { value in
      let shown = redactor?.redacted(value) ?? value
      return arenas.side.append(shown).map {
        ByteRange($0, count: shown.utf8.count, inSide: true)
      }
    }
  }

  private func lines(limit: Int?) -> [GroupLine] {
    let total = casebook.run.ledger.analysed
    let profiles = casebook.run.registry.profiles { casebook.reference($0) }
    return profiles.prefix(limit ?? profiles.count).map { profile in
      var profile = profile
      if isPlain {
        profile.reference.template = WildcardText.plain(profile.reference.template)
      }
      let line = GroupLine(profile, total: total) { casebook.name(of: $0) }
      return redactor?.redacted(line) ?? line
    }
  }
}
