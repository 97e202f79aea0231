import Model
import ModelTestSupport
import Testing

@Suite("Events of a model")
struct EventTests {
    /// Two actions at one location, the first without a choice: each tells of its own event.
    private static var model: Model {
        var model = Model(name: "m")
        model.events = [
            Event(name: "seen", arguments: [.range(lower: 0, upper: 3)]), Event(name: "none", arguments: []),
        ]
        let process = model.process("p", locations: 2)
        model.action(process, at: 0, [.observe(0, [c(1)]), .observe(1, []), .jump(location: 1)])
        model.action(process, at: 0, [choose(0, 3), .observe(0, [r(0)]), .jump(location: 1)])
        model.action(process, at: 1, [.jump(location: 1)])
        model.pack()
        return model
    }

    @Test("Each successor has its events, in order, and plain code has none of them")
    func successors() throws {
        let machine = Machine(try ModelCode(Self.model, marks: .events))
        let buffer = SuccessorBuffer()
        var events: [[ObservedEvent]] = []
        Array(repeating: UInt64(0), count: machine.code.wordCount).withUnsafeBufferPointer { state in
            guard let start = state.baseAddress else { return }
            machine.expand(start, into: buffer, events: &events)
        }
        let seen = { ObservedEvent(event: 0, arguments: [$0]) }
        #expect(events == [[seen(1), ObservedEvent(event: 1, arguments: [])], [seen(0)], [seen(1)], [seen(2)]])
        #expect(buffer.contents.count == 4)
    }

    @Test("The text of a model keeps its events")
    func text() throws {
        #expect(try Model(parsing: Self.model.text) == Self.model)
    }

    @Test("Events that do not exist, have other arguments, or are in the initial state are problems")
    func validation() {
        var model = Self.model
        model.events.removeLast()
        #expect(model.validate().map(\.message).contains("event 1 does not exist"))
        model = Self.model
        model.events[0] = Event(name: "seen", arguments: [])
        #expect(model.validate().map(\.message).contains("event 0 with 1 arguments"))
        model = Self.model
        model.initial = [.observe(1, [])]
        #expect(model.validate().map(\.message).contains("tells of an event outside a process"))
    }
}
