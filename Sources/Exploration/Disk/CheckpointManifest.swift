import Foundation

/// What files of states belong to a saved search, and where its layers are in them.
///
/// A text of two lines: a checksum with the number of the format, and JSON.
struct CheckpointManifest: Codable {
    let identity: String
    /// Whose search it is, for people; nil where an older version wrote it.
    let name: String?
    let width: Int
    let search: SavedSearch
    /// Of each file, how many bytes count.
    let bytes: [Int]
    let layers: [[Part]]

    /// Where a segment is.
    struct Part: Codable {
        let file: Int
        let offset: Int
        let count: Int

        init(_ segment: Segment, _ files: LayerFiles) {
            file = files.number(of: segment.file) ?? 0
            offset = segment.offset
            count = segment.count
        }
    }

    private static let format = "faultline checkpoint 2"

    static func read(_ url: URL) throws(CheckpointProblem) -> CheckpointManifest {
        let data: Data
        do { data = try Data(contentsOf: url) } catch {
            throw .disk(DiskProblem(path: url.path, cause: .refused("it can't be read")))
        }
        let lines = data.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
        let head = lines.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard lines.count == 2, head.hasPrefix("faultline checkpoint ") else { throw .damaged(path: url.path) }
        guard head.hasPrefix(format + " ") else { throw .otherFormat(path: url.path) }
        guard head == "\(format) \(checksum(lines[1]))",
            let manifest = try? JSONDecoder().decode(CheckpointManifest.self, from: lines[1])
        else { throw .damaged(path: url.path) }
        return manifest
    }

    /// As a whole or not at all.
    func write(to url: URL) throws(DiskProblem) {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let json = try encoder.encode(self)
            try (Data("\(Self.format) \(Self.checksum(json))\n".utf8) + json).write(to: url, options: .atomic)
        } catch {
            let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
            throw DiskProblem(path: url.path, cause: isFull ? .full : .refused(error.localizedDescription))
        }
    }

    /// In sixteen digits.
    private static func checksum(_ bytes: Data) -> String {
        var words: [UInt64] = [UInt64(bytes.count)]
        for (index, byte) in bytes.enumerated() {
            if index % 8 == 0 { words.append(0) }
            words[words.count - 1] |= UInt64(byte) << UInt64(index % 8 * 8)
        }
        let digits = String(words.withUnsafeBufferPointer { Exploration.hash($0) }, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension CheckpointManifest.Part {
    /// The segment, after a look at all its blocks.
    func verified(
        _ files: [StateFile], width: Int, isCancelled: () -> Bool
    ) throws(DiskProblem) -> Segment {
        guard files.indices.contains(file), offset >= 0, count > 0 else {
            throw DiskProblem(path: "", cause: .damaged("the manifest names a part that can't be"))
        }
        var block = StateBlock(width: width)
        defer { block.free() }
        let blocks = (count + block.capacity - 1) / block.capacity
        let stride = StateBlock.bytes(states: block.capacity, width: width)
        var firstHashes: [UInt64] = []
        for number in 0..<blocks {
            if isCancelled() { throw DiskProblem(path: files[file].path, cause: .ended) }
            let states = min(block.capacity, count - number * block.capacity)
            try block.read(states, at: offset + number * stride, of: files[file])
            firstHashes.append(hash(block.state(0)))
        }
        return Segment(file: files[file], offset: offset, width: width, count: count, firstHashes: firstHashes)
    }
}
