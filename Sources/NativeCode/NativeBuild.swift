import Foundation
import Model
import Synchronization

/// The compilation of one model, on a thread of its own.
///
/// It ends with functions or with a reason why there are none; it never ends the process, and never waits for longer
/// than the time limit of its options for each compiler that is there. Dropping the last reference cancels it.
public final class NativeBuild: Sendable {
    private let work: NativeWork

    /// Starts at once. A cached library is there after a few milliseconds.
    public init(_ code: ModelCode, options: NativeOptions = NativeOptions()) {
        let work = NativeWork(code, options)
        self.work = work
        let thread = Thread { work.run() }
        // Expressions may be nested deep.
        thread.stackSize = 64 << 20
        thread.name = "native code"
        thread.start()
    }

    deinit { work.cancel() }

    /// The functions once they are there; an atomic load. They may be called until the process ends.
    public func functions() -> NativeFunctions? { work.outcome?.functions }

    /// Why there will be no functions.
    public var failure: NativeFailure? { work.outcome?.failure }

    /// Ends the compiler, soon. A build that is finished stays as it is.
    public func cancel() { work.cancel() }

    /// Waits for the end.
    ///
    /// - Throws: what ``failure`` says.
    public func wait() throws(NativeFailure) -> NativeFunctions {
        work.wait()
        guard let outcome = work.outcome, let functions = outcome.functions else { throw failure ?? .cancelled }
        return functions
    }

    /// Whether the library came out of the cache; for tests and figures.
    public var isFromCache: Bool { work.outcome?.isFromCache ?? false }
}

/// What the thread and the owner of a build share.
private final class NativeWork: Sendable {
    final class Outcome: Sendable {
        let functions: NativeFunctions?
        let failure: NativeFailure?
        let isFromCache: Bool

        init(functions: NativeFunctions?, failure: NativeFailure?, isFromCache: Bool) {
            self.functions = functions
            self.failure = failure
            self.isFromCache = isFromCache
        }
    }

    private let code: ModelCode
    private let options: NativeOptions
    private let isCancelled = Atomic<Bool>(false)
    private let finished = AtomicLazyReference<Outcome>()
    private let group = DispatchGroup()

    init(_ code: ModelCode, _ options: NativeOptions) {
        self.code = code
        self.options = options
        group.enter()
    }

    var outcome: Outcome? { finished.load() }

    func cancel() { isCancelled.store(true, ordering: .relaxed) }

    func wait() { group.wait() }

    func run() {
        let builder = LibraryBuilder(options: options) { self.isCancelled.load(ordering: .relaxed) }
        let outcome: Outcome
        do throws(NativeFailure) {
            let (library, isFromCache) = try builder.library(for: code)
            outcome = Outcome(functions: library.functions, failure: nil, isFromCache: isFromCache)
        } catch {
            outcome = Outcome(functions: nil, failure: error, isFromCache: false)
        }
        _ = finished.storeIfNil(outcome)
        group.leave()
    }
}
