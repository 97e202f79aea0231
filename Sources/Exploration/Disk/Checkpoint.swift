import Foundation

/// A search that is saved now and then, so that another process can go on with it.
///
/// In a folder of its own: files of states, which only grow, and a manifest, which is replaced as a whole when the disk
/// has what it names. Whatever ends the process, the last manifest and the files up to the sizes in it are there.
///
/// Belongs to one search, and there to the thread that leads it.
public final class Checkpoint: @unchecked Sendable {
    /// The folder with the files.
    public let folder: URL
    private let identity: String
    private let name: String?
    /// No other process uses the folder.
    private let lock: FolderLock
    private let every: Duration
    private var last = ContinuousClock.now
    /// Why nothing more was saved; what was saved before is still good.
    public private(set) var problem: DiskProblem?
    /// Whether the search was saved, by whatever process.
    public private(set) var hasSaved = false
    let files: LayerFiles
    /// What there was when it was saved; nil for a new one.
    let saved: SavedSearch?

    private static var parts: Int { 16 }

    /// A new one.
    ///
    /// - Parameters:
    ///   - folder: made for it. What else is in it is removed.
    ///   - identity: equal for equal searches only.
    ///   - name: whose search it is, for people.
    ///   - width: words a state.
    ///   - every: the least time between two savings.
    /// - Throws: ``CheckpointProblem``.
    public init(
        new folder: URL, identity: String, name: String? = nil, width: Int, every: Duration, diskLimit: Int?
    ) throws(CheckpointProblem) {
        self.folder = folder
        self.identity = identity
        self.name = name
        self.every = every
        saved = nil
        do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
            throw .disk(DiskProblem(path: folder.path, cause: .refused(error.localizedDescription)))
        }
        lock = try FolderLock(folder)
        // Somebody may have saved something until the lock was there.
        guard !Self.exists(in: folder) else { throw .inUse(path: folder.path) }
        // What a process has left that ended before it could save anything.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
        do throws(DiskProblem) {
            let allowance = DiskAllowance(diskLimit ?? .max)
            var files: [StateFile] = []
            for part in 0..<Self.parts {
                files.append(
                    try StateFile(
                        path: Self.path(folder, part), isNamed: true, seed: Self.seed(identity, part), allowance))
            }
            self.files = LayerFiles(files, width: width, allowance)
        } catch { throw .disk(error) }
    }

    /// The one in a folder, to go on with. Reads all of it, and compares checksums.
    ///
    /// - Throws: ``CheckpointProblem``.
    public init(
        existing folder: URL, identity: String, name: String? = nil, width: Int, every: Duration, diskLimit: Int?,
        isCancelled: () -> Bool = { false }
    ) throws(CheckpointProblem) {
        self.folder = folder
        self.identity = identity
        self.name = name
        self.every = every
        lock = try FolderLock(folder)
        let manifest = try CheckpointManifest.read(Self.manifest(folder))
        guard manifest.identity == identity, manifest.width == width, manifest.bytes.count == Self.parts else {
            throw .otherSearch(path: folder.path)
        }
        saved = manifest.search
        hasSaved = true
        do throws(DiskProblem) {
            let allowance = DiskAllowance(diskLimit ?? .max, used: manifest.bytes.reduce(0, +))
            var files: [StateFile] = []
            for (part, bytes) in manifest.bytes.enumerated() {
                files.append(
                    try StateFile(
                        path: Self.path(folder, part), keep: bytes, isNamed: true, seed: Self.seed(identity, part),
                        allowance))
            }
            var layers: [[Segment]] = []
            for layer in manifest.layers {
                var segments: [Segment] = []
                for segment in layer {
                    segments.append(try segment.verified(files, width: width, isCancelled: isCancelled))
                }
                layers.append(segments)
            }
            self.files = LayerFiles(files, width: width, allowance, layers: layers)
        } catch { throw .disk(error) }
    }

    /// How many states there were when the search was gone on with; nil for a new one.
    public var resumedStates: Int? { saved?.states }

    /// Whether it was not removed.
    public var isThere: Bool { Self.exists(in: folder) }

    /// Whether there is one in a folder.
    public static func exists(in folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: manifest(folder).path)
    }

    /// Whose searches are saved in folders below one, in alphabetical order; nil for those that do not say.
    public static func names(below folder: URL) -> [String?] {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let names = folders.compactMap { name -> String?? in
            let manifest = try? CheckpointManifest.read(manifest(folder.appendingPathComponent(name)))
            return manifest.map(\.name)
        }
        return names.sorted { $0 ?? "" < $1 ?? "" }
    }

    private static func path(_ folder: URL, _ part: Int) -> String {
        folder.appendingPathComponent("states-\(part)").path
    }

    private static func manifest(_ folder: URL) -> URL { folder.appendingPathComponent("manifest") }

    var isDue: Bool { problem == nil && ContinuousClock.now - last >= every }

    /// Saves the first layers that are in the files, with what was found so far.
    func save(_ search: SavedSearch, layers: Int) {
        guard problem == nil else { return }
        do throws(DiskProblem) {
            try files.sync()
            let parts = files.layers.prefix(layers).map { layer in layer.map { CheckpointManifest.Part($0, files) } }
            try CheckpointManifest(
                identity: identity, name: name, width: files.width, search: search, bytes: files.sizes, layers: parts
            ).write(to: Self.manifest(folder))
            hasSaved = true
        } catch { problem = error }
        last = .now
    }

    /// Saves layers of a search in memory.
    func save<Store: StateStore>(
        _ layers: some Collection<[Range<StateID>]>, of store: Store, _ search: SavedSearch, memory: Int?, threads: Int
    ) {
        guard problem == nil else { return }
        do throws(DiskProblem) {
            let bytes = min(Self.sorterBytes, (memory ?? .max) / SearchOptions.shareForSorter)
            guard let sorter = CandidateStore(width: files.width, bytes: bytes, workers: threads) else {
                throw .noMemory
            }
            try files.spill(layers.dropFirst(files.layers.count), of: store, by: sorter, threads: threads)
        } catch { problem = error }
        save(search, layers: layers.count)
    }

    private static var sorterBytes: Int { 1 << 28 }

    private static func seed(_ identity: String, _ part: Int) -> UInt64 {
        let words = identity.utf8.map { UInt64($0) } + [UInt64(part)]
        return words.withUnsafeBufferPointer { hash($0) }
    }

    /// The search has its verdict: nobody needs to go on with it.
    public func remove() {
        unlink(Self.manifest(folder).path)
        for part in 0..<Self.parts { unlink(Self.path(folder, part)) }
        rmdir(folder.path)
    }
}

/// What a search has found when it is saved, beside its states.
struct SavedSearch: Codable, Equatable {
    let states: Int
    let transitions: Int
    let violations: [Int]
    let initialStates: Int
    let completeDepth: Int
    let unwitnessed: [String]
}

/// Why a search can't be saved, or a saved one can't be gone on with.
public enum CheckpointProblem: Error, Hashable, Sendable {
    case disk(DiskProblem)
    /// Another process is at it.
    case inUse(path: String)
    /// What is there is not what was written.
    case damaged(path: String)
    /// It was written in another format.
    case otherFormat(path: String)
    /// It belongs to another model, other options, or another version of this program.
    case otherSearch(path: String)
}
