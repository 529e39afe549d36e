//! The parts of a page: the article, and what surrounds it.

/// A part of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Area {
    /// The article itself, as far as anybody can tell.
    #[default]
    Body,
    /// Navigation: menus, contents lists.
    Navigation,
    /// A footer of the page or of a section.
    Footer,
    /// Beside the article: boxes, related posts.
    Aside,
    /// A form.
    Form,
    /// The head of the page over the article: its name, its search, its notices.
    Banner,
}

impl Area {
    /// True for what surrounds an article and has words and links of its own: menus, heads and footers of the page, forms.
    pub fn is_furniture(self) -> bool {
        matches!(self, Self::Navigation | Self::Footer | Self::Form | Self::Banner)
    }
}
