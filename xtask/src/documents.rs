//! The list of generated documents, and how they are written and compared.

use std::{fs, io, path::Path};

use crate::{authority, hazard};

/// A document: where it lies below the root of the repository, and what it says.
pub struct Document {
    pub path: &'static str,
    pub text: String,
}

pub fn documents() -> Vec<Document> {
    let openapi = web::api::openapi::openapi().to_pretty_json();
    // The document is made of maps and strings alone.
    let openapi = openapi.expect("the OpenAPI document can be written as JSON");
    vec![
        Document {
            path: "docs/openapi.json",
            text: format!("{openapi}\n"),
        },
        Document {
            path: "docs/authority.md",
            text: authority::document(),
        },
        Document {
            path: "docs/domain/hazard.md",
            text: hazard::document(),
        },
    ]
}

/// Writes those that are not as they should be, and names them.
pub fn write(root: &Path, documents: &[Document]) -> io::Result<Vec<&'static str>> {
    let mut written = Vec::new();
    for document in documents {
        let path = root.join(document.path);
        if fs::read_to_string(&path).ok().as_deref() == Some(&document.text) {
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, &document.text)?;
        written.push(document.path);
    }
    Ok(written)
}

/// One sentence for each document that does not say what the code says, with the first line that differs.
pub fn stale(root: &Path, documents: &[Document]) -> Vec<String> {
    documents
        .iter()
        .filter_map(|document| difference(root, document))
        .collect()
}

fn difference(root: &Path, document: &Document) -> Option<String> {
    let path = document.path;
    let Ok(kept) = fs::read_to_string(root.join(path)) else {
        return Some(format!("{path} is missing"));
    };
    if kept == document.text {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (kept.lines().collect(), document.text.lines().collect());
    let at = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let line = |lines: &[&str]| lines.get(at).copied().unwrap_or("(the end)").to_owned();
    Some(format!(
        "{path} is stale at line {}\n- {}\n+ {}",
        at + 1,
        line(&old),
        line(&new)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_say_what_the_code_says() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let stale = stale(&root, &documents());
        assert!(
            stale.is_empty(),
            "run: cargo run -p xtask -- generate\n{}",
            stale.join("\n")
        );
    }

    #[test]
    fn the_same_code_makes_the_same_documents() {
        let (one, other) = (documents(), documents());
        for (one, other) in one.iter().zip(&other) {
            assert_eq!(one.text, other.text, "{}", one.path);
        }
    }

    #[test]
    fn a_changed_and_a_missing_document_are_told() {
        let folder = std::env::temp_dir().join(format!("anlan-documents-{}", std::process::id()));
        let documents = [
            Document {
                path: "kept.md",
                text: "one\ntwo\n".into(),
            },
            Document {
                path: "deep/below.md",
                text: "one\n".into(),
            },
        ];
        assert_eq!(write(&folder, &documents).unwrap(), ["kept.md", "deep/below.md"]);
        assert!(stale(&folder, &documents).is_empty());
        assert!(
            write(&folder, &documents).unwrap().is_empty(),
            "what is as it should be is left alone"
        );
        fs::write(folder.join("kept.md"), "one\n2\n").unwrap();
        fs::remove_file(folder.join("deep/below.md")).unwrap();
        let told = stale(&folder, &documents);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            told,
            [
                "kept.md is stale at line 2\n- 2\n+ two",
                "deep/below.md is missing"
            ]
        );
    }
}
