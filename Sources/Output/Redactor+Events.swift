package import Model

/// Secrets taken out of what leaves the house: all texts that came from log entries.
extension Redactor {
  package func redacted(_ insight: Insight) -> Insight {
    var copy = insight
    copy.title = redacted(insight.title)
    copy.summary = redacted(insight.summary)
    copy.group = insight.group.map(redacted)
    copy.reproduce = insight.reproduce.map { redacted($0) }
    for index in copy.exemplars.indices {
      copy.exemplars[index].message = redacted(copy.exemplars[index].message)
    }
    for index in copy.precededBy.indices {
      copy.precededBy[index].group = redacted(copy.precededBy[index].group)
    }
    for index in copy.attribution.indices {
      copy.attribution[index].value = redacted(copy.attribution[index].value)
    }
    return copy
  }

  package func redacted(_ incident: Incident) -> Incident {
    var copy = incident
    copy.title = redacted(incident.title)
    for index in copy.suspects.indices {
      copy.suspects[index].why = redacted(copy.suspects[index].why)
      copy.suspects[index].group = copy.suspects[index].group.map(redacted)
    }
    return copy
  }

  /// Labels stay as they are: they are the alert's identity and hold names, not texts.
  package func redacted(_ alert: Alert) -> Alert {
    var copy = alert
    copy.annotations = alert.annotations.mapValues { redacted($0) }
    return copy
  }

  package func redacted(_ group: GroupReference) -> GroupReference {
    GroupReference(id: group.id, template: redacted(group.template))
  }

  package func redacted(_ line: GroupLine) -> GroupLine {
    var copy = line
    copy.reference = redacted(line.reference)
    copy.exemplar = line.exemplar.map { redacted($0) }
    copy.messages = line.messages.map {
      GroupProfile.Message(template: redacted($0.template), count: $0.count)
    }
    return copy
  }

  package func redacted(_ summary: RunSummary) -> RunSummary {
    var copy = summary
    copy.groups = summary.groups.map(redacted)
    return copy
  }
}
