/// Whether a file can be mapped as a library. The system's loader believes what is in it: where a part of the file is
/// missing, it is killed by a signal.
enum LibraryFormat {
    /// False for a file that is too short for what its headers say. Only ELF files of 64 bits, low bytes first, are
    /// looked into; the loader refuses others that it does not know.
    static func isWhole(_ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]) else {
            return !bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) && bytes.count > 64
        }
        guard let programs = number(bytes, 32, 8), let sections = number(bytes, 40, 8),
            let programSize = number(bytes, 54, 2), let programCount = number(bytes, 56, 2),
            let sectionSize = number(bytes, 58, 2), let sectionCount = number(bytes, 60, 2), programCount > 0,
            ends(sections, sectionSize &* sectionCount, in: bytes)
        else { return false }
        for program in 0..<programCount {
            let header = programs &+ program &* programSize
            guard let offset = number(bytes, header &+ 8, 8), let size = number(bytes, header &+ 32, 8),
                ends(offset, size, in: bytes)
            else { return false }
        }
        return true
    }

    private static func ends(_ start: UInt64, _ count: UInt64, in bytes: [UInt8]) -> Bool {
        let (end, overflow) = start.addingReportingOverflow(count)
        return !overflow && end <= UInt64(bytes.count)
    }

    private static func number(_ bytes: [UInt8], _ offset: UInt64, _ size: UInt64) -> UInt64? {
        guard ends(offset, size, in: bytes) else { return nil }
        let start = Int(offset)
        return bytes[start..<start + Int(size)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
