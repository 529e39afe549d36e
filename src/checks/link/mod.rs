//! What speaks against a link, each sign by itself.
//!
//! A [`Sign`] looks at the links of a page and tells which of them carry it; [`signs`] turns that into findings. Several signs on
//! one link become one finding later, in [`crate::checks::one_place`]. Nothing here touches the network: a link is judged by its words, its
//! place in the sentence, its address and the lists that we carry.

mod affiliate;
pub(super) mod anchors;
mod deceptive;
mod denied;
mod empty;
mod hidden;
mod hosts;
mod ip_host;
mod labels;
mod lookalike;
mod off_topic;
mod page;
mod place;
mod redirector;
mod repeated;
mod same_text;
mod shortener;
mod signs;
mod stuffed;
mod tracking;
mod unfilled;
mod unsafe_scheme;
mod userinfo;
mod vague;
mod words;

use super::Build;
use signs::build;

pub(super) const ADDRESS_AS_WORDS: Build = build::<words::AddressAsWords>;
pub(super) const AFFILIATE: Build = build::<affiliate::Affiliate>;
pub(super) const DECEPTIVE_TEXT: Build = build::<deceptive::DeceptiveText>;
pub(super) const DENIED_HOST: Build = build::<denied::DeniedHost>;
pub(super) const EMPTY_TARGET: Build = build::<empty::EmptyTarget>;
pub(super) const HIDDEN_LINK: Build = build::<hidden::Hidden>;
pub(super) const IP_HOST: Build = build::<ip_host::IpHost>;
pub(super) const KEYWORD_STUFFED: Build = build::<stuffed::KeywordStuffed>;
pub(super) const LOOKALIKE_HOST: Build = build::<lookalike::LookalikeHost>;
pub(super) const OFF_TOPIC_HOST: Build = build::<off_topic::OffTopicHost>;
pub(super) const REDIRECTOR: Build = build::<redirector::Redirector>;
pub(super) const REPEATED_TARGET: Build = build::<repeated::RepeatedTarget>;
pub(super) const SAME_TEXT: Build = build::<same_text::SameText>;
pub(super) const SHORTENER: Build = build::<shortener::Shortener>;
pub(super) const TRACKING: Build = build::<tracking::Tracking>;
pub(super) const UNFILLED_TARGET: Build = build::<unfilled::UnfilledTarget>;
pub(super) const UNSAFE_SCHEME: Build = build::<unsafe_scheme::UnsafeScheme>;
pub(super) const USERINFO: Build = build::<userinfo::Userinfo>;
pub(super) const VAGUE_TEXT: Build = build::<vague::VagueText>;
