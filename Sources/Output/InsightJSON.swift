package import Bytes
package import Model

/// The JSON line of an insight (CONTRACT section 7).
package enum InsightJSON {
  package static func write(_ insight: Insight, to out: inout ByteBuffer) {
    out.openObject()
    out.pair("kind", "insight")
    out.pair("id", insight.id)
    out.pair("status", insight.status.rawValue)
    out.pair("type", insight.type.rawValue)
    out.pair("category", insight.category.name)
    out.pair("severity", insight.severity.name)
    out.pair("at", insight.at)
    out.pair("decided_at", insight.decidedAt)
    out.key("window")
    out.openObject()
    out.pair("start", insight.start)
    out.pair("end", insight.end)
    out.closeObject()
    out.pair("title", insight.title)
    out.pair("summary", insight.summary)
    if let group = insight.group {
      out.key("group")
      write(group, to: &out)
    }
    out.pair("service", ifAny: insight.service)
    out.pair("host", ifAny: insight.host)
    if let reading = insight.detector {
      out.key("detector")
      write(reading, to: &out)
    }
    if !insight.attribution.isEmpty {
      out.array("attribution", insight.attribution) { out, part in
        out.openObject()
        out.pair("field", part.field)
        out.pair("value", part.value)
        out.pair("count", part.count)
        out.pair("baseline", ifAny: part.baseline)
        out.closeObject()
      }
    }
    if !insight.precededBy.isEmpty {
      out.array("preceded_by", insight.precededBy) { out, entry in
        out.openObject()
        out.pair("at", entry.at)
        out.pair("group", entry.group.id.description)
        out.pair("template", entry.group.template)
        out.pair("service", ifAny: entry.service)
        out.pair("lag_seconds", entry.lagSeconds)
        out.closeObject()
      }
    }
    if !insight.exemplars.isEmpty {
      out.array("exemplars", insight.exemplars) { out, exemplar in
        out.openObject()
        out.pair("at", exemplar.at)
        out.pair("message", exemplar.message)
        out.pair("ref", ifAny: exemplar.reference)
        out.closeObject()
      }
    }
    if !insight.tags.isEmpty { out.pair("tags", insight.tags) }
    out.pair("reproduce", ifAny: insight.reproduce)
    out.pair("end_reason", ifAny: insight.endReason)
    if insight.closedByClock { out.pair("closed_by", "clock") }
    out.closeObject()
    out.write(0x0a)
  }

  static func write(_ group: GroupReference, to out: inout ByteBuffer) {
    out.openObject()
    out.pair("id", group.id.description)
    out.pair("template", group.template)
    out.closeObject()
  }

  private static func write(_ reading: DetectorReading, to out: inout ByteBuffer) {
    out.openObject()
    out.pair("name", reading.name)
    out.pair("actual", reading.actual)
    out.pair("typical", reading.typical)
    out.pair("lower", ifAny: reading.lower)
    out.pair("upper", ifAny: reading.upper)
    out.pair("score", ifAny: reading.score)
    out.pair("p_value", ifAny: reading.probability)
    out.pair("n", reading.count)
    out.pair("unit", ifAny: reading.unit)
    if reading.minutes > 1 { out.pair("window_minutes", reading.minutes) }
    out.closeObject()
  }
}
