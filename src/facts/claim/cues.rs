//! The kinds of cues by their names in the lexicon, looked up once.

use super::clause::Joints;
use super::senses::{Layer, Senses};
use super::week::DayNames;

/// What the kinds of the lists are called by number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cues {
    pub joints: Joints,
    pub forbid: [Option<u16>; 2],
    pub permit: [Option<u16>; 2],
    pub require: [Option<u16>; 2],
    pub wait: Option<u16>,
    pub release: Option<u16>,
    pub stop: Option<u16>,
    pub limit: Option<u16>,
    pub negation: Option<u16>,
    pub nobody: Option<u16>,
    pub lasts: Option<u16>,
    pub ends: Option<u16>,
    pub starts: Option<u16>,
    pub peaks: Option<u16>,
    pub full: Option<u16>,
    pub takes: Option<u16>,
    pub good_for: Option<u16>,
    pub protects: Option<u16>,
    pub infectious: Option<u16>,
    pub spacing: Option<u16>,
    pub due: Option<u16>,
    pub hedged: Option<u16>,
    pub attributed: Option<u16>,
    pub denied: Option<u16>,
    pub hypothetical: Option<u16>,
    pub standing: [Option<u16>; 5],
    pub day: Option<u16>,
    pub meal: Option<u16>,
    pub days: DayNames,
}

impl Cues {
    pub fn new(senses: &Senses) -> Self {
        let stance = |name| senses.kind_number(Layer::Stance, name);
        let slot = |name| senses.kind_number(Layer::Slot, name);
        let modality = |name| senses.kind_number(Layer::Modality, name);
        Self {
            joints: Joints::new(senses),
            forbid: [stance("forbid"), stance("forbid behind")],
            permit: [stance("permit"), stance("permit behind")],
            require: [stance("require"), stance("require behind")],
            wait: stance("wait"),
            release: stance("release"),
            stop: stance("stop"),
            limit: stance("limit"),
            negation: stance("negation"),
            nobody: stance("nobody"),
            lasts: slot("lasts"),
            ends: slot("ends"),
            starts: slot("starts"),
            peaks: slot("peaks"),
            full: slot("full"),
            takes: slot("takes"),
            good_for: slot("good for"),
            protects: slot("protects"),
            infectious: slot("infectious"),
            spacing: slot("spacing"),
            due: slot("due"),
            hedged: modality("hedged"),
            attributed: modality("attributed"),
            denied: modality("denied"),
            hypothetical: modality("hypothetical"),
            standing: ["never", "always", "none", "once", "any time"]
                .map(|name| senses.kind_number(Layer::Standing, name)),
            day: senses.kind_number(Layer::Standing, "day"),
            meal: senses.kind_number(Layer::Standing, "meal"),
            days: DayNames::new(),
        }
    }
}
