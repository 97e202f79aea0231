/// The stable codes of all diagnostics. A code is never reused for another meaning.
///
/// 01xx text and syntax · 02xx modules, names, types · 03xx accesses, guards, locks, steps · 04xx ghost state ·
/// 05xx vacuity and scenarios · 06xx expectations · 07xx files and options · 08xx models and traces · 09xx the C that a spec cites.
public enum DiagnosticCode: String, CaseIterable, Sendable {
    // MARK: 01 Text and syntax
    /// A byte sequence that is no UTF-8, or a character that no token starts with.
    case badCharacter = "FL0101"
    /// A string or a block comment that does not end.
    case unterminated = "FL0102"
    /// A number that does not fit, or is malformed.
    case badNumber = "FL0103"
    /// Something else was expected here.
    case expected = "FL0104"
    /// A bracket without its partner.
    case unbalanced = "FL0105"
    /// Nesting deeper than the parser follows.
    case tooDeep = "FL0106"
    /// `=` where `==` was meant, or the opposite.
    case assignOrCompare = "FL0110"
    /// A pattern that reuses a name that is already in scope: a pattern always introduces a new name.
    case patternReusesName = "FL0120"

    // MARK: 02 Modules, names, types
    case unknownModule = "FL0201"
    case importCycle = "FL0202"
    case unknownName = "FL0203"
    case duplicateName = "FL0204"
    case wrongKindOfName = "FL0205"
    case typeMismatch = "FL0206"
    case wrongArguments = "FL0207"
    case notConstant = "FL0208"
    case badRange = "FL0209"
    case notExhaustive = "FL0210"
    case symmetricDomainMisused = "FL0211"
    case recursion = "FL0212"
    case cellTooWide = "FL0213"
    case setTooLarge = "FL0214"
    case notAssignable = "FL0215"
    case misplacedStatement = "FL0216"
    case unknownSetting = "FL0217"
    case missingSize = "FL0218"
    case cannotInfer = "FL0219"
    case notSupported = "FL0220"
    case missingReturn = "FL0221"
    case tooLarge = "FL0222"
    /// A `theorem` reads a variable.
    case theoremReadsState = "FL0223"

    // MARK: 03 Accesses, guards, locks, steps
    /// Two unprotected shared accesses in one statement.
    case twoAccesses = "FL0301"
    /// A guarded variable is written, or read without `racy`, while its lock is not held on some path.
    case guardNotHeld = "FL0302"
    /// Two lock classes are taken in both orders.
    case lockOrder = "FL0303"
    /// A load and a store of one cell in one statement.
    case loadAndStore = "FL0304"
    /// A cell field that is also written without the lock changes between load and store.
    case unlockedWriter = "FL0305"
    /// A lock is taken that is already held.
    case doubleLock = "FL0306"
    /// A lock is released that is not held.
    case strangerUnlock = "FL0307"
    /// A process comes to rest, or a handler returns, with a lock that its signature does not mention.
    case lockLeak = "FL0308"
    /// A spinlock is held across a wait.
    case sleepUnderSpinlock = "FL0309"
    /// The result of an `each` inside one step depends on the order.
    case orderMatters = "FL0310"
    /// Two locks of one array are held together without `nested` or an order.
    case missingNested = "FL0311"
    /// A wait that only optional hardware can end.
    case awaitsHardware = "FL0312"
    /// The held locks differ between two ways to the same point.
    case heldDiffers = "FL0313"
    case holeNotBound = "FL0320"
    case writtenOutside = "FL0321"

    // MARK: 04 Ghost state
    case ghostSteers = "FL0401"
    case ghostWritesReal = "FL0402"

    // MARK: 05 Vacuity and scenarios
    case neverEvaluated = "FL0501"
    case neverExecuted = "FL0502"
    case readsVanished = "FL0503"
    case noScenario = "FL0504"
    case progressNotChecked = "FL0505"
    /// A way out of a statement that no step takes.
    case branchNeverTaken = "FL0506"
    /// What an invariant or transition claims something of does not occur.
    case premiseNeverHeld = "FL0507"
    /// No step ends where all processes are at rest.
    case neverAtRest = "FL0508"
    /// Processes come to a wait, and it is never over.
    case waitNeverOver = "FL0509"
    /// No run needs as many rounds of a loop as it may take.
    case boundNeverHit = "FL0510"
    /// A variable that wraps around never gets so far.
    case neverWraps = "FL0511"
    /// An `@allow` without a finding.
    case allowsNothing = "FL0512"

    // MARK: 06 Expectations
    case expectationNotMet = "FL0601"
    case initNotSymmetric = "FL0602"
    case symmetryOff = "FL0603"
    /// The program `git` can't be run.
    case noGit = "FL0610"
    /// A revision is asked for outside a repository.
    case noRepository = "FL0611"
    case unknownRevision = "FL0612"
    /// A revision has no such file.
    case notInRevision = "FL0613"
    /// Two versions of a spec have no configuration in common.
    case nothingToCompare = "FL0614"
    /// A scenario that is to judge mutants is violated without any.
    case unfitMutationJudge = "FL0620"
    /// No scenario can judge mutants.
    case noMutationJudge = "FL0621"
    /// A scenario judges no mutant, because its own search met a budget.
    case slowMutationJudge = "FL0622"
    /// An attribute that allows a finding which is not there.
    case staleAllowance = "FL0623"
    /// Conflicting accesses that no common lock orders.
    case unorderedAccesses = "FL0624"

    // MARK: 07 Files and options
    case cannotRead = "FL0701"
    case cannotWrite = "FL0702"
    case unknownScenario = "FL0703"
    case badOption = "FL0704"
    case notASpec = "FL0705"
    case noDisk = "FL0706"
    /// A saved search that can't be gone on with, or would be lost.
    case badCheckpoint = "FL0707"
    /// A search could not be saved.
    case notSaved = "FL0708"
    /// An entry of the cache that is not whole.
    case damagedCache = "FL0710"
    case unwritableCache = "FL0711"
    /// An entry of the cache that says what is not seen again.
    case refutedCache = "FL0712"
    /// What has changed since a revision is not known, or a spec has gone.
    case unknownChanges = "FL0713"
    /// A list of known failures that is not understood, or an entry that is about nothing.
    case badKnownFailures = "FL0714"
    /// A baseline that is not understood, or is about other runs.
    case badBaseline = "FL0715"
    /// A report that can't be written; the others are.
    case reportNotWritten = "FL0716"

    // MARK: 08 Models and traces
    case badTrace = "FL0802"
    /// An engine needs a solver that is not there.
    case noSolver = "FL0810"
    case internalError = "FL0899"

    // MARK: 09 The C that a spec cites
    /// A cited file is not in the source tree.
    case citedFileGone = "FL0901"
    /// A cited function is not in its file.
    case citedFunctionGone = "FL0902"
    /// A cited function has changed since the spec was compared with it.
    case citedFunctionChanged = "FL0903"
    /// Nobody has compared the spec with a cited function.
    case citationNotReviewed = "FL0904"
}
