import Testing

@testable import Reporting

@Suite struct RenderingTests {
  @Test func aDayAsText() throws {
    var report = try Fixture.report(Fixture.day)
    report.inputs = ["/var/lib/softbounce/journal"]
    let text = TextRenderer(width: 80).render(report)
    print(text)
  }
}
