/// The part of SARIF 2.1.0 that our reports use, from the facts of the standard (OASIS, 2020): which properties an object
/// may have, which it must have, and their values. Whatever is not named is refused.
indirect enum SARIFShape: Sendable {
    case text
    case boolean
    case number(least: Int)
    case word([String])
    case list(SARIFShape, least: Int = 0)
    case object([String: SARIFShape], required: [String] = [])
    /// Any keys, with values of one shape.
    case dictionary(SARIFShape)

    static let document = object(
        ["$schema": text, "version": word(["2.1.0"]), "runs": list(run, least: 1)],
        required: ["$schema", "version", "runs"])

    private static let run = object(
        [
            "tool": object(["driver": driver], required: ["driver"]), "invocations": list(invocation),
            "originalUriBaseIds": dictionary(base), "columnKind": word(["utf16CodeUnits", "unicodeCodePoints"]),
            "results": list(result), "artifacts": list(artifact),
        ], required: ["tool", "results", "columnKind"])

    private static let driver = object(
        ["name": text, "semanticVersion": text, "rules": list(rule)], required: ["name", "rules"])

    private static let rule = object(
        [
            "id": text, "shortDescription": described, "fullDescription": described, "help": described,
            "defaultConfiguration": object(["level": level], required: ["level"]),
            "properties": object(["precision": text, "tags": list(text)]),
        ], required: ["id", "shortDescription", "fullDescription", "help"])

    private static let level = word(["none", "note", "warning", "error"])
    private static let message = object(["text": text], required: ["text"])
    private static let described = object(["text": text, "markdown": text], required: ["text"])
    private static let base = object(["description": message], required: ["description"])

    private static let invocation = object(
        [
            "executionSuccessful": boolean,
            "toolExecutionNotifications": list(
                object(["level": level, "message": message], required: ["message"])),
        ], required: ["executionSuccessful"])

    private static let artifact = object(
        ["location": object(["uri": text, "uriBaseId": text], required: ["uri"]), "sourceLanguage": text],
        required: ["location"])

    private static let place = object(
        [
            "artifactLocation": object(
                ["uri": text, "uriBaseId": text, "index": number(least: 0)], required: ["uri", "index"]),
            "region": object(
                ["startLine": number(least: 1), "startColumn": number(least: 1), "snippet": message],
                required: ["startLine"]),
        ], required: ["artifactLocation"])

    private static let location = object(
        [
            "id": number(least: 0), "physicalLocation": place, "message": message,
            "logicalLocations": list(object(["name": text, "kind": text, "fullyQualifiedName": text])),
        ], required: ["physicalLocation"])

    private static let visit = object(
        [
            "location": location, "executionOrder": number(least: 0), "nestingLevel": number(least: 0),
            "importance": word(["important", "essential", "unimportant"]), "state": dictionary(described),
        ], required: ["location"])

    private static let threadFlow = object(
        ["id": text, "message": message, "initialState": dictionary(described), "locations": list(visit, least: 1)],
        required: ["locations"])

    private static let result = object(
        [
            "ruleId": text, "ruleIndex": number(least: 0), "level": level, "message": message,
            // GitHub refuses results without a place; the standard does not.
            "locations": list(location, least: 1), "relatedLocations": list(location),
            "partialFingerprints": dictionary(text),
            "codeFlows": list(
                object(["message": message, "threadFlows": list(threadFlow, least: 1)], required: ["threadFlows"])),
            "suppressions": list(
                object(
                    [
                        "kind": word(["inSource", "external"]),
                        "status": word(["accepted", "underReview", "rejected"]), "justification": text,
                        "location": location,
                    ], required: ["kind"])),
        ], required: ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"])
}
