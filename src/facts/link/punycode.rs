//! Host labels in punycode to what a reader sees (RFC 3492).

const BASE: u32 = 36;
const TMIN: u32 = 1;
const TMAX: u32 = 26;
/// No label is longer, in bytes (RFC 1035).
const LONGEST: usize = 63;

/// The letters of a label behind `xn--`; `None` where it is no punycode.
pub(super) fn decode(label: &str) -> Option<String> {
    if label.len() > LONGEST {
        return None;
    }
    let (plain, coded) = label.rsplit_once('-').unwrap_or(("", label));
    let mut letters: Vec<char> = plain.chars().collect();
    let (mut n, mut bias, mut i) = (128u32, 72u32, 0u32);
    let mut digits = coded.bytes();
    while digits.len() > 0 {
        let before = i;
        let (mut weight, mut k) = (1u32, BASE);
        loop {
            let digit = value(digits.next()?)?;
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(TMIN, TMAX);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            k += BASE;
        }
        let count = letters.len() as u32 + 1;
        bias = adapted(i - before, count, before == 0);
        n = n.checked_add(i / count)?;
        i %= count;
        letters.insert(i as usize, char::from_u32(n)?);
        i += 1;
    }
    Some(letters.into_iter().collect())
}

fn value(digit: u8) -> Option<u32> {
    match digit {
        b'a'..=b'z' => Some(u32::from(digit - b'a')),
        b'A'..=b'Z' => Some(u32::from(digit - b'A')),
        b'0'..=b'9' => Some(u32::from(digit - b'0') + 26),
        _ => None,
    }
}

fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > (BASE - TMIN) * TMAX / 2 {
        delta /= BASE - TMIN;
        k += BASE;
    }
    k + (BASE - TMIN + 1) * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        assert_eq!(decode("mnchen-3ya").as_deref(), Some("münchen"));
        assert_eq!(decode("80ak6aa92e").as_deref(), Some("аррӏе"));
        assert_eq!(decode("ls8h").as_deref(), Some("💩"));
        assert_eq!(decode("!!"), None);
        assert_eq!(decode("99999999"), None);
    }
}
