import Foundation
import Synchronization

/// Runs work in threads of its own, so many at a time, and hands each result to the caller's thread as it comes.
public struct WorkerPool: Sendable {
    private let threads: Int

    /// The stack of a thread: the front end and the interpreter follow specs as deep as they are nested.
    private static let stackSize = 16 << 20

    public init(threads: Int) { self.threads = max(1, threads) }

    /// All results, in the order of the inputs.
    public func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ work: @escaping @Sendable (Input) -> Output
    ) -> [Output] {
        var outputs = [Output?](repeating: nil, count: inputs.count)
        run(inputs, work) { number, output in
            outputs[number] = output
            return true
        }
        return outputs.compactMap { $0 }
    }

    /// Inputs are begun in their order; `each` gets results in the order in which they are ready, and says whether more
    /// is to be begun. Ends when all that was begun has ended.
    func run<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ work: @escaping @Sendable (Input) -> Output, each: (Int, Output) -> Bool
    ) {
        let finished = Channel<(Int, Output)>()
        var next = 0
        var running = 0
        var goesOn = true
        while true {
            while goesOn, running < threads, next < inputs.count {
                let (number, input) = (next, inputs[next])
                let thread = Thread { finished.send((number, work(input))) }
                thread.stackSize = Self.stackSize
                thread.start()
                next += 1
                running += 1
            }
            guard running > 0 else { return }
            let (number, output) = finished.receive()
            running -= 1
            if !each(number, output) { goesOn = false }
        }
    }
}

/// Values from several threads to one.
private final class Channel<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])
    private let filled = DispatchSemaphore(value: 0)

    func send(_ value: Value) {
        values.withLock { $0.append(value) }
        filled.signal()
    }

    /// Waits for one.
    func receive() -> Value {
        while true {
            filled.wait()
            if let value = values.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return value }
        }
    }
}
