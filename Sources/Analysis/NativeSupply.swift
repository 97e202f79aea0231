import Model
import NativeCode
import Synchronization

/// Compiled functions for a search, when it lasts long enough to be worth a compiler.
///
/// A search asks for them now and then. At first it goes on with the bytecode machine; many end before a compiler would
/// have started.
final class NativeSupply: Sendable {
    private let code: ModelCode
    private let start = ContinuousClock.now
    private let build = Mutex<NativeBuild?>(nil)

    /// How long a search runs before the compiler is started.
    private static let patience = Duration.milliseconds(80)

    init(_ code: ModelCode) { self.code = code }

    /// The functions, where they are ready.
    func functions() -> NativeFunctions? {
        build.withLock { build in
            if let build { return build.functions() }
            if ContinuousClock.now - start >= Self.patience { build = NativeBuild(code) }
            return nil
        }
    }
}
