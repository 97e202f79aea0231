import Foundation
import Synchronization
import Testing

@testable import Suites

struct WorkerPoolTests {
    @Test("results are in the order of the inputs, for any number of threads", arguments: [1, 2, 7, 64])
    func order(threads: Int) {
        let squares = WorkerPool(threads: threads).map(Array(0..<50)) { number in
            if number % 7 == 0 { Thread.sleep(forTimeInterval: 0.002) }
            return number * number
        }
        #expect(squares == (0..<50).map { $0 * $0 })
        #expect(WorkerPool(threads: threads).map([Int]()) { $0 } == [])
    }

    @Test("no more threads run at a time than there may be")
    func bound() {
        let running = Atomic<Int>(0)
        let most = Atomic<Int>(0)
        _ = WorkerPool(threads: 3).map(Array(0..<40)) { _ in
            let now = running.add(1, ordering: .sequentiallyConsistent).newValue
            most.max(now, ordering: .sequentiallyConsistent)
            Thread.sleep(forTimeInterval: 0.001)
            running.subtract(1, ordering: .sequentiallyConsistent)
        }
        #expect((1...3).contains(most.load(ordering: .sequentiallyConsistent)))
    }

    @Test("nothing is begun once a result says so")
    func stopping() {
        let begun = Atomic<Int>(0)
        var seen: [Int] = []
        WorkerPool(threads: 1).run(Array(0..<10)) { number in
            begun.add(1, ordering: .sequentiallyConsistent)
            return number
        } each: { _, number in
            seen.append(number)
            return number < 3
        }
        #expect(seen == [0, 1, 2, 3])
        #expect(begun.load(ordering: .sequentiallyConsistent) == 4)
    }

    @Test("values in any order are given on in the order of their numbers")
    func delivery() {
        var delivery = OrderedDelivery<String>()
        #expect(delivery.add("c", at: 2).isEmpty)
        #expect(delivery.add("a", at: 0).map(\.value) == ["a"])
        #expect(delivery.add("b", at: 1).map(\.value) == ["b", "c"])
        #expect(delivery.add("d", at: 3).map(\.number) == [3])
    }
}
