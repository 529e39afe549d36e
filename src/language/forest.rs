//! A judgement learned from labelled examples: a sum of small decision trees over named measurements, looked up in place.
//!
//! Fitted by `tools/timeline`; see `rules/tables/README.md` for what from and for the layout. The file names its measurements, so that
//! who measures can be held to the same list in the same order.

/// Mark and numbers of trees and measurements.
const HEAD: usize = 24;
/// Bytes of a node.
const NODE: usize = 8;
/// The measurement that a leaf names.
const LEAF: u8 = u8::MAX;

/// The trees.
#[derive(Clone, Debug)]
pub struct Forest {
    names: &'static str,
    nodes: &'static [[u8; NODE]],
    trees: usize,
    hopeless: &'static [(usize, f32)],
}

impl Forest {
    /// The forest in a file: 16 bytes of mark, the number of trees and the bytes of the names, 32 bits each; the names, a line each; then the nodes, all trees
    /// one after the other, each from its root. A node is a measurement, where to go on when it is larger (in nodes from here; else the next node), in a root the nodes of its
    /// tree, a byte each, a byte unused, and a 32-bit float: the limit, or the value of a leaf. `None` for any other file.
    ///
    /// What is `hopeless` belongs to the file: after so many trees, log odds below these are not asked further.
    pub fn new(bytes: &'static [u8], hopeless: &'static [(usize, f32)]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize);
        let (trees, length) = (number(HEAD - 8)?, number(HEAD - 4)?);
        let names = std::str::from_utf8(bytes.get(HEAD..HEAD + length)?).ok()?;
        let (nodes, rest) = bytes.get(HEAD + length..)?.as_chunks();
        rest.is_empty().then_some(Self { names, nodes, trees, hopeless })
    }

    /// The measurements that it asks for, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.lines()
    }

    /// How likely the trees hold it, as log odds. What the first trees find hopeless is not asked further: what speaks `against` it is
    /// known before. Measurements that are missing count as 0.
    pub fn judge(&self, measured: &[f32], against: f32) -> f32 {
        let value = |mut at: usize| {
            // A leaf ends every way down, since each step goes on to a later node.
            while let Some([measurement, larger, _, _, value @ ..]) = self.nodes.get(at) {
                let value = f32::from_le_bytes(*value);
                if *measurement == LEAF {
                    return value;
                }
                let is_larger = measured.get(usize::from(*measurement)).copied().unwrap_or(0.0) > value;
                at += if is_larger { usize::from(*larger).max(1) } else { 1 };
            }
            0.0
        };
        let mut sum = 0.0;
        for (tree, root) in self.roots().enumerate() {
            if self.hopeless.iter().any(|(trees, least)| tree == *trees && sum - against < *least) {
                break;
            }
            sum += value(root);
        }
        sum
    }

    fn roots(&self) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(0), |root| Some(root + self.size(*root))).take(self.trees)
    }

    /// The number of nodes of the tree with this root.
    fn size(&self, root: usize) -> usize {
        let size = |node: &[u8; NODE]| usize::from(node[2]);
        self.nodes.get(root).map_or(1, size).max(1)
    }
}
