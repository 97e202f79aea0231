import Foundation
import Reports
import Testing

@testable import Suites

struct BaselineTests {
    private func baseline(_ results: [RunResult]) -> Baseline {
        var baseline = Baseline(file: "base.json")
        baseline.update(results)
        return baseline
    }

    @Test("what is written is read again, and the same runs give the same bytes")
    func roundTrip() throws {
        let results: [RunResult] = [.sample(), .violated, .sample(spec: "b/c.fl", variant: "v")]
        let data = try baseline(results).data
        #expect(try Baseline(data, file: "base.json").data == data)
        #expect(try baseline([results[2], results[0], results[1]]).data == data)
    }

    @Test("each figure that is not as before is drift, with both values")
    func drift() {
        let old = baseline([.sample()])
        #expect(old.drift(of: .sample()) == [])
        #expect(old.drift(of: .sample(states: 11)) == [.init(figure: "states", before: "10", now: "11")])
        #expect(
            old.drift(of: .violated) == [
                .init(figure: "verdict", before: "holds", now: "violated content"),
                .init(figure: "steps", before: "none", now: "3"),
            ])
        #expect(old.drift(of: .sample(variant: "v")) == nil)
    }

    @Test("the figures of an inconclusive run are neither written nor compared")
    func inconclusive() {
        let old = baseline([.sample()])
        #expect(
            old.drift(of: .sample(.inconclusive, asExpected: false, states: 99)) == [
                .init(figure: "verdict", before: "holds", now: "inconclusive")
            ])
        var new = old
        new.update([.sample(.inconclusive, asExpected: false, states: 99)])
        #expect(new.drift(of: .sample()) == [])
    }

    @Test("configurations that are no more are known, and dropped, where their spec was tested whole")
    func gone() {
        var old = baseline([.sample(), .sample(variant: "v"), .sample(spec: "b.fl")])
        #expect(old.gone([("specs/a.fl", "small")]) == ["specs/a.fl small/v"])
        old.drop(exceptFor: [("specs/a.fl", "small")])
        #expect(old.gone([("specs/a.fl", "small")]) == [])
        #expect(old.figures(spec: "b.fl", configuration: "small") != nil)
    }

    @Test("a baseline of another version, and what is none, are told apart")
    func problems() {
        func problem(_ text: String) -> Baseline.Problem? {
            do throws(Baseline.Problem) {
                _ = try Baseline(Data(text.utf8), file: "base.json")
                return nil
            } catch { return error }
        }
        #expect(problem(#"{"format": "faultline-baseline", "version": 1, "runs": {}}"#) == nil)
        #expect(problem(#"{"format": "faultline-baseline", "version": 9, "shape": []}"#) == .otherVersion(9))
        for text in ["", "[]", "{", #"{"version": 1}"#, #"{"format": "x", "version": 1, "runs": {}}"#] {
            #expect(problem(text) == .damaged)
        }
        #expect(problem(#"{"format": "faultline-baseline", "version": 1, "runs": 3}"#) == .damaged)
    }
}
