import Foundation
import Testing

@Suite struct FileProbe {
    @Test func probe() throws {
        guard let path = ProcessInfo.processInfo.environment["FILE"] else { return }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard let prepared = Prepared(text) else {
            print("REJECTED", Prepared.rejections(text).map(\.message))
            return
        }
        let c = Comparison(prepared, limit: 100_000)
        print("RAN", c?.states ?? -1, c?.differences ?? [])
    }
}
