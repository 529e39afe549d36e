//! A small network that reads two statements word by word and says how much speaks for their contradicting each other.
//!
//! A transformer (Vaswani et al. 2017, Attention is all you need), an encoder of two layers that normalise before they attend. The embedding
//! of a word is the sum of what it means and how it is used ([`Kin`]), which word it is (if it is a common one) and where it stands. Within
//! a statement all words attend to each other; by cross-attention each word of one statement then finds its like in the other, and the
//! mean and the most of what is made of that are judged by one hidden layer. Learnt by `tools/timeline/second_look.py`; see
//! `rules/tables/README.md` for what from and for the layout.

use super::Kin;

/// Numbers a word is held in.
const SIZE: usize = 128;
/// What a word means is said in so many numbers: where it stands among others in meaning, and how it is used in statements.
const MEANS: usize = 128;
/// Layers of the encoder.
const LAYERS: usize = 2;
/// Heads of attention in a layer: a word attends to the others in so many ways at once.
const HEADS: usize = 4;
/// Numbers a head works on.
const HEAD: usize = SIZE / HEADS;
/// Mark and number of common words.
const START: usize = 20;
/// Rows for where a word stands.
const PLACES: usize = 52;
/// From here on, the upper halves of keys stand for sizes of numbers.
const NUMBERS: u64 = 0xffff_ff00;
/// So many sums are worked out at once.
const PART: usize = 32;
/// Keeps a division from being one by nought.
const LEAST: f32 = 1e-5;

type Row<const N: usize> = [f32; N];
type Matrix<const N: usize> = Vec<Row<N>>;

/// A word as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    key: u64,
    place: u8,
}

impl Reading {
    /// A word, by its key; where it stands is the number of a row of the table.
    pub fn word(key: u64, place: u8) -> Self {
        Self { key, place }
    }

    /// A number: which size it has is read.
    pub fn number(size: u8, place: u8) -> Self {
        Self { key: (NUMBERS + u64::from(size)) << 32, place }
    }

    /// What it is found by in the table.
    pub fn mark(self) -> u32 {
        (self.key >> 32) as u32
    }
}

/// A statement that was read.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    words: Matrix<SIZE>,
    /// The same, as queries and keys of the cross-attention.
    compared: Matrix<SIZE>,
    /// What each says by itself to the judgement.
    judged: Matrix<SIZE>,
}

/// The network.
#[derive(Clone, Debug)]
pub struct Network {
    kin: Kin,
    usage: Kin,
    common: &'static [[u8; 4]],
    /// Any other word, then the common ones.
    words: Matrix<SIZE>,
    meaning: Matrix<SIZE>,
    places: Matrix<SIZE>,
    layers: Vec<Layer>,
    /// Query and key of the cross-attention in one: both statements are treated alike. Its values are the words themselves.
    compares: Matrix<SIZE>,
    /// What a word, the like that it found and what the two share say to the judgement.
    own: (Matrix<SIZE>, Row<SIZE>),
    found: Matrix<SIZE>,
    shared: Matrix<SIZE>,
    /// The hidden layer of the judgement, with its bias, and what it says.
    judges: (Matrix<SIZE>, Row<SIZE>),
    says: Row<SIZE>,
    bias: f32,
    /// By how much what was judged before counts.
    trust: f32,
}

/// A layer of the encoder: self-attention, then the feed-forward part. Each reads its input normalised and adds to it.
#[derive(Clone, Debug)]
struct Layer {
    query: Matrix<SIZE>,
    key: Matrix<SIZE>,
    value: Matrix<SIZE>,
    output: Matrix<SIZE>,
    /// The first half of the feed-forward part, with its bias.
    up: (Matrix<{ 2 * SIZE }>, Row<{ 2 * SIZE }>),
    down: Matrix<SIZE>,
}

/// Reads rows of a file: each the size of a step, a 32-bit float, then a byte for each number, how many steps it is.
struct Rows(&'static [u8]);

impl Rows {
    fn row<const N: usize>(&mut self) -> Option<Row<N>> {
        let (step, rest) = self.0.split_first_chunk()?;
        let (steps, rest) = rest.split_first_chunk::<N>()?;
        self.0 = rest;
        let step = f32::from_le_bytes(*step);
        Some(steps.map(|steps| f32::from(steps as i8) * step))
    }

    fn matrix<const N: usize>(&mut self, rows: usize) -> Option<Matrix<N>> {
        (0..rows).map(|_| self.row()).collect()
    }
}

impl Layer {
    fn read(rows: &mut Rows) -> Option<Self> {
        Some(Self {
            query: rows.matrix(SIZE)?,
            key: rows.matrix(SIZE)?,
            value: rows.matrix(SIZE)?,
            output: rows.matrix(SIZE)?,
            up: (rows.matrix(SIZE)?, rows.row()?),
            down: rows.matrix(2 * SIZE)?,
        })
    }

    /// The words of a statement after this layer.
    fn encode(&self, words: &[Row<SIZE>]) -> Matrix<SIZE> {
        let normed: Matrix<SIZE> = words.iter().copied().map(layer_norm).collect();
        let all = |matrix: &Matrix<SIZE>| -> Matrix<SIZE> {
            normed.iter().map(|word| affine(word, matrix, [0.0; SIZE])).collect()
        };
        let (queries, keys, values) = (all(&self.query), all(&self.key), all(&self.value));
        let mut weights = Vec::new();
        let encoded = words.iter().zip(&queries).map(|(word, query)| {
            let mut attended = [0.0; SIZE];
            for head in (0..SIZE).step_by(HEAD) {
                let part = head..head + HEAD;
                weights.clear();
                weights.extend(
                    keys.iter().map(|key| dot(&query[part.clone()], &key[part.clone()]) / (HEAD as f32).sqrt()),
                );
                softmax(&mut weights);
                for (weight, value) in weights.iter().zip(&values) {
                    add(&mut attended[part.clone()], &value[part.clone()], *weight);
                }
            }
            let attended = affine(&attended, &self.output, *word);
            let hidden = affine(&layer_norm(attended), &self.up.0, self.up.1).map(relu);
            affine(&hidden, &self.down, attended)
        });
        encoded.collect()
    }
}

impl Network {
    /// The network in a file: 16 bytes of mark, the number of common words, the upper halves of their keys in ascending order, 32 bits each;
    /// then rows as the fields stand in the code. `None` for any other file.
    pub fn new(bytes: &'static [u8]) -> Option<Self> {
        let words = u32::from_le_bytes(bytes.get(START - 4..START)?.try_into().ok()?) as usize;
        let (common, rest) = bytes.get(START..)?.split_at_checked(words * 4)?;
        let mut rows = Rows(rest);
        let network = Self {
            kin: Kin::builtin(),
            usage: Kin::usage(),
            common: common.as_chunks().0,
            words: rows.matrix(words + 1)?,
            meaning: rows.matrix(MEANS)?,
            places: rows.matrix(PLACES)?,
            layers: (0..LAYERS).map(|_| Layer::read(&mut rows)).collect::<Option<_>>()?,
            compares: rows.matrix(SIZE)?,
            own: (rows.matrix(SIZE)?, rows.row()?),
            found: rows.matrix(SIZE)?,
            shared: rows.matrix(SIZE)?,
            judges: (rows.matrix(2 * SIZE)?, rows.row()?),
            says: rows.row()?,
            bias: rows.row::<1>()?[0],
            trust: rows.row::<1>()?[0],
        };
        rows.0.is_empty().then_some(network)
    }

    /// Reads the words of a statement.
    pub fn read(&self, words: impl Iterator<Item = Reading>) -> Statement {
        let mut words: Matrix<SIZE> = words.map(|word| self.word(word)).collect();
        for layer in &self.layers {
            words = layer.encode(&words);
        }
        let words: Matrix<SIZE> = words.into_iter().map(layer_norm).collect();
        let compared = words.iter().map(|word| affine(word, &self.compares, [0.0; SIZE])).collect();
        let judged = words.iter().map(|word| affine(word, &self.own.0, self.own.1)).collect();
        Statement { words, compared, judged }
    }

    /// How likely two statements contradict each other, as log odds, if what was judged of them before is so likely.
    pub fn judge(&self, a: &Statement, b: &Statement, before: f32) -> f32 {
        let mut seen = [0.0; 2 * SIZE];
        self.cross_attend(a, b, &mut seen);
        self.cross_attend(b, a, &mut seen);
        let judged = affine(&seen, &self.judges.0, self.judges.1).map(relu);
        dot(&judged, &self.says) + self.bias + self.trust * before
    }

    fn word(&self, word: Reading) -> Row<SIZE> {
        let mark = word.mark();
        let common = self.common.binary_search_by_key(&mark, |bytes| u32::from_le_bytes(*bytes)).map_or(0, |at| at + 1);
        let mut sum = self.words.get(common).copied().unwrap_or([0.0; SIZE]);
        let place = self.places.get(usize::from(word.place));
        sum.iter_mut().zip(place.into_iter().flatten()).for_each(|(sum, number)| *sum += number);
        let (kin, usage) = self.meaning.split_at(MEANS / 2);
        for (table, matrix) in [(self.kin, kin), (self.usage, usage)] {
            if let Some(known) = table.word(word.key) {
                sum = affine(&table.vector_of(known), matrix, sum);
            }
        }
        layer_norm(sum)
    }

    /// Each word of one statement attends to the other, where it finds its like; adds the mean and the most of what is made of it.
    fn cross_attend(&self, own: &Statement, other: &Statement, seen: &mut Row<{ 2 * SIZE }>) {
        let (mean, most) = seen.split_at_mut(SIZE);
        let mut largest = [0.0f32; SIZE];
        let mut weights = Vec::new();
        for ((word, compared), judged) in own.words.iter().zip(&own.compared).zip(&own.judged) {
            weights.clear();
            weights.extend(other.compared.iter().map(|other| dot(compared, other) / (SIZE as f32).sqrt()));
            softmax(&mut weights);
            let mut like = [0.0; SIZE];
            weights.iter().zip(&other.words).for_each(|(weight, other)| add(&mut like, other, *weight));
            let judged = affine(&like, &self.found, *judged);
            let mut shared = *word;
            shared.iter_mut().zip(&like).for_each(|(shared, like)| *shared *= like);
            let judged = affine(&shared, &self.shared, judged).map(relu);
            add(mean, &judged, 1.0 / own.words.len() as f32);
            largest.iter_mut().zip(&judged).for_each(|(largest, number)| *largest = largest.max(*number));
        }
        add(most, &largest, 1.0);
    }
}

/// The product of a row and a matrix, plus a bias, or what stands in its place.
fn affine<const N: usize>(row: &[f32], matrix: &[Row<N>], mut sum: Row<N>) -> Row<N> {
    // A part at a time: so few sums stay in registers.
    for (at, part) in sum.as_chunks_mut::<PART>().0.iter_mut().enumerate() {
        let mut sums = *part;
        for (number, weights) in row.iter().zip(matrix) {
            add(&mut sums, &weights.as_chunks::<PART>().0[at], *number);
        }
        *part = sums;
    }
    sum
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Eight sums at once: the order in which they are added stays the same on every machine.
    let mut sums = [0.0f32; 8];
    for (a, b) in a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += a * b);
    }
    sums.iter().sum()
}

fn add(sum: &mut [f32], row: &[f32], weight: f32) {
    sum.iter_mut().zip(row).for_each(|(sum, number)| *sum += number * weight);
}

/// The same direction with the mean 0 and the spread 1; there is nothing learnt in it.
fn layer_norm(row: Row<SIZE>) -> Row<SIZE> {
    let mean = row.iter().sum::<f32>() / SIZE as f32;
    let spread = row.iter().map(|number| (number - mean) * (number - mean)).sum::<f32>() / SIZE as f32;
    let scale = 1.0 / (spread + LEAST).sqrt();
    row.map(|number| (number - mean) * scale)
}

fn relu(number: f32) -> f32 {
    number.max(0.0)
}

/// Turns log odds into shares of one.
fn softmax(numbers: &mut [f32]) {
    let most = numbers.iter().copied().fold(f32::MIN, f32::max);
    numbers.iter_mut().for_each(|number| *number = (*number - most).exp());
    let sum: f32 = numbers.iter().sum();
    numbers.iter_mut().for_each(|number| *number /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::key;

    static BYTES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/tables/second-look.bin"));

    fn statement(network: &Network, text: &str) -> Statement {
        // Each in the clause, behind the first word of its time.
        network.read(text.split(' ').map(|word| Reading::word(key(word), 27)))
    }

    #[test]
    fn wording_speaks_for_and_against_a_clash() {
        let network = Network::new(BYTES).expect("the table");
        let ban = statement(&network, "do not swim for four weeks after the operation");
        let leave = statement(&network, "you can go back in the pool after three days");
        let other = statement(&network, "take the tablets for two days with food");
        assert!(network.judge(&ban, &leave, 0.0) > network.judge(&ban, &other, 0.0) + 0.5);
        assert_eq!(network.judge(&ban, &leave, 0.0), network.judge(&leave, &ban, 0.0));
        assert!(network.judge(&ban, &leave, 1.0) > network.judge(&ban, &leave, 0.0));
    }

    #[test]
    fn nothing_to_read_is_no_fault() {
        let network = Network::new(BYTES).expect("the table");
        let nothing = network.read(std::iter::empty());
        assert!(network.judge(&nothing, &nothing, 0.0).is_finite());
        assert!(network.judge(&nothing, &statement(&network, "for two weeks"), 0.0).is_finite());
    }

    #[test]
    fn other_files_are_no_network() {
        for length in [0, 10, START, BYTES.len() - 1] {
            assert!(Network::new(&BYTES[..length]).is_none());
        }
    }
}
