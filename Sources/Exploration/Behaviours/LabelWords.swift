/// Numbers for sequences of labels: what one step tells of, in order. Two graphs that are compared share one.
public final class LabelWords {
    public static let empty = 0

    private var words: [[Int32]] = [[]]
    private var numbers: [[Int32]: Int] = [[]: 0]

    public init() {}

    public func number(of word: [Int32]) -> Int {
        if let known = numbers[word] { return known }
        words.append(word)
        numbers[word] = words.count - 1
        return words.count - 1
    }

    public subscript(number: Int) -> [Int32] { words[number] }
}
