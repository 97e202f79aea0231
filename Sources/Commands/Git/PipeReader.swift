import Foundation
import Synchronization

/// All that comes out of a pipe, read beside the caller: a program that fills one pipe while the other is read to its
/// end would wait for ever.
final class PipeReader: Sendable {
    private let bytes = Mutex(Data())
    private let ended = DispatchSemaphore(value: 0)

    init(_ pipe: Pipe) {
        let handle = pipe.fileHandleForReading
        Thread.detachNewThread {
            let read = handle.readDataToEndOfFile()
            self.bytes.withLock { $0 = read }
            self.ended.signal()
        }
    }

    /// Waits for the end; to be called once.
    func wait() -> Data {
        ended.wait()
        return bytes.withLock { $0 }
    }
}
