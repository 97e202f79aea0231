/// An element of an XML document to be written: attributes in the given order, then text or elements.
struct XMLElement {
    let name: String
    var attributes: [(name: String, value: String)]
    var text: String
    var children: [XMLElement]

    init(
        _ name: String, _ attributes: [(String, String?)] = [], text: String = "", children: [XMLElement] = []
    ) {
        self.name = name
        self.attributes = attributes.compactMap { name, value in value.map { (name, $0) } }
        self.text = text
        self.children = children
    }

    /// With the declaration; ends with a new line. Linear in the size.
    var document: String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        write(to: &text, indent: 0)
        return text
    }

    private func write(to output: inout String, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        output += "\(margin)<\(name)"
        for attribute in attributes {
            output += " \(attribute.name)=\"\(Self.escaped(attribute.value, inAttribute: true))\""
        }
        if text.isEmpty && children.isEmpty {
            output += "/>\n"
            return
        }
        output += ">" + Self.escaped(text, inAttribute: false)
        if !children.isEmpty {
            output += "\n"
            for child in children { child.write(to: &output, indent: indent + 2) }
            output += margin
        }
        output += "</\(name)>\n"
    }

    /// What XML 1.0 has no way to write becomes U+FFFD.
    static func escaped(_ text: String, inAttribute: Bool) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            // `]]>` must not stand in a text.
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"" where inAttribute: escaped.append(contentsOf: "&quot;".unicodeScalars)
            // A reader turns these into spaces in attributes, and drops carriage returns from texts.
            case "\n" where inAttribute: escaped.append(contentsOf: "&#10;".unicodeScalars)
            case "\t" where inAttribute: escaped.append(contentsOf: "&#9;".unicodeScalars)
            case "\r": escaped.append(contentsOf: "&#13;".unicodeScalars)
            default: escaped.append(isCharacter(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return String(escaped)
    }

    /// The production `Char` of XML 1.0, which leaves out most control characters and two noncharacters. Those that it
    /// discourages are left out too.
    private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD: true
        case 0x0...0x1F, 0x7F...0x9F: false
        default: scalar.value & 0xFFFE != 0xFFFE
        }
    }
}
