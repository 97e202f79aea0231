import Foundation

func cpuSeconds(_ resources: rusage) -> Double { seconds(resources.ru_utime) + seconds(resources.ru_stime) }

private func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

/// Linux counts in KiB, macOS in bytes.
func peakBytes(_ resources: rusage) -> Int {
    #if os(Linux)
        Int(resources.ru_maxrss) * 1024
    #else
        Int(resources.ru_maxrss)
    #endif
}

/// The largest memory of this process so far. Linux gives a new process this much as its peak from the start, so a
/// peak is known only where it is larger.
public func ownPeakBytes() -> Int { peakBytes(resources(ofChildren: false)) }

/// Seconds of processor time of this process and of all commands that it has waited for.
public func ownSeconds() -> Double {
    cpuSeconds(resources(ofChildren: false)) + cpuSeconds(resources(ofChildren: true))
}

private func resources(ofChildren: Bool) -> rusage {
    var resources = rusage()
    #if os(Linux)
        getrusage(
            ofChildren ? __rusage_who_t(RUSAGE_CHILDREN.rawValue) : __rusage_who_t(RUSAGE_SELF.rawValue), &resources)
    #else
        getrusage(ofChildren ? RUSAGE_CHILDREN : RUSAGE_SELF, &resources)
    #endif
    return resources
}
