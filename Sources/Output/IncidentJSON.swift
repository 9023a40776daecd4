package import Bytes
package import Model

/// The JSON line of an incident (CONTRACT section 7).
package enum IncidentJSON {
  package static func write(_ incident: Incident, to out: inout ByteBuffer) {
    out.openObject()
    out.pair("kind", "incident")
    out.pair("id", incident.id)
    out.pair("status", incident.status.rawValue)
    out.pair("severity", incident.severity.name)
    out.pair("startsAt", incident.startsAt)
    out.pair("endsAt", incident.endsAt)
    out.pair("decided_at", incident.decidedAt)
    out.pair("title", incident.title)
    out.pair("insights", incident.insights)
    out.pair("services", incident.services)
    out.array("suspects", incident.suspects) { out, suspect in
      out.openObject()
      out.pair("service", ifAny: suspect.service)
      if let group = suspect.group {
        out.key("group")
        InsightJSON.write(group, to: &out)
      }
      out.pair("score", suspect.score)
      out.pair("why", suspect.why)
      out.closeObject()
    }
    out.closeObject()
    out.write(0x0a)
  }
}
