import Foundation
import Reports
import SchemaTestSupport
import Testing

@Suite("Counterexample files")
struct CounterexampleFileTests {
    private func problem(_ text: String) -> CounterexampleFile.Problem? {
        do {
            _ = try CounterexampleFile.decode(text.utf8)
            return nil
        } catch {
            return error
        }
    }

    /// The sample with one field replaced, as a foreign hand would.
    private func tampered(_ old: String, _ new: String) -> String {
        let text = CounterexampleFile.encode(Samples.two)
        #expect(text.contains(old))
        return text.replacing(old, with: new, maxReplacements: 1)
    }

    @Test("What was written is read back unchanged, and written again as the same bytes")
    func roundTrip() throws {
        var other = Samples.two
        other.variant = nil
        other.failure.conjunct = nil
        other.settings = [.init(name: "rounds", value: "2")]
        for sample in [Samples.two, other] {
            let text = CounterexampleFile.encode(sample)
            let back = try CounterexampleFile.decode(text.utf8)
            #expect(back == sample)
            #expect(CounterexampleFile.encode(back) == text)
        }
    }

    @Test("Every truncation is refused")
    func truncated() {
        let bytes = Array(CounterexampleFile.encode(Samples.two).utf8.dropLast())
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: CounterexampleFile.Problem.unreadable) {
                try CounterexampleFile.decode(bytes.prefix(length))
            }
        }
    }

    @Test(
        "JSON of others is called foreign",
        arguments: ["{}", "[]", "3", "null", "\"faultline\"", #"{"version": 1}"#, #"{"format": 7, "version": 1}"#])
    func foreign(text: String) { #expect(problem(text) == .foreign) }

    @Test("Bytes that are no JSON are refused", arguments: ["", "FL", "{,}", String(repeating: "[", count: 200_000)])
    func noJSON(text: String) { #expect(problem(text) == .unreadable) }

    @Test("Bytes that are no text are refused")
    func noText() {
        #expect(throws: CounterexampleFile.Problem.unreadable) { try CounterexampleFile.decode([0xFF, 0x00, 0xC3]) }
    }

    @Test("A newer format is named as such, whatever else the file holds")
    func newer() {
        #expect(problem(tampered(#""version": 1"#, #""version": 2"#)) == .newer(found: 2, supported: 1))
        let unknown = #"{"format": "faultline.counterexample", "version": 9, "story": true}"#
        #expect(problem(unknown) == .newer(found: 9, supported: 1))
    }

    @Test(
        "A version that is no positive number is malformed",
        arguments: ["0", "-1", "\"1\"", "1.5", "null", "123456789012345678901234567890"])
    func badVersion(text: String) {
        let expected = CounterexampleFile.Problem.malformed(
            field: "version", reason: "a positive number is expected")
        #expect(problem(tampered(#""version": 1"#, "\"version\": \(text)")) == expected)
    }

    @Test("A field that is missing or of another type is named with its place")
    func malformed() {
        #expect(
            problem(tampered(#""process": "user[T0]","#, ""))
                == .malformed(field: "steps[2].process", reason: "it is missing"))
        #expect(
            problem(tampered(#""held": ["ptl[M0]"]"#, #""held": "ptl[M0]""#))
                == .malformed(field: "steps[1].held", reason: "it has the wrong type"))
        #expect(
            problem(tampered(#""contextSwitches": 3"#, #""contextSwitches": null"#))
                == .malformed(field: "contextSwitches", reason: "it has the wrong type"))
    }

    @Test("Fields that contradict each other are refused")
    func inconsistent() {
        #expect(
            problem(tampered(#""number": 2"#, #""number": 9"#)) == .inconsistent("step 2 has the number 9"))
        #expect(
            problem(tampered(#""process": "evictor""#, #""process": "ghost""#))
                == .inconsistent("step 1 is of a process that is not listed: ghost"))
        #expect(
            problem(tampered(#"["user[T0]", "evictor", "forker"]"#, #"["user[T0]", "evictor", "evictor"]"#))
                == .inconsistent("a process is listed twice"))
        #expect(
            problem(tampered(#""contextSwitches": 3"#, #""contextSwitches": 60"#))
                == .inconsistent("60 context switches do not fit the number of steps"))
    }

    @Test("A damaged file never ends in anything but a problem or a counterexample that can be rendered")
    func damaged() {
        let bytes = Array(CounterexampleFile.encode(Samples.two).utf8)
        var seed: UInt64 = 1
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        var refused = 0
        for _ in 0..<400 {
            var damaged = bytes
            for _ in 0...next(3) { damaged[next(damaged.count)] = UInt8(next(256)) }
            do {
                _ = RaceDiagram().render(try CounterexampleFile.decode(damaged))
            } catch {
                refused += 1
                #expect(!"\(error)".isEmpty)
            }
        }
        #expect(refused > 100)
    }

    @Test("The path names spec, scenario, variant and property")
    func paths() {
        var sample = Samples.two
        #expect(
            CounterexampleFile.path(for: sample) == "counterexamples/specs/linux/cow/small.swap_aba.content.json")
        sample.variant = nil
        sample.failure.property = "use after free"
        #expect(CounterexampleFile.path(for: sample) == "counterexamples/specs/linux/cow/small.use-after-free.json")
        sample.failure.property = "ideal.allowed"
        #expect(CounterexampleFile.path(for: sample) == "counterexamples/specs/linux/cow/small.ideal-allowed.json")
    }

    @Test(
        "The path stays below its folder",
        arguments: ["/specs/a.fl", "../../specs/a.fl", "./specs/a.fl", "specs//x/../a.fl"])
    func containment(spec: String) {
        var sample = Samples.two
        sample.spec = spec
        sample.scenario = "../../up"
        let parts = CounterexampleFile.path(for: sample).split(separator: "/", omittingEmptySubsequences: false)
        #expect(parts.first == "counterexamples")
        #expect(!parts.contains("..") && !parts.contains("") && !parts.contains("."))
    }
}
