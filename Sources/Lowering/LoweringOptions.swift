/// Which fusions lowering may apply. See `docs/decisions/001-what-one-access-is.md`.
public struct LoweringOptions: Hashable, Sendable {
    /// `fusion.unlock`: an `unlock` joins the step before it.
    public var fuseUnlock: Bool
    /// `fusion.guarded-read`: a read under the lock joins the step before it.
    public var fuseGuardedReads: Bool
    /// Whether the model tells of every `commit`, see ``Model/Model/events``. No fusion hides then when one is made, or
    /// when a process comes to rest.
    public var tellsCommits: Bool
    /// Whether symbolic constants are left free, see ``Model/Variable/isFree``, and choices may be among any number of values.
    /// Otherwise `init` chooses their values, and FL0222 refuses choices among too many.
    public var freesConstants: Bool
    /// Optionals and enumerations of more bits are kept in several cells; at most 64. Less is for tests: what happens is
    /// the same.
    public var widestCode: Int

    public init(
        fuseUnlock: Bool = true, fuseGuardedReads: Bool = true, tellsCommits: Bool = false,
        freesConstants: Bool = false,
        widestCode: Int = 64
    ) {
        self.widestCode = widestCode
        self.freesConstants = freesConstants
        self.fuseUnlock = fuseUnlock
        self.fuseGuardedReads = fuseGuardedReads
        self.tellsCommits = tellsCommits
    }
}
