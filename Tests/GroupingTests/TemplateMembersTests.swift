import Testing

@testable import Grouping

@Suite struct TemplateMembersTests {
  private func all(_ members: TemplateMembers, of template: Int) -> [Int] {
    var found: [Int] = []
    members.forEach(of: template) { found.append($0) }
    return found.sorted()
  }

  private func unjoined(_ members: TemplateMembers, of template: Int) -> [Int] {
    var found: [Int] = []
    members.forEachUnjoined(of: template) { found.append($0) }
    return found.sorted()
  }

  @Test func membersFollowTheirTemplateAndAreToBeJoinedAnew() {
    var members = TemplateMembers()
    for plain in 0..<6 { members.add(plain, to: plain % 3) }
    #expect([0, 1, 2] == members.unjoinedTemplates)
    members.forgetUnjoined()
    #expect(members.unjoinedTemplates.isEmpty)
    members.move(2, to: 7)
    members.unjoin(0, of: 0)
    members.unjoin(0, of: 0)
    #expect([0, 7] == members.unjoinedTemplates)
    #expect([0] == unjoined(members, of: 0))
    #expect([2, 5] == unjoined(members, of: 7))
    #expect([2, 5] == all(members, of: 7))
    #expect(all(members, of: 2).isEmpty)
    // What has not been joined when its template goes is joined in the next one.
    members.move(7, to: 0)
    #expect([0] == members.unjoinedTemplates)
    #expect([0, 2, 5] == unjoined(members, of: 0))
    #expect([0, 2, 3, 5] == all(members, of: 0))
  }

  @Test func whatHasNoMembersMovesNothing() {
    var members = TemplateMembers()
    members.move(4, to: 2)
    #expect(all(members, of: 2).isEmpty)
    #expect(members.unjoinedTemplates.isEmpty)
  }
}
