//! The name that a mistyped one may have meant.

/// How alike a name must be to be proposed (Jaro-Winkler, 0 to 1).
const ALIKE: f64 = 0.75;

/// The known name that is most like this one, if any is; the first in order where several are.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_spelling(name, known.into_iter().map(|name| (name, name)))
}

/// The same for things that are known by several spellings.
pub fn nearest_spelling<'a, T: Ord + Copy>(name: &str, known: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|(spelling, thing)| (strsim::jaro_winkler(spelling, &name), thing))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, x), (b, y)| a.total_cmp(b).then(y.cmp(x)))
        .map(|(_, thing)| thing)
}

/// The end of a message that proposes a name.
pub fn proposed(nearest: Option<&str>) -> String {
    nearest.map(|name| format!("; did you mean “{name}”?")).unwrap_or_default()
}
