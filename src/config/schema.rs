//! JSON Schema of `medlint.toml`, for editors that complete and check it while one types.

use super::file::{Ceiling, File};
use crate::rules::{Rule, RuleSet};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The schema, with the settings of every rule of the set.
pub fn schema(rules: &RuleSet) -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<File>().to_value();
    let of_rules: Map<String, Value> = rules.all().iter().map(|rule| (rule.id.to_string(), of_rule(rule))).collect();
    let settings = json!({
        "type": "object",
        "description": "Severity and options of single rules.",
        "properties": of_rules,
        // Rules of a house's own folder.
        "additionalProperties": { "type": "object", "properties": { "severity": ceiling() } },
    });
    for owner in ["/properties/rule", "/definitions/Override/properties/rule"] {
        if let Some(place) = schema.pointer_mut(owner) {
            *place = settings.clone();
        }
    }
    schema
}

fn of_rule(rule: &Rule) -> Value {
    let mut properties = Map::from_iter([("severity".to_owned(), ceiling())]);
    for (name, default) in &rule.options {
        let kind = match default {
            Value::String(_) => "string",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::Bool(_) => "boolean",
            Value::Array(_) => "array",
            _ => "object",
        };
        let about = rule.meaning.get(name).cloned().unwrap_or_default();
        properties.insert(name.clone(), json!({ "type": kind, "default": default, "description": about }));
    }
    json!({ "type": "object", "description": rule.name, "properties": properties, "additionalProperties": false })
}

fn ceiling() -> Value {
    schemars::schema_for!(Ceiling).to_value().get("oneOf").map_or_else(
        || json!({ "type": "string" }),
        |choices| json!({ "description": "The most that a finding can have.", "oneOf": choices }),
    )
}
