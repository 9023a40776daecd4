import Generation
import Model
import Testing

@Suite struct CatalogueTests {
  private let landscape: Landscape

  init() throws { landscape = try MinutePlan(StreamSettings()).landscape }

  @Test func holdsThreeHundredTemplatesOfTwentyPrograms() {
    #expect(Catalogue.programs.count >= 20)
    #expect(Catalogue.programs.count < 255)
    #expect(landscape.templates.count >= 300)
    #expect(landscape.templates.count < 4096)
  }

  @Test func programNamesAreUnique() {
    #expect(Set(Catalogue.programs.map(\.name)).count == Catalogue.programs.count)
  }

  @Test(arguments: Catalogue.programs)
  func eachLineIsATemplate(_ program: Program) {
    let lines = program.text.split(separator: "\n")
    let texts = lines.map { TemplateText($0, category: program.category) }
    for (line, text) in zip(lines, texts) where text == nil {
      Issue.record("not a template: \(line)")
    }
    // One text at two severities is meant: a status of 502 reads like one of 200.
    let wildcards = texts.compactMap { text in text.map { "\($0.severity) \($0.wildcards)" } }
    #expect(Set(wildcards).count == wildcards.count, "twice in \(program.name)")
  }

  /// A misspelt parameter would stay in the text, with its braces.
  @Test func noParameterIsUnknown() {
    for template in landscape.templates {
      for case .literal(let text) in template.text.parts {
        var inside = text[...]
        while let open = inside.firstIndex(of: "{") {
          inside = inside[inside.index(after: open)...]
          let word = inside.prefix { $0.isLetter || $0.isNumber }
          let closes = inside.dropFirst(word.count).first == "}"
          #expect(word.isEmpty || !closes, "\(text)")
        }
      }
    }
  }

  @Test(arguments: Catalogue.programs)
  func callersAreInTheCatalogueAndCanFail(_ program: Program) {
    for name in program.callers {
      let caller = landscape.service(named: name)
      #expect(caller != nil, "\(program.name) is called by \(name)")
      if let caller {
        #expect(!landscape.templates(of: caller, role: .caller).isEmpty, "\(name)")
      }
    }
  }

  @Test func eachDeployedProgramStartsAndStops() {
    for service in landscape.services where service.program.isDeployed {
      let marks = service.templates.map { landscape.templates[$0].text.marks }
      let hasBoth =
        marks.contains { $0.contains(.startup) } && marks.contains { $0.contains(.shutdown) }
      #expect(hasBoth || service.program.name == "elasticsearch", "\(service.program.name)")
    }
  }

  @Test(arguments: ["x text", "i", "i@nothing text", "i/nothing text", "i% text", ""])
  func refusesWhatIsNotATemplate(_ line: String) {
    #expect(TemplateText(line[...], category: .other) == nil)
  }

  @Test func readsATemplate() throws {
    let text = try #require(
      TemplateText("e!#/database@outage pool {small} of {nothing} is empty", category: .trading))
    #expect(text.severity == .error)
    #expect(text.marks == [.incident, .traced])
    #expect(text.category == .database)
    #expect(text.role == .outage)
    #expect(text.wildcards == "pool <*> of {nothing} is empty")
  }
}

extension Program: CustomTestStringConvertible {
  package var testDescription: String { name }
}
