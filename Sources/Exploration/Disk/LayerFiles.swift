/// The layers of a search on disk, each as segments. Every part of the range of hashes has a file of its own, so that
/// threads write side by side.
final class LayerFiles: @unchecked Sendable {
    let width: Int
    private let files: [StateFile]
    private let allowance: DiskAllowance
    private(set) var layers: [[Segment]]
    /// Whether the user or the clock says so; asked by any thread.
    var mustStop: @Sendable () -> Bool = { false }
    /// Of the layer in the making.
    private var unfinished: [Segment] = []

    /// - Parameter layers: those that are in the files already.
    init(_ files: [StateFile], width: Int, _ allowance: DiskAllowance, layers: [[Segment]] = []) {
        self.files = files
        self.width = width
        self.allowance = allowance
        self.layers = layers
    }

    /// The bytes of each file.
    var sizes: [Int] { files.map(\.end) }

    func number(of file: StateFile) -> Int? { files.firstIndex { $0 === file } }

    /// Bytes on disk.
    var bytes: Int { sizes.reduce(0, +) }

    /// How many states are in the layers that are complete.
    var states: Int { layers.joined().reduce(0) { $0 + $1.count } }

    func endLayer() {
        layers.append(unfinished)
        unfinished = []
    }

    /// Visits every state, until the visitor has had enough.
    ///
    /// - Parameter beginLayer: is called before each layer.
    func forEachState(
        beginLayer: () -> Void, _ visit: (UnsafeBufferPointer<UInt64>) -> Bool
    ) throws(DiskProblem) {
        var block = StateBlock(width: width)
        defer { block.free() }
        for layer in layers {
            beginLayer()
            for segment in layer {
                for number in segment.firstHashes.indices {
                    try segment.read(block: number, into: &block)
                    for state in 0..<block.count where !visit(block.state(state)) { return }
                }
            }
        }
    }

    // MARK: Writing

    /// Marks the candidates that are on disk.
    func markOld(_ candidates: CandidateStore, threads: Int) throws(DiskProblem) {
        let visited = layers.flatMap(\.self) + unfinished
        let (width, mustStop) = (width, mustStop)
        try inParts(files.count, threads: threads) { (part, parts, _) throws(DiskProblem) in
            var block = StateBlock(width: width)
            defer { block.free() }
            for segment in visited {
                if mustStop() { throw DiskProblem(path: segment.file.path, cause: .ended) }
                try candidates.markOld(from: segment, part: part, of: parts, &block)
            }
        }
    }

    /// Writes candidates as a part of the layer in the making.
    ///
    /// - Parameter keeps: whether a candidate is to be written; called by the thread of a number.
    func write(
        _ candidates: CandidateStore, threads: Int, keeps: @Sendable (_ id: StateID, _ thread: Int) -> Bool
    ) throws(DiskProblem) {
        let (files, width, mustStop) = (files, width, mustStop)
        unfinished += try inParts(files.count, threads: threads) { (part, parts, thread) throws(DiskProblem) in
            var writer = SegmentWriter(files[part], width: width)
            defer { writer.free() }
            var visited = 0
            try candidates.rows.sweep(part: part, of: parts) { (id, hash) throws(DiskProblem) in
                visited &+= 1
                if visited & Self.fewStates == 0, mustStop() {
                    throw DiskProblem(path: files[part].path, cause: .ended)
                }
                if keeps(id, thread) { try writer.append(candidates.rows.words(id), hash: hash) }
            }
            return try writer.finish()
        }.compactMap(\.self)
    }

    /// Between two looks whether to stop: less than a power of two.
    private static var fewStates: Int { 1 << 16 - 1 }

    /// Waits until the disk has everything.
    func sync() throws(DiskProblem) { for file in files { try file.sync() } }
}
