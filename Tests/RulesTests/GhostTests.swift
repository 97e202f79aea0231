import Diagnostics
import Program
import ProgramBuilding
import Testing

@testable import Rules

@Suite struct GhostTests {
    @Test("A ghost value must not decide a branch")
    func branch() {
        let f = Fixture()
        let found = f.findings([f.b.ifElse(f.b.read(f.ghost), [f.setX()])])
        #expect(found.map(\.code) == [.ghostSteers])
        #expect(found.first?.message == "ghost value `ideal` decides a branch; ghost state must not change behaviour")
    }

    @Test("A local carries a ghost value on")
    func carried() {
        let f = Fixture()
        let v = f.b.local("v", .bool)
        let w = f.b.local("w", .bool)
        let body = [f.b.bind(v, f.b.read(f.ghost)), f.b.bind(w, f.b.not(v)), f.b.set(f.b.place(f.x), w)]
        #expect(f.codes(body) == [.ghostSteers])
    }

    @Test("A ghost value must not be waited for, be an argument, or be a result")
    func otherUses() {
        let wait = Fixture()
        #expect(wait.codes([wait.b.stmt(.await(wait.b.read(wait.ghost)))]) == [.ghostSteers])
        let argument = Fixture()
        _ = argument.b.parameter("v", .bool)
        let handler = argument.b.handler("take", [])
        #expect(argument.codes([argument.b.call(handler, [argument.b.read(argument.ghost)])]) == [.ghostSteers])
        let result = Fixture()
        _ = result.b.handler("give", result: .bool, [result.b.stmt(.returnValue(result.b.read(result.ghost)))])
        #expect(result.codes([result.setX()]) == [.ghostSteers])
    }

    @Test("Asserts and commits may read ghost values")
    func watching() {
        let f = Fixture()
        _ = f.b.parameter("v", .bool)
        let watch = f.b.handler("watch", isGhost: true, [])
        let body = [f.b.stmt(.assert(name: "a", f.b.read(f.ghost))), f.b.commit(watch, [f.b.read(f.ghost)])]
        #expect(f.codes(body).isEmpty)
    }

    @Test("A ghost handler writes ghost variables only, called or not")
    func ghostWrites() {
        let f = Fixture()
        let v = f.b.parameter("v", .bool)
        _ = f.b.handler("record", isGhost: true, [f.b.set(f.b.place(f.ghost), v)])
        _ = f.b.handler("spoil", isGhost: true, [f.setX()])
        #expect(f.codes([f.setX()]) == [.ghostWritesReal])
    }

    @Test("A ghost handler must not wait, lock or choose")
    func ghostSteps() {
        let f = Fixture()
        let m = f.b.local("m", f.mm)
        let body = [
            f.b.stmt(.await(f.b.read(f.ghost))), f.b.lock(f.b.place(f.sleep)),
            f.b.stmt(.choose([f.b.binder(m)], then: [], otherwise: nil)), f.b.stmt(.either([f.b.block([])])),
        ]
        _ = f.b.handler("busy", isGhost: true, body)
        #expect(f.codes([f.setX()]) == Array(repeating: DiagnosticCode.ghostWritesReal, count: 4))
    }

    @Test("A handler that nobody calls is not held against locks that its callers would hold")
    func neverCalled() {
        let f = Fixture()
        let p = f.b.parameter("p", f.mm)
        _ = f.b.handler("clear", [f.b.set(f.b.place(f.pte, [p]), f.b.bool(false))])
        #expect(f.codes([f.setX()]).isEmpty)
    }
}
