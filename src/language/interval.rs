//! Stretches of time, of dose or of number, and their arithmetic.
//!
//! Ends are whole numbers in a unit that the owner names, mostly seconds; the upper end may be open. Arithmetic saturates: numbers
//! beyond 64 bits are as good as endless in an article.

/// From `lo` to `hi`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// The lower end; below zero where it lies before the event that it counts from.
    pub lo: i64,
    /// The upper end; `None` where it is open.
    pub hi: Option<i64>,
}

impl Interval {
    /// From one number to another, whichever is the smaller.
    pub fn new(a: i64, b: i64) -> Self {
        Self { lo: a.min(b), hi: Some(a.max(b)) }
    }

    /// From a number on.
    pub fn at_least(lo: i64) -> Self {
        Self { lo, hi: None }
    }

    /// From nought to a number.
    pub fn at_most(hi: i64) -> Self {
        Self { lo: 0, hi: Some(hi) }
    }

    /// True where both share a point.
    pub fn overlaps(self, other: Self) -> bool {
        self.hi.is_none_or(|hi| other.lo <= hi) && other.hi.is_none_or(|hi| self.lo <= hi)
    }

    /// True where the other lies inside this one.
    pub fn contains(self, other: Self) -> bool {
        self.lo <= other.lo && self.hi.is_none_or(|hi| other.hi.is_some_and(|other| other <= hi))
    }

    /// From the lower of both lower ends to the higher of both upper ends.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { lo: self.lo.min(other.lo), hi: self.hi.zip(other.hi).map(|(a, b)| a.max(b)) }
    }

    /// How far apart both are; 0 where they touch.
    pub fn gap(self, other: Self) -> i64 {
        let between = |hi: Option<i64>, lo: i64| hi.map_or(0, |hi| lo.saturating_sub(hi).max(0));
        between(self.hi, other.lo).max(between(other.hi, self.lo))
    }

    /// One after the other.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let hi = self.hi.zip(other.hi).map(|(a, b)| a.saturating_add(b));
        Self { lo: self.lo.saturating_add(other.lo), hi }
    }

    /// As often as `least` to `most` millionths say, rounded.
    #[must_use]
    pub fn times(self, least: i64, most: i64) -> Self {
        Self { lo: millionths_of(self.lo, least), hi: self.hi.map(|hi| millionths_of(hi, most)) }
    }

    /// The time from one to the next where `least` to `most` millionths fall into it, rounded; open where none need fall into it.
    #[must_use]
    pub fn shared_by(self, least: i64, most: i64) -> Self {
        let part = |whole: i64, by: i64| (by > 0).then(|| saturated(rounded(i128::from(whole) * MILLION, by.into())));
        Self { lo: part(self.lo, most).unwrap_or(0), hi: self.hi.and_then(|hi| part(hi, least)) }
    }
}

const MILLION: i128 = 1_000_000;

fn millionths_of(value: i64, by: i64) -> i64 {
    saturated(rounded(i128::from(value) * i128::from(by), MILLION))
}

fn rounded(value: i128, by: i128) -> i128 {
    (value + by / 2).div_euclid(by)
}

fn saturated(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

/// A length of time in the greatest unit that gives a whole number.
pub fn length(seconds: i64) -> String {
    const UNITS: [(i64, &str); 6] =
        [(31_536_000, "y"), (2_592_000, "mo"), (604_800, "wk"), (86_400, "d"), (3_600, "h"), (60, "min")];
    let whole = UNITS.into_iter().find(|(unit, _)| seconds >= *unit && seconds % unit == 0);
    match whole.or_else(|| UNITS.into_iter().find(|(unit, _)| seconds >= *unit)) {
        Some((unit, name)) => {
            let tenths = (seconds as f64 / unit as f64 * 10.0).round() / 10.0;
            format!("{tenths} {name}")
        }
        None if seconds == 0 => "0".to_owned(),
        None => format!("{seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: i64 = 1_000_000;

    #[test]
    fn half_lines_meet_and_contain() {
        let (low, high, open) = (Interval::new(24, 48), Interval::new(72, 96), Interval::at_least(48));
        assert!(open.overlaps(low) && open.overlaps(high) && !low.overlaps(high));
        assert!(open.contains(high) && !open.contains(low) && !high.contains(open) && open.contains(open));
        assert_eq!((low.gap(high), high.gap(low), open.gap(low)), (24, 24, 0));
        assert_eq!(low.hull(high), Interval::new(24, 96));
        assert_eq!(low.hull(open), Interval::at_least(24));
        assert_eq!(Interval::new(5, 2), Interval::new(2, 5));
    }

    #[test]
    fn factors_and_shares() {
        let month = Interval::new(28, 31);
        assert_eq!(month.times(3 * ONE, 6 * ONE), Interval::new(84, 186));
        assert_eq!(Interval::new(60, 60).times(ONE / 2, ONE / 2), Interval::new(30, 30));
        let day = Interval::new(86_400, 86_400);
        assert_eq!(day.shared_by(2 * ONE, 3 * ONE), Interval::new(28_800, 43_200));
        assert_eq!(day.shared_by(7 * ONE, 7 * ONE), Interval::new(12_343, 12_343));
        assert_eq!(day.shared_by(0, 2 * ONE), Interval::at_least(43_200));
        assert_eq!(day.plus(Interval::at_least(1)), Interval::at_least(86_401));
    }

    #[test]
    fn nothing_overflows() {
        let huge = Interval::new(i64::MIN, i64::MAX);
        assert_eq!(huge.times(i64::MAX, i64::MAX), huge);
        assert_eq!(huge.plus(huge), huge);
        assert_eq!(Interval::new(0, 0).shared_by(0, 0), Interval::at_least(0));
        assert_eq!(huge.gap(huge), 0);
    }

    #[test]
    fn lengths_stand_in_whole_units() {
        let said = [5_400, 172_800, 1_209_600, 12_960_000, 63_072_000, 40, 100_000].map(length);
        assert_eq!(said, ["90 min", "2 d", "2 wk", "5 mo", "2 y", "40 s", "1.2 d"]);
    }
}
