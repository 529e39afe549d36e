//! The gates of a pattern as they open along a text, character by character: words by their normal form, wherever blanks and signs
//! part them, and signs as they stand.

/// One step of a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    /// This letter of a word, small.
    Letter(char),
    /// The end of a word.
    End,
    /// Whatever parts two words.
    Gap,
    /// This character.
    Exact(char),
    /// This small letter or its capital.
    Either(char),
}

/// The gates of a pattern.
pub struct Gates {
    all: Vec<Vec<Item>>,
    /// True for gates that begin anywhere, not at a word.
    are_signs: Vec<bool>,
}

/// How far the gates are open behind some text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Progress {
    /// The gates that have begun, with the step that comes next.
    begun: Vec<(usize, usize)>,
    /// True within a word.
    pub is_word: bool,
    /// True behind an apostrophe in a word, which is part of it if a letter follows.
    is_apostrophe: bool,
}

impl Gates {
    /// Gates as a rule file writes them; `are_letters` where words are no more than letters, as they are behind `…` elsewhere.
    pub fn new(gates: &[String], are_letters: bool) -> Self {
        let is_sign = |gate: &String| are_letters || !gate.starts_with(char::is_alphanumeric);
        let letters = |gate: &String| {
            let is_small = !gate.contains(|c: char| c.is_ascii_uppercase());
            let item = |c: char| if is_small && c.is_ascii_lowercase() { Item::Either(c) } else { Item::Exact(c) };
            gate.trim_start_matches('…').chars().map(item).collect()
        };
        let items = |gate: &String| if is_sign(gate) { letters(gate) } else { words(gate) };
        Self { all: gates.iter().map(items).collect(), are_signs: gates.iter().map(is_sign).collect() }
    }

    /// Behind one more character; `None` where a gate is open.
    pub fn step(&self, before: &Progress, c: char) -> Option<Progress> {
        let is_apostrophe = before.is_word && !before.is_apostrophe && matches!(c, '\'' | '’' | '‘');
        let mut after = Progress { begun: Vec::new(), is_word: before.is_word, is_apostrophe };
        // Signs are compared with what stands, words with what is read.
        let mut begun = before.begun.clone();
        begun.extend((0..self.all.len()).filter(|gate| self.are_signs[*gate]).map(|gate| (gate, 0)));
        for (gate, at) in begun.iter().filter(|(gate, _)| self.are_signs[*gate]) {
            let item = self.all[*gate][*at];
            if item == Item::Exact(c) || item == Item::Either(c.to_ascii_lowercase()) {
                self.reach(*gate, at + 1, &mut after)?;
            }
        }
        let mut words: Vec<(usize, usize)> = begun.into_iter().filter(|(gate, _)| !self.are_signs[*gate]).collect();
        let mut is_word = before.is_word;
        if before.is_apostrophe {
            let apostrophe = if c.is_alphanumeric() { Some('\'') } else { None };
            words = self.read(words, &mut is_word, apostrophe, '\'')?;
        }
        match is_apostrophe {
            true => after.begun.extend(words),
            false => {
                let letter = c.is_alphanumeric().then(|| c.to_lowercase().next().unwrap_or(c));
                after.begun.extend(self.read(words, &mut is_word, letter, c)?);
            }
        }
        after.is_word = is_word;
        after.begun.sort_unstable();
        after.begun.dedup();
        Some(after)
    }

    /// True where the end of the text opens a gate.
    pub fn is_open_at_end(&self, before: &Progress) -> bool {
        let ends = |(gate, at): &(usize, usize)| self.all[*gate].get(*at..) == Some(&[Item::End]);
        before.begun.iter().any(ends)
    }

    /// The gates of words behind one more letter, or behind a sign that is none.
    fn read(
        &self,
        mut begun: Vec<(usize, usize)>,
        is_word: &mut bool,
        letter: Option<char>,
        sign: char,
    ) -> Option<Vec<(usize, usize)>> {
        if letter.is_some() && !*is_word {
            begun.extend((0..self.all.len()).filter(|gate| !self.are_signs[*gate]).map(|gate| (gate, 0)));
        }
        *is_word = letter.is_some();
        let mut after = Progress::default();
        for (gate, at) in begun {
            let items = &self.all[gate];
            match (items[at], letter) {
                (Item::Letter(own), Some(c)) if own == c => self.reach(gate, at + 1, &mut after)?,
                (Item::Gap, None) => {
                    after.begun.push((gate, at));
                    after.begun.push((gate, at + 1));
                }
                (Item::End, None) => return None,
                (Item::Exact(own), None) if own == sign => self.reach(gate, at + 1, &mut after)?,
                _ => {}
            }
        }
        Some(after.begun)
    }

    fn reach(&self, gate: usize, at: usize, after: &mut Progress) -> Option<()> {
        (at < self.all[gate].len()).then(|| after.begun.push((gate, at)))
    }
}

/// The steps of a gate of words: letters, what parts the words, and at the end a sign or the end of the last word.
fn words(gate: &str) -> Vec<Item> {
    let sign = gate.chars().next_back().filter(|c| !c.is_alphanumeric());
    let is_parted = sign.is_some_and(|sign| gate.trim_end_matches(sign).ends_with(' '));
    let mut items = Vec::new();
    for word in gate.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')) {
        let word = word.trim_matches(['\'', '’']);
        if !word.is_empty() {
            items.extend((!items.is_empty()).then_some(Item::Gap));
            let plain = |c: char| if c == '’' { '\'' } else { c };
            items.extend(word.chars().map(plain).flat_map(char::to_lowercase).map(Item::Letter));
        }
    }
    items.extend(is_parted.then_some(Item::Exact(' ')));
    items.push(sign.map_or(Item::End, Item::Exact));
    items
}
