/// The fixed part of a stream: its services, where they run, and the templates that they write.
package struct Landscape: Sendable {
  package struct Service: Sendable {
    package var program: Program
    package var templates: Range<Int>
    /// Its instances follow each other; slot `n` of a service on every host is host `n`.
    var firstInstance: Int
    package var instanceCount: Int
    /// Its part of all entries; the parts sum to 1.
    var share: Double
  }

  struct Instance: Sendable {
    var service: Int
    var host: Int
  }

  package struct Template: Sendable {
    package var service: Int
    /// Its place among the service's templates.
    var number: Int
    package var text: TemplateText
  }

  package private(set) var services: [Service] = []
  private(set) var instances: [Instance] = []
  package private(set) var templates: [Template] = []
  package let hosts: [String]

  init(_ settings: StreamSettings) {
    let roles = ["app", "db", "edge", "core", "feed", "node"]
    hosts = (0..<settings.hostCount).map { index in
      let number = index / roles.count + 1
      return "\(roles[index % roles.count])-\(number < 10 ? "0" : "")\(number)"
    }
    let programs = Catalogue.programs.prefix(settings.serviceCount)
    let total = programs.reduce(0) { $0 + $1.share }
    for (index, program) in programs.enumerated() {
      let first = templates.count
      for line in program.text.split(separator: "\n") {
        if let text = TemplateText(line, category: program.category) {
          templates.append(Template(service: index, number: templates.count - first, text: text))
        }
      }
      let places: [Int]
      switch program.placement {
      case .everyHost: places = Array(hosts.indices)
      case .hosts(let count):
        places = (0..<min(count, hosts.count)).map { ($0 * 3 + index) % hosts.count }
      }
      services.append(
        Service(
          program: program, templates: first..<templates.count, firstInstance: instances.count,
          instanceCount: places.count, share: program.share / total))
      for host in places { instances.append(Instance(service: index, host: host)) }
    }
  }

  package func service(named name: String) -> Int? {
    services.firstIndex { $0.program.name == name }
  }

  /// A service's templates of a role, in the catalogue's order.
  package func templates(of service: Int, role: TemplateText.Role) -> [Int] {
    services[service].templates.filter { templates[$0].text.role == role }
  }

  /// A service's templates with a mark.
  func templates(of service: Int, marked mark: TemplateText.Marks) -> [Int] {
    services[service].templates.filter {
      templates[$0].text.marks.contains(mark) && templates[$0].text.role == .none
    }
  }

  /// All that comes at an interval.
  func beats(seed: UInt64) -> [Beat] {
    templates.indices.flatMap { template -> [Beat] in
      let service = templates[template].service
      return (0..<services[service].instanceCount).compactMap {
        Beat(
          template, role: templates[template].text.role, service: service, slot: $0, seed: seed)
      }
    }
  }

  func instance(of service: Int, slot: Int) -> Int {
    services[service].firstInstance + slot % max(services[service].instanceCount, 1)
  }
}
