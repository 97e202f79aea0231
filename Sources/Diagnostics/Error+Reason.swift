import Foundation

extension Error {
    /// Why a file can't be read or written, in the words of the system: `Is a directory`.
    public var reason: String {
        // Foundation has words for some errors, and a number for the others.
        guard let cause = (self as NSError).userInfo[NSUnderlyingErrorKey] as? POSIXError else {
            return localizedDescription
        }
        return String(cString: strerror(cause.code.rawValue))
    }
}
