internal import Bytes
internal import Model

/// The pairs of a normalised entry whose values are few: each is a literal, copied whole.
extension ByteBuffer {
  mutating func write(severity: Severity) {
    switch severity {
    case .unknown: break
    case .trace: write(#","log.level":"trace","severity_number":1"# as StaticString)
    case .debug: write(#","log.level":"debug","severity_number":5"# as StaticString)
    case .info: write(#","log.level":"info","severity_number":9"# as StaticString)
    case .notice: write(#","log.level":"notice","severity_number":10"# as StaticString)
    case .warning: write(#","log.level":"warning","severity_number":13"# as StaticString)
    case .error: write(#","log.level":"error","severity_number":17"# as StaticString)
    case .critical: write(#","log.level":"critical","severity_number":18"# as StaticString)
    case .alert: write(#","log.level":"alert","severity_number":19"# as StaticString)
    case .emergency: write(#","log.level":"emergency","severity_number":21"# as StaticString)
    }
  }

  mutating func write(source: SeveritySource) {
    switch source {
    case .none: write(#","severity_source":"none""# as StaticString)
    case .field: write(#","severity_source":"field""# as StaticString)
    case .priority: write(#","severity_source":"priority""# as StaticString)
    case .pattern: write(#","severity_source":"pattern""# as StaticString)
    case .text: write(#","severity_source":"text""# as StaticString)
    case .model: write(#","severity_source":"model""# as StaticString)
    }
  }

  mutating func write(outcome: Outcome) {
    switch outcome {
    case .none: break
    case .success: write(#","event.outcome":"success""# as StaticString)
    case .failure: write(#","event.outcome":"failure""# as StaticString)
    case .unknown: write(#","event.outcome":"unknown""# as StaticString)
    }
  }

  /// ECS's word for what a signal is about; nothing where ECS has none that is sure.
  ///
  /// Source: ECS 9, allowed values of `event.category`.
  mutating func write(eventCategory signal: SecuritySignal) {
    switch signal {
    case .refusedLogin, .acceptedLogin, .webLogin, .privilege, .limitReached:
      write(#","event.category":"authentication""# as StaticString)
    case .webAttack, .webProbe, .scannerAgent, .webRefused, .cacheBypass:
      write(#","event.category":"web""# as StaticString)
    case .blockedPacket, .listening, .flood, .connectionLimit, .connection:
      write(#","event.category":"network""# as StaticString)
    case .accountChange: write(#","event.category":"iam""# as StaticString)
    case .threat: write(#","event.category":"intrusion_detection""# as StaticString)
    case .tampering, .logShortened: write(#","event.category":"configuration""# as StaticString)
    case .privilegedCrash, .suspiciousProgram, .decoding:
      write(#","event.category":"process""# as StaticString)
    case .none, .refusedAccess: break
    }
  }

  mutating func write(format: SourceFormat) {
    switch format {
    case .plain: write(#","taffrail.format":"plain""# as StaticString)
    case .journald: write(#","taffrail.format":"journald""# as StaticString)
    case .json: write(#","taffrail.format":"json""# as StaticString)
    case .logfmt: write(#","taffrail.format":"logfmt""# as StaticString)
    case .syslog: write(#","taffrail.format":"syslog""# as StaticString)
    case .cri: write(#","taffrail.format":"cri""# as StaticString)
    case .docker: write(#","taffrail.format":"docker""# as StaticString)
    case .clf: write(#","taffrail.format":"clf""# as StaticString)
    case .otlp: write(#","taffrail.format":"otlp""# as StaticString)
    case .gelf: write(#","taffrail.format":"gelf""# as StaticString)
    case .cef: write(#","taffrail.format":"cef""# as StaticString)
    case .csv: write(#","taffrail.format":"csv""# as StaticString)
    case .w3c: write(#","taffrail.format":"w3c""# as StaticString)
    case .leef: write(#","taffrail.format":"leef""# as StaticString)
    case .winlog: write(#","taffrail.format":"winlog""# as StaticString)
    case .pack: write(#","taffrail.format":"pack""# as StaticString)
    }
  }

  mutating func write(category: Category) {
    switch category {
    case .other: write(#","taffrail.category":"other""# as StaticString)
    case .application: write(#","taffrail.category":"application""# as StaticString)
    case .database: write(#","taffrail.category":"database""# as StaticString)
    case .network: write(#","taffrail.category":"network""# as StaticString)
    case .storage: write(#","taffrail.category":"storage""# as StaticString)
    case .security: write(#","taffrail.category":"security""# as StaticString)
    case .performance: write(#","taffrail.category":"performance""# as StaticString)
    case .system: write(#","taffrail.category":"system""# as StaticString)
    case .trading: write(#","taffrail.category":"trading""# as StaticString)
    case .deployment: write(#","taffrail.category":"deployment""# as StaticString)
    }
  }
  mutating func write(categorySource source: ClassSource) {
    switch source {
    case .none: write(#","taffrail.category_source":"none""# as StaticString)
    case .field: write(#","taffrail.category_source":"field""# as StaticString)
    case .pattern: write(#","taffrail.category_source":"pattern""# as StaticString)
    case .signal: write(#","taffrail.category_source":"signal""# as StaticString)
    case .program: write(#","taffrail.category_source":"program""# as StaticString)
    case .model: write(#","taffrail.category_source":"model""# as StaticString)
    case .text: write(#","taffrail.category_source":"text""# as StaticString)
    }
  }

  mutating func write(outcomeSource source: ClassSource) {
    switch source {
    case .none: write(#","taffrail.outcome_source":"none""# as StaticString)
    case .field: write(#","taffrail.outcome_source":"field""# as StaticString)
    case .pattern: write(#","taffrail.outcome_source":"pattern""# as StaticString)
    case .signal: write(#","taffrail.outcome_source":"signal""# as StaticString)
    case .program: write(#","taffrail.outcome_source":"program""# as StaticString)
    case .model: write(#","taffrail.outcome_source":"model""# as StaticString)
    case .text: write(#","taffrail.outcome_source":"text""# as StaticString)
    }
  }

  /// A percentage as a share of one: `,"taffrail.category_confidence":0.93`; nothing for 0.
  mutating func write(confidence percent: UInt8, _ key: StaticString) {
    guard percent > 0 else { return }
    write(key)
    if percent >= 100 { return write(0x31) }
    write("0." as StaticString)
    write(0x30 + percent / 10)
    if percent % 10 != 0 { write(0x30 + percent % 10) }
  }
}
