//! Which words are forms of one, and how rare they are in health articles: a table looked up in place.
//!
//! Built by `tools/` from counts over clean health text; see `rules/tables/README.md` for what from and for the layout.

/// The table as it lies in the repository.
static BYTES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/tables/words.bin"));
/// Mark, number of slots, number of stems.
const HEAD: usize = 24;

/// What the table knows of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// The number of its stem; forms of one word share it. Below [`WordTable::stems`].
    pub stem: u32,
    /// How rare the stem is, in tenths of nats: 10 ln(paragraphs / paragraphs that hold it).
    pub rarity: u32,
}

/// Stems and rarity of the words of health articles.
#[derive(Clone, Copy, Debug)]
pub struct WordTable {
    slots: &'static [[u8; 8]],
}

impl WordTable {
    /// The built-in table.
    pub fn builtin() -> Self {
        let (slots, _) = BYTES.get(HEAD..).unwrap_or_default().as_chunks();
        Self { slots }
    }

    /// How many stems there are.
    pub fn stems(self) -> u32 {
        BYTES.get(HEAD - 4..HEAD).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes)
    }

    /// What is known of a word, by its key; `None` for words that hardly stand in health articles.
    pub fn get(self, key: u64) -> Option<Form> {
        let mark = ((key >> 32) as u32).max(1);
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = key as usize;
        // A slot is empty somewhere, so every search ends.
        loop {
            let slot = u64::from_le_bytes(*self.slots.get(at & mask)?);
            if slot as u32 == mark {
                return Some(Form { stem: (slot >> 32) as u32 & 0x00ff_ffff, rarity: (slot >> 56) as u32 });
            }
            if slot as u32 == 0 {
                return None;
            }
            at = at.wrapping_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::key;

    #[test]
    fn forms_share_a_stem_and_rare_words_weigh_more() {
        let table = WordTable::builtin();
        let get = |word: &str| table.get(key(word)).expect(word);
        assert_eq!(get("bleeding").stem, get("bleed").stem);
        assert_eq!(get("wounds").stem, get("wound").stem);
        assert_ne!(get("wound").stem, get("bleed").stem);
        assert!(get("the").rarity < get("skin").rarity && get("skin").rarity < get("forehead").rarity);
        assert!(get("forehead").stem < table.stems());
        assert_eq!(table.get(key("qwertzuiop")), None);
    }

    #[test]
    fn the_table_has_room_for_every_search() {
        assert!(WordTable::builtin().slots.len().is_power_of_two());
        assert!(WordTable::builtin().slots.contains(&[0; 8]));
    }
}
