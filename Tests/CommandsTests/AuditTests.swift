import Foundation
import SchemaTestSupport
import Testing

/// `faultline audit`, as users call it.
struct AuditTests {
    /// The sum needs its first claim and not its second. `free` has no lock, `last` has one that not all take.
    private static let claims = """
        module claims

        domain Cpu
        var l: lock
        var sum: 0..7
        var free: 0..1
        var last: 0..1 guarded by l
        atomic var n: 0..7

        process adder[c: Cpu] {
            atomic("load and store are one") {
                sum += 1
            }
            atomic("nobody else looks") {
                n += 1
            }
            free = 1
            lock l
            last = 1
            unlock l
            let seen = racy(last)
        }
        process idle {}

        invariant added at rest { (all c in Cpu: adder[c].finished) implies sum == count(Cpu) }
        scenario small { Cpu = 2, without idle }

        """

    private static func audit(_ text: String, _ arguments: String...) throws -> Faultline.Run {
        let folder = try TemporaryFolder()
        try folder.write("claims.fl", text)
        return try Faultline.run(
            ["audit", "claims.fl"] + arguments, in: folder.url,
            environment: ["XDG_CACHE_HOME": folder.url.appendingPathComponent("cache").path])
    }

    @Test("each atomic claim is listed with what it covers and whether the verdict needs it")
    func atomicClaims() throws {
        let run = try Self.audit(Self.claims)
        #expect(run.status == 0, "\(run.err)")
        #expect(run.out.contains("claims.fl:11: \"load and store are one\"\n    reads sum; writes sum\n"), "\(run.out)")
        #expect(run.out.contains("`added` is violated in small after"), "\(run.out)")
        let second = run.out.components(separatedBy: "\"nobody else looks\"").last ?? ""
        #expect(second.contains("changes nothing"), "\(run.out)")
    }

    @Test("racy reads, cells without a lock, and conflicts without a common lock are listed")
    func races() throws {
        let run = try Self.audit(Self.claims)
        #expect(run.out.contains("racy reads: 1\n  claims.fl:21"), "\(run.out)")
        #expect(run.out.contains("  n (atomic): 0 reads and 0 writes"), "\(run.out)")
        #expect(run.out.contains("  free: 0 reads and 1 write outside"), "\(run.out)")
        #expect(run.out.contains("  free\n    adder writes at claims.fl:17"), "\(run.out)")
        #expect(run.out.contains("  last\n    adder writes at claims.fl:19: `last = 1`, holding l"), "\(run.out)")
        // Both sides are claimed to be one step.
        #expect(!run.out.contains("  sum\n"), "\(run.out)")
    }

    @Test("what the scopes leave out is told")
    func scopes() throws {
        let run = try Self.audit(Self.claims)
        #expect(run.out.contains("small: larger than Cpu = 2"), "\(run.out)")
        #expect(run.out.contains("left out: idle"), "\(run.out)")
        #expect(run.out.contains("sequential consistency"), "\(run.out)")
    }

    @Test("with --strict a conflict is an error, unless the spec allows it")
    func strict() throws {
        let run = try Self.audit(Self.claims, "--strict")
        #expect(run.status == 1 && Set(run.codes) == ["FL0624"], "\(run.err)")
        let allowed = Self.claims.replacing("    free = 1", with: "    @allow(race, \"a hint\")\n    free = 1")
            .replacing("    last = 1", with: "    @allow(race, \"a guess\")\n    last = 1")
        let fine = try Self.audit(allowed, "--strict")
        #expect(fine.status == 0, "\(fine.err)\(fine.out)")
        #expect(fine.out.contains("allowed: a hint"), "\(fine.out)")
        let stale = Self.claims.replacing("    lock l", with: "    @allow(race, \"none\")\n    lock l")
        #expect(try Self.audit(stale).codes == ["FL0623"])
    }

    @Test("elements that are a process's own are no conflict, and locks that belong to the element order")
    func elements() throws {
        let text = """
            module elements

            domain Cpu
            var l[Cpu]: lock
            var mine[Cpu]: 0..1
            var yours[c: Cpu]: 0..1 guarded by l[c]

            process user[c: Cpu] {
                mine[c] = 1
                choose other in Cpu
                lock l[other]
                yours[other] = 1
                unlock l[other]
            }

            invariant sane { all c in Cpu: mine[c] <= 1 and racy(yours[c]) <= 1 }
            scenario small { Cpu = 2 }

            """
        let run = try Self.audit(text, "--strict")
        #expect(run.out.contains("accesses that no common lock orders: 0 pairs"), "\(run.out)")
        #expect(run.status == 0, "\(run.err)")
        let other = try Self.audit(text.replacing("    mine[c] = 1\n", with: "    choose o in Cpu\n    mine[o] = 1\n"))
        #expect(other.out.contains("accesses that no common lock orders: 1 pair"), "\(other.out)")
    }

    @Test("the JSON follows its schema")
    func json() throws {
        let run = try Self.audit(Self.claims, "--format", "json")
        let document = try JSON(run.out)
        #expect(try SchemaValidator("audit.schema.json").problems(document) == [])
        #expect(document["specs"]?.elements.first?["claims"]?.elements.count == 2)
        #expect(document["specs"]?.elements.first?["conflicts"]?.elements.count == 2)
    }

    @Test("bad input has a code and a status")
    func refusals() throws {
        let folder = try TemporaryFolder()
        try folder.write("typo.fl", Samples.typo)
        #expect(try folder.run("audit", "typo.fl").codes == ["FL0203"])
        #expect(try folder.run("audit", "missing.fl").status == 2)
        #expect(try folder.run("audit", "typo.fl", "--variant", "x").codes == ["FL0704"])
    }
}
