//! Wording with `{placeholders}`, checked when a rule is loaded and filled when a finding is made.

/// A text with placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Plain text and placeholders in turn, plain text first.
    parts: Vec<String>,
}

impl Template {
    /// Cuts a text at its placeholders.
    ///
    /// # Errors
    /// A brace that is not closed, or a placeholder that is not among `known`.
    pub fn new(text: &str, known: &[&str]) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((plain, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or("a brace opens a placeholder and is not closed")?;
            if !known.contains(&name) {
                let known = known.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ");
                return Err(format!("nothing is filled in for “{{{name}}}”; there are: {known}"));
            }
            parts.push(plain.to_owned());
            parts.push(name.to_owned());
            rest = after;
        }
        parts.push(rest.to_owned());
        match parts.iter().step_by(2).any(|plain| plain.contains('}')) {
            true => Err("a brace is closed that was not opened".into()),
            false => Ok(Self { parts }),
        }
    }

    /// The text with its placeholders filled; one without a value is left out.
    pub fn fill(&self, values: &[(&str, &str)]) -> String {
        let mut text = String::new();
        for (index, part) in self.parts.iter().enumerate() {
            match index % 2 {
                0 => text.push_str(part),
                _ => text.push_str(values.iter().find(|(name, _)| name == part).map_or("", |(_, value)| value)),
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills() {
        let template = Template::new("“{match}” stands {times}.", &["match", "times"]).expect("well formed");
        assert_eq!(template.fill(&[("times", "twice"), ("match", "x")]), "“x” stands twice.");
        assert_eq!(Template::new("plain", &[]).map(|t| t.fill(&[])), Ok("plain".into()));
    }

    #[test]
    fn unknown_placeholders_are_errors() {
        assert!(Template::new("{match}", &["words"]).is_err());
        assert!(Template::new("{match", &["match"]).is_err() && Template::new("match}", &["match"]).is_err());
    }
}
