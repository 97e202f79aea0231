import Digests
import Model

/// Where verdicts are kept between runs. Whoever implements it may forget, but not mix up.
public protocol VerdictStore: Sendable {
    func text(for key: String) -> String?
    func keep(_ text: String, for key: String)
}

/// What a search without a budget's end says, as it is kept.
enum KeptVerdict: Equatable {
    case holds
    case violated(property: String, steps: Int?)

    init?(_ text: String) {
        let words = text.split(separator: " ")
        if words == ["holds"] {
            self = .holds
        } else if words.count == 3, words[0] == "violated" {
            guard words[1] == "unreached" || Int(words[1]) != nil else { return nil }
            self = .violated(property: String(words[2]), steps: Int(words[1]))
        } else {
            return nil
        }
    }

    var text: String {
        switch self {
        case .holds: "holds"
        case .violated(let property, let steps): "violated \(steps.map(String.init) ?? "unreached") \(property)"
        }
    }
}

extension Model {
    /// Equal for models that differ in source places only.
    var digestWithoutPlaces: String { SHA256.digest(withoutPlaces.text) }
}
