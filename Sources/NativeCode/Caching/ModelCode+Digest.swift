import Digests
import Model

extension ModelCode {
    /// Equal for models that mean the same to this version of the program, names included: 64 hexadecimal digits.
    ///
    /// - Parameter more: what else must be equal.
    public func digest(with more: String) -> String { SHA256.digest("\(model.text)\n\(wordCount)\n\(more)") }
}
