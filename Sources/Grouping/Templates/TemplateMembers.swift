/// The plain shapes of each template in play, and which of them are not yet joined into its kinds.
///
/// Chains over flat arrays by the numbers of templates and plain shapes; -1 ends one. In what order a chain has
/// its members makes no difference.
struct TemplateMembers {
  private struct Chains {
    var first: Int32 = -1
    var firstUnjoined: Int32 = -1
  }

  private struct Member {
    var next: Int32 = -1
    /// -2 where it is joined.
    var nextUnjoined: Int32 = -2
  }

  private var chains: [Chains] = []
  private var members: [Member] = []
  /// Templates that have had an unjoined member since the last `forgetUnjoined`.
  private var touched: [Int32] = []

  /// Notes a plain shape as a new member of a template.
  mutating func add(_ plain: Int, to template: Int) {
    while members.count <= plain { members.appendTightly(Member()) }
    while chains.count <= template { chains.appendTightly(Chains()) }
    members[plain].next = chains[template].first
    chains[template].first = Int32(plain)
    unjoin(plain, of: template)
  }

  /// Notes that a member's kinds are to be joined into its template's.
  mutating func unjoin(_ plain: Int, of template: Int) {
    guard members[plain].nextUnjoined == -2 else { return }
    if chains[template].firstUnjoined < 0 { touched.append(Int32(template)) }
    members[plain].nextUnjoined = chains[template].firstUnjoined
    chains[template].firstUnjoined = Int32(plain)
  }

  /// Gives the members of a template to another, which has to join them.
  mutating func move(_ template: Int, to other: Int) {
    guard template < chains.count else { return }
    while chains.count <= other { chains.appendTightly(Chains()) }
    forgetUnjoined(of: template)
    var at = chains[template].first
    chains[template].first = -1
    while at >= 0 {
      let next = members[Int(at)].next
      add(Int(at), to: other)
      at = next
    }
  }

  /// Templates with unjoined members, in order.
  var unjoinedTemplates: [Int] {
    var templates: [Int] = []
    for template in touched.sorted()
    where chains[Int(template)].firstUnjoined >= 0 && templates.last != Int(template) {
      templates.append(Int(template))
    }
    return templates
  }

  mutating func forgetUnjoined() {
    for template in touched { forgetUnjoined(of: Int(template)) }
    touched.removeAll(keepingCapacity: true)
  }

  private mutating func forgetUnjoined(of template: Int) {
    var at = chains[template].firstUnjoined
    chains[template].firstUnjoined = -1
    while at >= 0 {
      let next = members[Int(at)].nextUnjoined
      members[Int(at)].nextUnjoined = -2
      at = next
    }
  }

  func forEach(of template: Int, _ body: (Int) -> Void) {
    var at = template < chains.count ? chains[template].first : -1
    while at >= 0 {
      body(Int(at))
      at = members[Int(at)].next
    }
  }

  func forEachUnjoined(of template: Int, _ body: (Int) -> Void) {
    var at = template < chains.count ? chains[template].firstUnjoined : -1
    while at >= 0 {
      body(Int(at))
      at = members[Int(at)].nextUnjoined
    }
  }
}
