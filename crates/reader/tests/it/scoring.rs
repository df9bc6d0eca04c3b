//! The labelled documents of the field, where a checkout has them beside it. They are not part of the project; without them nothing is
//! asked here, and our own documents say the rest.

use std::{path::Path, process::Command};

#[test]
fn the_field_s_own_documents() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reading");
    let script = root.join("score.py");
    if !script.exists() {
        return;
    }
    let example = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../debug/examples/read");
    if !example.exists() {
        return;
    }
    let mut command = Command::new("python3");
    command.arg(&script).arg("--json").arg("--").arg(&example);
    let out = command.output().expect("python3 runs");
    let said: serde_json::Value = serde_json::from_slice(&out.stdout).expect("figures");
    let figure = |name: &str| said[name].as_f64().expect("a figure");
    assert!(figure("f1") >= 0.85, "{said}");
    assert!(figure("deadline") >= 0.9, "{said}");
}
