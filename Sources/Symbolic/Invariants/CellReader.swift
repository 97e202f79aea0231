import Model

/// Reads the codes of all cells out of a packed state.
struct CellReader {
    private struct Place {
        let word: Int
        let shift: UInt64
        let mask: UInt64
    }

    private let places: [Place]

    init(_ model: Model, _ layout: CellLayout) {
        var places: [Place] = []
        for variable in model.variables {
            let (place, width) = (variable.placement, variable.type.width(sorts: model.sorts))
            for element in 0..<variable.count {
                places.append(
                    Place(
                        word: place.word + element / max(1, place.perWord),
                        shift: UInt64(place.shift + element % max(1, place.perWord) * width),
                        mask: width >= 64 ? .max : (1 << UInt64(width)) - 1))
            }
        }
        self.places = places
    }

    func cells(_ words: ArraySlice<UInt64>) -> [UInt64] {
        places.map { place in
            place.mask == 0 ? 0 : words[words.startIndex + place.word] >> place.shift & place.mask
        }
    }
}
