/// Which fusions lowering may apply. See `docs/decisions/001-what-one-access-is.md`.
public struct LoweringOptions: Hashable, Sendable {
    /// `fusion.unlock`: an `unlock` joins the step before it.
    public var fuseUnlock: Bool
    /// `fusion.guarded-read`: a read under the lock joins the step before it.
    public var fuseGuardedReads: Bool

    public init(fuseUnlock: Bool = true, fuseGuardedReads: Bool = true) {
        self.fuseUnlock = fuseUnlock
        self.fuseGuardedReads = fuseGuardedReads
    }
}
